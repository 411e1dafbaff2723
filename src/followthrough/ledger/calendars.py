"""Public holidays and weekends of a country, looked up and handed to the core as plain data."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import cache, lru_cache

import holidays
from holidays.registry import COUNTRIES
from phonenumbers.geodata.locale import LOCALE_DATA

from followthrough.core.calendar import WEEK, Calendar

# Nepal works Sunday to Friday; the library gives it a Saturday and Sunday weekend.
CORRECTED_WEEKENDS = {"NP": frozenset({6})}
# Far enough for every date the core may look at: the horizon ahead, and a year back.
YEARS_AROUND = range(-1, 3)


def holidays_of(country: str, region: str, years: Iterable[int]) -> frozenset[date]:
    """Public holidays with their observed days; estimated ones (lunar) are included."""
    return frozenset[date]().union(*(_holidays_in(country, region, year) for year in years))


def name_of(day: date, country: str, region: str = "") -> str:
    """What is kept on that day, "Christmas Day"; "" for an ordinary one."""
    return _names_in(country, region, day.year).get(day, "") if country else ""


@lru_cache(maxsize=64)
def _names_in(country: str, region: str, year: int) -> dict[date, str]:
    return {day: str(name) for day, name in _entity(country, region, year).items()}


@cache
def region_names(country: str) -> dict[str, str]:
    """What the regions are called, where the library knows more than their codes."""
    aliases = _entity(country, "", 2026).subdivisions_aliases
    return {code: name for name, code in aliases.items()}


@lru_cache(maxsize=512)
def named_holidays(
    country: str, region: str, year: int, language: str
) -> tuple[tuple[date, str], ...]:
    """With their names: in this language, else in English, else as the country says them."""
    known = getattr(_entity(country, region, year), "supported_languages", ())
    wanted = (
        spoken
        for ours in (language[:2], "en")
        for spoken in sorted(known, key=lambda one: one != "en_US")
        if spoken[:2] == ours
    )
    found = holidays.country_holidays(
        country, subdiv=region or None, years=year, language=next(wanted, None)
    )
    return tuple(sorted(found.items()))


@cache
def weekend_of(country: str, region: str = "", *, year: int = 2026) -> frozenset[int]:
    """The days of rest, Monday = 1; a country may change them from one year to the next."""
    entity = _entity(country, region, year)
    if country in CORRECTED_WEEKENDS:
        return CORRECTED_WEEKENDS[country]
    # Mid-year: a change that comes with the first of January is in force by then.
    week = [date(year, 7, 1) + timedelta(days=n) for n in range(7)]
    return frozenset(day.isoweekday() for day in week if entity.is_weekend(day))


def working_days_of(country: str, region: str = "", *, year: int = 2026) -> frozenset[int]:
    return WEEK - weekend_of(country, region, year=year)


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """Every country with a calendar, as (code, English name), in order of name."""
    named = [(codes[1], _name(codes[1], codes[0])) for codes in COUNTRIES.values()]
    return tuple(sorted(named, key=lambda country: country[1]))


@cache
def regions_of(country: str) -> tuple[str, ...]:
    """The regions whose holidays differ, as codes; empty when the country has none."""
    return tuple(_entity(country, "", 2026).subdivisions)


def calendar_for(  # noqa: PLR0913 - one value per field of the settings form
    *,
    zone: str,
    country: str = "",
    region: str = "",
    days: Iterable[int] = (),
    start: time = time(9),
    end: time = time(17),
    closed: Iterable[date] = (),
    year: int,
) -> Calendar:
    """The calendar of one member, team or contact. No days given: those of the country."""
    return _calendar(
        zone, (country, region, year), frozenset(days), (start, end), frozenset(closed)
    )


@lru_cache(maxsize=4096)
def _calendar(
    zone: str,
    place: tuple[str, str, int],
    days: frozenset[int],
    window: tuple[time, time],
    closed: frozenset[date],
) -> Calendar:
    country, region, year = place
    if country:
        days = days or working_days_of(country, region, year=year)
        closed |= holidays_of(country, region, [year + around for around in YEARS_AROUND])
    return Calendar(
        zone=zone,
        days=days or Calendar().days,
        start=window[0],
        end=window[1],
        holidays=closed,
    )


@lru_cache(maxsize=4096)
def _holidays_in(country: str, region: str, year: int) -> frozenset[date]:
    return frozenset(_entity(country, region, year))


def _entity(country: str, region: str, year: int) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country, subdiv=region or None, years=year)
    except NotImplementedError as unknown:
        if region and country in {code for code, _name in countries()}:
            raise ValueError(
                f"There is no calendar for {region} in {country}. "
                "Leave the region empty, or pick one from the list."
            ) from unknown
        raise ValueError(
            f"There is no calendar for the country {country!r}. "
            "Pick one from the list, or leave it empty and add your closing days."
        ) from unknown


def _name(code: str, class_name: str) -> str:
    names = LOCALE_DATA.get(code, {})
    english = names.get("en", "")
    if english.startswith("*"):  # a star means: the same as in that other language
        english = names.get(english[1:], "")
    return english or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", class_name)
