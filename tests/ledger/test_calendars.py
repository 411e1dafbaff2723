"""Holidays and weekends around the world, against dates that anyone can look up."""

from datetime import date, time

import pytest

from followthrough.core.calendar import MONDAY_TO_FRIDAY
from followthrough.ledger.calendars import (
    calendar_for,
    countries,
    holidays_of,
    regions_of,
    weekend_of,
    working_days_of,
)


@pytest.mark.parametrize(
    ("country", "region", "day"),
    [
        ("DE", "", date(2026, 10, 3)),
        ("DE", "SL", date(2026, 8, 15)),
        ("DE", "BY", date(2026, 1, 6)),
        ("DE", "SN", date(2026, 11, 18)),
        ("AT", "", date(2026, 10, 26)),
        ("CH", "ZH", date(2026, 8, 1)),
        ("FR", "", date(2026, 7, 14)),
        ("IT", "", date(2026, 4, 25)),
        ("ES", "MD", date(2026, 5, 2)),
        ("NL", "", date(2026, 4, 27)),
        ("BE", "", date(2026, 7, 21)),
        ("PL", "", date(2026, 11, 11)),
        ("SE", "", date(2026, 6, 6)),
        ("NO", "", date(2026, 5, 17)),
        ("DK", "", date(2026, 12, 25)),
        ("FI", "", date(2026, 12, 6)),
        ("IE", "", date(2026, 3, 17)),
        ("GB", "SCT", date(2026, 11, 30)),
        ("GB", "ENG", date(2026, 8, 31)),
        ("US", "", date(2026, 11, 26)),
        ("US", "", date(2026, 7, 3)),  # Independence Day, observed on the Friday
        ("CA", "", date(2026, 7, 1)),
        ("MX", "", date(2026, 9, 16)),
        ("BR", "", date(2026, 9, 7)),
        ("JP", "", date(2026, 2, 11)),
        ("IN", "", date(2026, 8, 15)),
        ("AU", "NSW", date(2026, 1, 26)),
        ("NZ", "", date(2026, 2, 6)),
        ("ZA", "", date(2026, 4, 27)),
        ("SA", "", date(2026, 9, 23)),
        ("MY", "KDH", date(2026, 8, 31)),
    ],
)
def test_a_public_holiday_is_known(country, region, day):
    assert day in holidays_of(country, region, [2026])


@pytest.mark.parametrize(
    ("country", "region", "day"),
    [
        ("DE", "BE", date(2026, 8, 15)),
        ("DE", "", date(2026, 1, 6)),
        ("GB", "ENG", date(2026, 11, 30)),
        ("US", "", date(2026, 7, 6)),
        ("FR", "", date(2026, 12, 26)),
    ],
)
def test_a_holiday_elsewhere_is_a_working_day_here(country, region, day):
    assert day not in holidays_of(country, region, [2026])


@pytest.mark.parametrize(
    ("country", "region", "year", "weekend"),
    [
        ("DE", "", 2026, {6, 7}),
        ("US", "", 2026, {6, 7}),
        ("SA", "", 2026, {5, 6}),
        ("EG", "", 2026, {5, 6}),
        ("IL", "", 2026, {5, 6}),
        ("IR", "", 2026, {5}),
        ("BN", "", 2026, {5, 7}),
        ("AE", "", 2021, {5, 6}),
        ("AE", "", 2022, {6, 7}),
        ("NP", "", 2026, {6}),
        ("MY", "", 2026, {6, 7}),
        ("MY", "KDH", 2026, {5, 6}),
        ("MY", "JHR", 2024, {5, 6}),
        ("MY", "JHR", 2025, {6, 7}),
    ],
)
def test_the_weekend_follows_the_country_and_the_year(country, region, year, weekend):
    assert weekend_of(country, region, year=year) == weekend


def test_working_days_are_the_rest_of_the_week():
    assert working_days_of("SA") == {7, 1, 2, 3, 4}


def test_every_country_in_the_list_has_holidays_or_says_nothing_and_a_working_week():
    for code, name in countries():
        assert name
        assert working_days_of(code), code
        assert holidays_of(code, "", [2026]) is not None


def test_the_list_of_countries_is_in_order_and_in_english():
    names = dict(countries())

    assert len(names) >= 240
    assert names["DE"] == "Germany"
    assert names["US"] == "United States"
    assert [name for _code, name in countries()] == sorted(names.values())
    assert not [name for name in names.values() if name.startswith("*")]


def test_regions_are_listed_for_a_country_that_has_them():
    assert {"BY", "BE", "NW"} <= set(regions_of("DE"))
    assert regions_of("VA") == ()


@pytest.mark.parametrize(
    ("country", "region", "words"),
    [
        ("XX", "", "There is no calendar for the country 'XX'."),
        ("", "", "There is no calendar for the country ''."),
        ("DE", "TX", "There is no calendar for TX in DE."),
        ("XX", "TX", "There is no calendar for the country 'XX'."),
    ],
)
def test_an_unknown_place_is_refused_in_a_sentence(country, region, words):
    with pytest.raises(ValueError) as refusal:
        holidays_of(country, region, [2026])

    assert str(refusal.value).startswith(words)


def test_bobs_calendar_knows_his_regions_holidays_and_his_own_closing_days():
    closing = date(2026, 12, 28)

    bob = calendar_for(
        zone="Europe/Berlin", country="DE", region="BY", closed=[closing], year=2026, end=time(16)
    )

    assert bob.days == MONDAY_TO_FRIDAY
    assert {closing, date(2026, 6, 4), date(2027, 1, 6), date(2028, 1, 6)} <= bob.holidays
    assert bob.end == time(16)


def test_days_of_his_own_win_over_the_countrys():
    sid = calendar_for(zone="Asia/Riyadh", country="SA", days=[1, 2], year=2026)

    assert sid.days == {1, 2}


def test_without_a_country_only_the_closing_days_are_off():
    pat = calendar_for(zone="UTC", closed=[date(2026, 12, 24)], year=2026)

    assert pat.holidays == {date(2026, 12, 24)}
    assert pat.days == MONDAY_TO_FRIDAY


def test_asking_twice_gives_the_same_calendar():
    asked = {"zone": "Europe/Paris", "country": "FR", "year": 2026}

    assert calendar_for(**asked) is calendar_for(**asked)
