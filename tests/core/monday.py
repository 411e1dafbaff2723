"""A Monday morning in Berlin, Bob's calendar, and the reader asked on that day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from followthrough.core.calendar import Calendar
from followthrough.core.when import read

BERLIN = ZoneInfo("Europe/Berlin")
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)})
BOBS = Calendar(zone="Europe/Berlin", holidays=HOLIDAYS)
MONDAY = datetime(2026, 11, 23, 10, 20, tzinfo=BERLIN)


def on(day, month, hour=9, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


def said(text, *, now=MONDAY, calendar=BOBS, **terms):
    return read(text, now=now, calendar=calendar, **terms)
