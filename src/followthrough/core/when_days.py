"""Arithmetic on dates for the date reader: spans, weekdays, dates without a year."""

from datetime import date, timedelta

from followthrough.core.calendar import DAY, Calendar
from followthrough.core.touches import months_after

FORGIVEN = timedelta(days=60)
MOST = {"day": 36500, "week": 5200, "wday": 2000, "month": 1200, "quarter": 400, "year": 100}
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def exactly(year: int, month: int, day: int) -> list[date]:
    """That date as a list of one; of none where the calendar has no such day."""
    try:
        return [date(year, month, day)] if 1900 <= year < 3000 else []
    except ValueError:
        return []


def dated(day: int, month: int, year: str | None, today: date) -> list[date]:
    """Without a year: the next time it comes, unless it has only just gone."""
    if year is not None:
        return exactly(int(year) + (2000 if int(year) < 100 else 0), month, day)
    for candidate in range(today.year - 1, today.year + 5):
        found = exactly(candidate, month, day)
        if found and found[0] >= today - FORGIVEN:
            return found
    return []


def ahead_of(day: date, n: int, unit: str, calendar: Calendar) -> date:
    n = min(n, MOST[unit])
    if unit == "wday":
        return calendar.working_day_after(day, n)
    if unit in MONTHS:
        return months_after(day, n * MONTHS[unit])
    return day + n * (7 if unit == "week" else 1) * DAY


def this_week(weekday: int, today: date, calendar: Calendar) -> date:
    first, _last = span("week", 0, today, calendar)
    return first + (weekday - first.isoweekday()) % 7 * DAY


def span(unit: str, ahead: int, day: date, calendar: Calendar) -> tuple[date, date]:
    """First and last day of this week, month, quarter or year, or of one further on."""
    if unit == "week":
        into = (day.isoweekday() - _first_weekday(calendar)) % 7
        first = day + (ahead * 7 - into) * DAY
        return first, first + 6 * DAY
    length = MONTHS[unit]
    begins = day.replace(day=1, month=(day.month - 1) // length * length + 1)
    first = months_after(begins, ahead * length)
    return first, months_after(first, length) - DAY


def last_working(first: date, last: date, calendar: Calendar) -> date:
    while last > first and not calendar.works_on(last):
        last -= DAY
    return last


def _first_weekday(calendar: Calendar) -> int:
    # The week begins after the weekend: on Monday, in Riyadh on Sunday, in Tehran on Saturday.
    if 7 not in calendar.days:
        return 1
    if 6 not in calendar.days:
        return 7
    return 1 if 5 in calendar.days else 6
