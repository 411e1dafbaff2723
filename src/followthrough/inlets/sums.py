"""Sums and other numbers in a cell, as people write them, in the way that their column keeps."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from followthrough.inlets.wording import folded

ENOUGH = 2_000  # cells that are asked how their column writes numbers
MOST = 10**15  # cents: more is a slip of the keyboard, and more than the books can add up
OTHER = {",": ".", ".": ","}

_PLAIN = re.compile(r"\d{1,12}(?:\.\d\d?)?")  # what most cells hold
_POWER = re.compile(r"[-+]?\d+(?:[.,]\d+)?[eE][-+]?\d{1,3}")
_MINUS = str.maketrans("−–—", "---")
_NO_CENTS = re.compile(r"(?<=\d)([.,])\s?-{1,2}(?![\d.,])")  # `250,-`
_NOUGHT_BEFORE = re.compile(r"(?<![\w.,])(?=[.,]\d)")  # `.50`
_GAPS = "'’`´ \u00a0\u2009\u202f"  # what stands between thousands beside comma and point
_NUMBER = re.compile(rf"\d[\d.,{_GAPS}]*")
_GAP = re.compile(f"[{_GAPS}]")
_IN_GAPS = re.compile(rf"\d{{1,3}}(?:[{_GAPS}]\d{{3}})+(?:[.,]\d*)?")
_IN_GROUPS = re.compile(r"\d{1,3}(?:([.,])\d{2,3}(?:\1\d{2,3})*(?<=\d{3}))?|\d+")
_BELOW = re.compile(r"-\s*$|(?<!\w)-\s*(?:[^\W\d]{1,4}\.?|[^\w\s])\s*$")
_BELOW_BEHIND = re.compile(r"\s*-\W*[^\W\d]{0,3}\s*$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?\s*[$€£¥]?\s*$")
_WORD_BEHIND = re.compile(r"\s*[$€£¥]?\s*([^\W\d_]+)")
_THOUSAND = "k keur kusd kchf tsd teur tausend thousand mil mille duizend"
_MILLION = "mio mill mln million millionen millions millones miljoen milioni milhoes"
_SCALES = dict.fromkeys(_THOUSAND.split(), 1_000) | dict.fromkeys(_MILLION.split(), 1_000_000)
# Thousands in one country, millions or metres in another.
_VAGUE = frozenset(
    ("m", "mm", "mn", "t", "b", "bn", "mrd", "mld", "md", "l", "lakh", "lakhs", "cr", "crore")
)


@dataclass(frozen=True, kw_only=True)
class Summing:
    """How one column writes its numbers. `mark` stands before their decimals; "" where no cell
    tells: then three digits behind a single mark are thousands. `unsure` is a cell that could be
    read in two ways, and which one is open."""

    mark: str = ""
    unsure: str = ""

    def number(self, cell: str) -> Decimal | None:
        """None where no number, or more than one, can be read."""
        return _number(cell, self.mark)

    def cents(self, cell: str) -> int | None:
        number = self.number(cell)
        if number is None or abs(number) > MOST / 100:
            return None
        return int((number * 100).to_integral_value())


def cents(cell: str) -> int | None:
    """`1.234,50 €` and `$1,234.50` alike; None where no sum can be read."""
    return Summing().cents(cell)


@lru_cache(maxsize=20_000)
def _number(cell: str, mark: str) -> Decimal | None:
    if _PLAIN.fullmatch(cell):
        return Decimal(cell)
    found = _written(cell)
    return found.read(mark) if found else None


def is_plain(cell: str) -> bool:
    """Whether it can be read in one way alone."""
    return bool(_PLAIN.fullmatch(cell))


def is_scaled(cell: str) -> bool:
    """Whether a word makes more of it, as in `12k`."""
    found = _written(cell)
    return found is not None and abs(found.times) > 1


def summing_of(cells: Iterable[str], *, typed: bool) -> Summing:
    """The whole column decides, as it does for dates. `typed` says that programs wrote the bare
    numbers in it: those have a point."""
    told: Counter[str] = Counter()
    unsure = ""
    for number, cell in enumerate(cells):
        found = _written(cell)
        if found and typed and found.unsure and re.fullmatch(r"-?\d+\.\d+", cell):
            told["."] += 1
        elif found and found.unsure:
            unsure = unsure or cell
        elif found and found.tells:
            told[found.tells] += 1
        if number > ENOUGH and (told or not unsure):
            break
    (mark, _), *others = told.most_common() or [("", 0)]
    return Summing(mark=mark, unsure=unsure if others or not mark else "")


@dataclass(frozen=True, kw_only=True)
class _Written:
    """The digits before and behind the last mark. `unsure` is that mark where it may stand between
    thousands, `tells` the one that this cell proves to stand before decimals."""

    whole: str
    rest: str = ""
    unsure: str = ""
    tells: str = ""
    times: int = 1

    def read(self, mark: str) -> Decimal:
        between = "" if self.unsure and self.unsure != mark else "."
        return Decimal(f"{self.whole}{between}{self.rest}") * self.times


@lru_cache(maxsize=20_000)
def _written(cell: str) -> _Written | None:
    """`(5.00)`, `-5.00` and `5.00-` are below zero."""
    text = cell[:60].strip().translate(_MINUS)
    if _POWER.fullmatch(text):
        exact = f"{Decimal(text.replace(',', '.')):f}" if len(text) < 30 else ""
        text = exact if len(exact) < 30 else ""
    text = _NOUGHT_BEFORE.sub("0", _NO_CENTS.sub(r"\g<1>00", text))
    found = list(_NUMBER.finditer(text))
    if len(found) != 1:
        return None
    before, behind = text[: found[0].start()], text[found[0].end() :]
    times = _times(_WORD_BEFORE.search(before)) * _times(_WORD_BEHIND.match(behind))
    if _BELOW.search(before) or _BELOW_BEHIND.match(behind) or text[0] + text[-1] == "()":
        times = -times
    return _digits(found[0][0].strip(f".,{_GAPS}"), times) if times else None


def _times(word: re.Match[str] | None) -> int:
    """0 for a word that may make more of it, and nobody knows how much."""
    said = folded(word[1]) if word else ""
    return 0 if said in _VAGUE else _SCALES.get(said, 1)


def _digits(digits: str, times: int) -> _Written | None:
    gaps = _GAP.search(digits)
    if gaps and not _IN_GAPS.fullmatch(digits):
        return None
    digits = _GAP.sub("", digits)
    mark = max(".,", key=digits.rfind)
    whole, _, rest = digits.rpartition(mark)
    if mark not in digits:
        return _Written(whole=digits, times=times)
    if digits.count(mark) > 1:  # it stands between thousands
        bare = digits.replace(mark, "")
        fits = bare.isdigit() and _IN_GROUPS.fullmatch(digits)
        return _Written(whole=bare, tells=OTHER[mark], times=times) if fits else None
    if not _IN_GROUPS.fullmatch(whole):
        return None
    if len(rest) == 3 and whole.isdigit() and len(whole) < 4 and whole[0] != "0" and not gaps:
        return _Written(whole=whole, rest=rest, unsure=mark, times=times)
    return _Written(whole=re.sub("[.,]", "", whole), rest=rest, tells=mark, times=times)
