"""What stands in a cell: yes and no, won and lost, sums of money, mail addresses."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

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
    number = number_in(cell)
    if number is None or abs(number) > MOST / 100:
        return None
    return int((number * 100).to_integral_value())


@lru_cache(maxsize=20_000)
def number_in(cell: str) -> Decimal | None:
    """Decimal comma or point, whatever stands around the digits; `(5.00)` and `5.00-` are below
    zero. Three digits after a single comma are thousands, unless a nought stands before it."""
    digits = re.sub(r"[^\d.,-]", "", cell[:60]).strip(".,")
    below = "-" in digits or (cell.strip()[:1] == "(" and cell.strip()[-1:] == ")")
    digits = digits.replace("-", "") if digits.strip("-").count("-") == 0 else ""
    mark = max(".,", key=digits.rfind)
    whole, _, rest = digits.rpartition(mark)
    alone = not {".", ","} <= set(digits)
    groups = len(rest) == 3 and alone and (mark == "," or digits.count(mark) > 1) and whole != "0"
    if mark in digits:
        digits = re.sub(r"[.,]", "", whole) + ("" if groups else ".") + rest
    try:
        found = Decimal(digits) if digits else None
    except (InvalidOperation, ValueError):
        return None
    return found if found is None or not below else -found


_ADDRESS = re.compile(r"[^\s<>()\",;:@]{1,64}@[^\s<>()\",;:@]+\.[^\s<>()\",;:@.]{2,63}")


def addresses(cell: str) -> tuple[str, ...]:
    """Every mail address in the cell: people write several into one."""
    found = (one_line(one, limit=320).strip(".'").lower() for one in _ADDRESS.findall(cell[:2_000]))
    return tuple(dict.fromkeys(found))
