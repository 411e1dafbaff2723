"""Dates in a cell, as people and programs write them, in the order that their column keeps."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from followthrough.inlets.wording import folded, one_line

_CLOCK = r"(?:[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([AaPp]\.?[Mm])?)?"
_ZONE = r"\s*(?:Z|UTC|GMT)?\s*([+-]\d{2}:?\d{2})?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK + _ZONE)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})" + _CLOCK + _ZONE)
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)?[-. /]+([a-z]{3,10})[-., /]+(\d{4}|\d{2})"
    + _CLOCK.lower()
    + _ZONE.lower()
)
_NAMED_US = re.compile(
    r"([a-z]{3,10})[. ]+(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})" + _CLOCK.lower() + _ZONE.lower()
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen", "feb fev", "mar mrz maa mrt", "apr avr abr", "may mai mag mei",
            "jun giu", "jul lug", "aug aou ago", "sep set", "oct okt ott", "nov", "dec dez dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


_COMPACT = re.compile(r"(1[89]|20|21)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_SERIAL = re.compile(r"[1-7]\d{4}(?:[.,]\d+)?")  # days since 1900, as spreadsheets count: 1927-2119
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a day on a wall, not an instant
_STAMP = re.compile(r"1\d{9}|1\d{12}")  # seconds or milliseconds since 1970
_TIME = re.compile(
    r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m\.?)?", re.IGNORECASE
)
_WEEKDAY = re.compile(r"^[^\W\d]{2,10}\.?,? (?=\d|[^\W\d]{3,9}\.? \d)")


SEEN = 20_000  # cells whose date is remembered


@dataclass(frozen=True, kw_only=True)
class Dating:
    """How one column writes its dates; naive times are read in `zone`."""

    day_first: bool = True
    certain: bool = False
    zone: tzinfo = UTC
    seen: dict[str, datetime | None] = field(default_factory=dict, compare=False, repr=False)

    def instant(self, cell: str) -> datetime | None:
        """In UTC; None where no date can be read. Cells repeat: each is read once."""
        if cell not in self.seen:
            if len(self.seen) > SEEN:
                self.seen.clear()
            self.seen[cell] = self.read(cell)
        return self.seen[cell]

    def read(self, cell: str) -> datetime | None:
        text = one_line(cell, limit=60)
        try:
            return self._numbered(text) or self._counted(text) or self._named(text)
        except (ValueError, OverflowError, KeyError):
            return None

    def _numbered(self, text: str) -> datetime | None:
        if found := _YEAR_FIRST.fullmatch(text):
            return self._at(found, year=1, month=2, day=3)
        found = _YEAR_LAST.fullmatch(text)
        if not found:
            return None
        day_first = (
            self.day_first if int(found[1]) <= 12 and int(found[2]) <= 12 else int(found[1]) > 12
        )
        return self._at(found, year=3, month=2 if day_first else 1, day=1 if day_first else 2)

    def _counted(self, text: str) -> datetime | None:
        """Days written without a mark between, and moments that programs count."""
        if _COMPACT.fullmatch(text):
            wall = datetime(int(text[:4]), int(text[4:6]), int(text[6:]), tzinfo=self.zone)
        elif _SERIAL.fullmatch(text):
            days = timedelta(days=float(text.replace(",", ".")))
            wall = (_EPOCH + days).replace(microsecond=0, tzinfo=self.zone)
        elif _STAMP.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10]), tz=UTC)
        else:
            return None
        return wall.astimezone(UTC)

    def _named(self, text: str) -> datetime | None:
        text = folded(text).replace(" de ", " ")
        if found := _NAMED.fullmatch(text):
            return self._at(found, year=3, month=2, day=1)
        if found := _NAMED_US.fullmatch(text):
            return self._at(found, year=3, month=1, day=2)
        bare = _WEEKDAY.sub("", text, count=1)
        return self._named(bare) or self._numbered(bare) if bare != text else None

    def _at(self, found: re.Match[str], *, year: int, month: int, day: int) -> datetime:
        number = int(found[year])
        number += 0 if number > 99 else 2000 if number < 70 else 1900
        hour, minute, second = (int(found[place] or 0) for place in (4, 5, 6))
        if found[7]:
            hour = hour % 12 + (12 if found[7][0] in "pP" else 0)
        named = int(found[month]) if found[month].isdigit() else _month(found[month])
        when = datetime(
            number, named, int(found[day]), hour, minute, second, tzinfo=self._zone(found)
        )
        return when.astimezone(UTC)

    def _zone(self, found: re.Match[str]) -> tzinfo:
        if found[8]:
            sign = -1 if found[8][0] == "-" else 1
            hours, minutes = int(found[8][1:3]), int(found[8][-2:])
            return timezone(sign * timedelta(hours=hours, minutes=minutes))
        return UTC if re.search(r"(Z|UTC|GMT)\s*$", found[0], re.IGNORECASE) else self.zone


def _month(word: str) -> int:
    """French tells June from July only at the fourth letter."""
    return {"juin": 6, "juil": 7}.get(word[:4]) or _MONTHS[word[:3]]


def clock_time(cell: str) -> timedelta | None:
    """How far into the day `13:45:20`, `1.45 pm` or `13h45` lies, alone or behind a day."""
    found = _TIME.fullmatch(re.sub(r"^\S*\d{2}[-/.]\S*?\d[T ]+", "", cell.strip()[:40]))
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4][0] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def tells_order(cell: str) -> bool | None:
    """True: the day stands first; False: the month does; None: it could be either."""
    found = _YEAR_LAST.fullmatch(one_line(cell, limit=60))
    if not found or (int(found[1]) > 12) == (int(found[2]) > 12):
        return None
    return int(found[1]) > 12
