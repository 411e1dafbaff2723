"""The date in a forwarded head, as mail programs write it in six languages."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from followthrough.inlets.mailbox.headers import instant
from followthrough.inlets.wording import folded, one_line

# By how their names begin in English, German, French, Spanish, Italian and Dutch.
_MONTHS = {
    beginning: number
    for number, beginnings in enumerate(
        (
            "jan ene gen", "feb fev", "mar mrz maart", "apr avr abr", "may mai mag mei",
            "jun juin giu", "jul juil lug", "aug aou ago", "sep set", "oct okt ott", "nov",
            "dec dez dic",
        ),
        start=1,
    )
    for beginning in beginnings.split()
}  # fmt: skip
_ZONES = {"mez": 60, "cet": 60, "mesz": 120, "cest": 120, "utc": 0, "gmt": 0, "bst": 60}

_YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"\b(?P<day>\d{1,2})([./-])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d{2})\b")
_NAMED = re.compile(
    r"\b(?P<day>\d{1,2})\.?\s+(?:de\s+|di\s+)?(?P<month>[a-z]{3,12})\.?,?\s+(?:del?\s+)?"
    r"(?P<year>\d{4})\b"
)
_NAMED_US = re.compile(
    r"\b(?P<month>[a-z]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b"
)
_CLOCK = re.compile(r"\b(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:\s*([ap])\.?\s?m\b)?")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?\b")


def when(written: str, *, zone: tzinfo = UTC) -> datetime | None:
    """The instant that is meant; where it names no zone of its own it is read in `zone`."""
    if exact := instant(written) if re.search(r"[+-]\d{4}\b", written) else None:
        return exact
    text = folded(one_line(written, limit=120))
    for shape in (_YEAR_FIRST, _NAMED, _NAMED_US, _DAY_FIRST):
        if found := shape.search(text):
            return _moment(found, text, zone)
    return None


def _moment(found: re.Match[str], text: str, zone: tzinfo) -> datetime | None:
    rest = text[found.end() :] if _CLOCK.search(text, found.end()) else text
    clock = _CLOCK.search(rest)
    day, month = int(found["day"]), _month(found["month"])
    american = clock is not None and clock[4] and "/" in found[0]
    if (american and month <= 12 and day <= 12) or month > 12:
        day, month = month, day
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    hour, minute, second = (int(clock[n] or 0) for n in (1, 2, 3)) if clock else (12, 0, 0)
    if clock and clock[4]:
        hour = hour % 12 + (12 if clock[4] == "p" else 0)
    try:
        own = _zone(rest[clock.end() :] if clock else "")
        return datetime(year, month, day, hour, minute, second, tzinfo=own or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    known = (number for start, number in _MONTHS.items() if written.startswith(start))
    return next(known, 0)


def _zone(rest: str) -> tzinfo | None:
    if found := _OFFSET.search(rest):
        ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return timezone(-ahead if found[1] == "-" else ahead)
    named = (minutes for name, minutes in _ZONES.items() if re.search(rf"\b{name}\b", rest))
    minutes = next(named, None)
    return None if minutes is None else timezone(timedelta(minutes=minutes))
