"""What stands in a cell: dates, yes and no, sums of money, mail addresses."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation

from followthrough.inlets.wording import folded, one_line

_YES_WORDS = "yes y true t 1 x on ja j oui o si s wahr vrai verdadero checked sim"
_NO_WORDS = "no n false f 0 off nein non falsch faux falso none null na n/a - unknown select"
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
_WON = re.compile(
    r"(closed[ -]*)?(won|gewonnen|gagnee?|ganad[oa]|vint[oa])|converted|customer|kunde|client|"
    r"signed|sold|verkauft|vendu|vendido|paid|abgeschlossen gewonnen|deal won"
)


_LOST = re.compile(
    r"(closed[ -]*)?(lost|verloren|perdue?|perdid[oa]|verlor)|abgeschlossen verloren|dead|"
    r"disqualified|unqualified|not qualified|junk|not interested|kein interesse|cancell?ed"
)


def yes(cell: str) -> bool:
    return folded(cell).strip() in _YES


def objects(cell: str) -> bool:
    """Whether an opt-out column says so; a word nobody knows counts as an objection."""
    word = folded(cell).strip()
    return bool(word) and word not in _NO and word not in ("subscribed", "active", "aktiv")


def refuses(cell: str) -> bool:
    """Whether a consent column holds a plain no; an empty one says nothing."""
    return folded(cell).strip() in {*_NO, "unsubscribed", "abgemeldet"} - {"unknown", "select", "-"}


def won(cell: str) -> bool:
    word = folded(cell).strip()
    return word in _YES or bool(_WON.fullmatch(word))


def lost(cell: str) -> bool:
    return bool(_LOST.fullmatch(folded(cell).strip()))


MOST = 10**15  # cents: more is a slip of the keyboard, and more than the books can add up


def cents(cell: str) -> int | None:
    """`1.234,50 €` and `$1,234.50` alike; None where no sum can be read."""
    digits = re.sub(r"[^\d.,-]", "", cell[:60])
    mark = max(".,", key=digits.rfind)
    whole, _, rest = digits.rpartition(mark)
    alone = not {".", ","} <= set(digits)
    groups = len(rest) == 3 and alone and (mark == "," or digits.count(mark) > 1)
    if mark in digits:
        digits = re.sub(r"[.,]", "", whole) + ("" if groups else ".") + rest
    try:
        found = int((Decimal(digits) * 100).to_integral_value()) if digits else None
    except (InvalidOperation, OverflowError, ValueError):
        return None
    return found if found is None or abs(found) <= MOST else None


_ADDRESS = re.compile(r"[^\s<>()\",;:@]{1,64}@[^\s<>()\",;:@]+\.[^\s<>()\",;:@.]{2,63}")


def addresses(cell: str) -> tuple[str, ...]:
    """Every mail address in the cell: people write several into one."""
    found = (one_line(one, limit=320).strip(".'").lower() for one in _ADDRESS.findall(cell[:2_000]))
    return tuple(dict.fromkeys(found))


# --- dates --------------------------------------------------------------------------

_CLOCK = r"(?:[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([AaPp]\.?[Mm])?)?"
_ZONE = r"\s*(?:Z|UTC|GMT)?\s*([+-]\d{2}:?\d{2})?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK + _ZONE)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})" + _CLOCK + _ZONE)
_NAMED = re.compile(
    r"(\d{1,2})[-. ]+([a-z]{3})[a-z]*[-., ]+(\d{4})" + _CLOCK.lower() + _ZONE.lower()
)
_NAMED_US = re.compile(
    r"([a-z]{3})[a-z]*[. ]+(\d{1,2}),? +(\d{4})" + _CLOCK.lower() + _ZONE.lower()
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen", "feb fev", "mar mrz", "apr avr abr", "may mai mag", "jun giu",
            "jul lug", "aug aou ago", "sep set", "oct okt ott", "nov", "dec dez dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Dating:
    """How one column writes its dates; naive times are read in `zone`."""

    day_first: bool = True
    certain: bool = False
    zone: tzinfo = UTC

    def instant(self, cell: str) -> datetime | None:
        text = one_line(cell, limit=60)
        try:
            return self._numbered(text) or self._named(folded(text))
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

    def _named(self, text: str) -> datetime | None:
        if found := _NAMED.fullmatch(text):
            return self._at(found, year=3, month=2, day=1)
        found = _NAMED_US.fullmatch(text)
        return self._at(found, year=3, month=1, day=2) if found else None

    def _at(self, found: re.Match[str], *, year: int, month: int, day: int) -> datetime:
        number = int(found[year])
        number += 0 if number > 99 else 2000 if number < 70 else 1900
        hour, minute, second = (int(found[place] or 0) for place in (4, 5, 6))
        if found[7]:
            hour = hour % 12 + (12 if found[7][0] in "pP" else 0)
        named = int(found[month]) if found[month].isdigit() else _MONTHS[found[month]]
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


def tells_order(cell: str) -> bool | None:
    """True: the day stands first; False: the month does; None: it could be either."""
    found = _YEAR_LAST.fullmatch(one_line(cell, limit=60))
    if not found or (int(found[1]) > 12) == (int(found[2]) > 12):
        return None
    return int(found[1]) > 12
