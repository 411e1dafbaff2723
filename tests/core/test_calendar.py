"""Working hours and zones: the deadlines and clock changes that people live by."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from followthrough.core.calendar import Calendar, NoSlot
from followthrough.core.touches import Delay, next_touch

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(zone="Europe/Berlin")


def berlin(*parts):
    return datetime(*parts, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("anchor", "days", "due"),
    [
        (berlin(2026, 5, 13, 10), 1, berlin(2026, 5, 14, 10)),
        (berlin(2026, 5, 13, 10), 2, berlin(2026, 5, 15, 10)),
        (berlin(2026, 11, 20, 16), 1, berlin(2026, 11, 23, 16)),
        (berlin(2026, 11, 21, 11), 1, berlin(2026, 11, 24, 9)),
        (berlin(2026, 11, 20, 18), 0, berlin(2026, 11, 23, 9)),
        (berlin(2026, 11, 20, 10), 0, berlin(2026, 11, 20, 10)),
        (berlin(2026, 10, 23, 10), 1, berlin(2026, 10, 26, 10)),
    ],
)
def test_a_limit_in_working_days_ends_at_the_same_clock_time(anchor, days, due):
    assert OFFICE.working_days_after(anchor, days) == due


def test_waiting_three_working_days_from_monday_ends_on_thursday_at_nine():
    sent = berlin(2026, 11, 23, 15, 12)

    assert OFFICE.working_days_after(sent, 3, at=time(9)) == berlin(2026, 11, 26, 9)


def test_a_fixed_time_that_has_gone_today_means_the_next_working_day():
    friday_noon = berlin(2026, 11, 20, 12)

    assert OFFICE.working_days_after(friday_noon, 0, at=time(9)) == berlin(2026, 11, 23, 9)


@pytest.mark.parametrize(
    ("anchor", "hours", "due"),
    [
        (berlin(2026, 11, 20, 16, 50), 1, berlin(2026, 11, 23, 9, 50)),
        (berlin(2026, 11, 20, 10), 2.5, berlin(2026, 11, 20, 12, 30)),
        (berlin(2026, 11, 20, 16), 1, berlin(2026, 11, 23, 9)),
        (berlin(2026, 11, 21, 3), 17, berlin(2026, 11, 25, 10)),
        (berlin(2026, 11, 21, 3), 0, berlin(2026, 11, 23, 9)),
    ],
)
def test_working_hours_run_only_while_the_office_is_open(anchor, hours, due):
    assert OFFICE.working_hours_after(anchor, hours) == due


def test_closing_time_itself_is_closed():
    assert OFFICE.is_open(berlin(2026, 11, 20, 16, 59, 59))
    assert not OFFICE.is_open(berlin(2026, 11, 20, 17))


def test_a_holiday_is_not_a_working_day():
    office = Calendar(zone="Europe/Berlin", holidays=frozenset({date(2026, 12, 25)}))

    assert not office.is_open(berlin(2026, 12, 25, 10))
    assert office.opening(berlin(2026, 12, 25, 10)) == berlin(2026, 12, 28, 9)
    assert office.working_days_between(berlin(2026, 12, 24, 9), berlin(2026, 12, 28, 9)) == 1


def test_working_days_between_two_days_count_the_last_and_not_the_first():
    monday, thursday = berlin(2026, 11, 23, 16), berlin(2026, 11, 26, 9)

    assert OFFICE.working_days_between(monday, thursday) == 3
    assert OFFICE.working_days_between(thursday, monday) == -3
    assert OFFICE.working_days_between(monday, monday) == 0


def test_a_day_that_a_country_skipped_has_no_opening():
    apia = Calendar(zone="Pacific/Apia")
    thursday_evening = datetime(2011, 12, 29, 18, tzinfo=ZoneInfo("Pacific/Apia"))

    assert apia.opening(thursday_evening) == datetime(
        2012, 1, 2, 9, tzinfo=ZoneInfo("Pacific/Apia")
    )


@pytest.mark.parametrize(
    "window",
    [
        {"days": frozenset()},
        {"days": frozenset({8})},
        {"start": time(9), "end": time(9)},
        {"start": time(20), "end": time(6)},
    ],
)
def test_an_empty_or_overnight_window_is_refused_when_it_is_made(window):
    with pytest.raises(NoSlot, match=r"^the window is empty: refuse") as refusal:
        Calendar(**window)

    assert refusal.value.advice == "Pick at least one day, and an end later than the start."


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "../etc/passwd", "", "Europe"])
def test_an_unknown_zone_is_refused_with_a_way_out(zone):
    with pytest.raises(NoSlot, match="there is no time zone") as refusal:
        Calendar(zone=zone)

    assert "Europe/Berlin" in refusal.value.advice


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="carries its zone"):
        OFFICE.is_open(datetime(2026, 11, 20, 10))  # noqa: DTZ001


@pytest.mark.parametrize("hours", [-1, float("nan"), float("inf")])
def test_hours_that_cannot_be_counted_are_refused(hours):
    with pytest.raises(ValueError, match="Working hours are counted from 0"):
        OFFICE.working_hours_after(berlin(2026, 11, 20, 10), hours)


def test_days_are_only_counted_forwards():
    with pytest.raises(ValueError, match="Working days are counted from 0"):
        OFFICE.working_days_after(berlin(2026, 11, 20, 10), -1)


def test_answers_are_in_utc_and_calendars_can_be_keys():
    assert OFFICE.opening(berlin(2026, 11, 20, 10)).tzinfo is UTC
    assert {OFFICE: "Bob"}[Calendar(zone="Europe/Berlin")] == "Bob"


def test_a_year_of_holidays_is_nobodys_endless_loop():
    year = frozenset(date(2026, 11, 18) + timedelta(days=n) for n in range(1000))
    closed = Calendar(zone="Europe/Berlin", holidays=year)

    with pytest.raises(NoSlot, match="ask a person"):
        closed.opening(berlin(2026, 11, 18, 10))


def test_a_shared_hour_must_be_the_same_day_for_both():
    auckland, los_angeles = Calendar(zone="Pacific/Auckland"), Calendar(zone="America/Los_Angeles")

    with pytest.raises(NoSlot, match="ask a person"):
        next_touch(berlin(2026, 11, 23, 10), Delay(n=0, unit="hours"), [auckland, los_angeles])


def test_nobody_to_ask_for_the_hour_is_a_question_for_a_person():
    with pytest.raises(NoSlot, match="ask a person"):
        next_touch(berlin(2026, 11, 23, 10), Delay(n=1, unit="days"), [])


def test_a_fixed_time_waits_for_the_next_working_day_and_keeps_its_hour():
    friday = berlin(2026, 11, 20, 16)

    touch = next_touch(friday, Delay(n=1, unit="days"), [OFFICE], at=time(14))

    assert touch == berlin(2026, 11, 23, 14)


def test_a_wait_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="between 0 and 4000 days"):
        Delay(n=-1, unit="days")
