"""The days that a request names: "12–14 Sept, 19–21 Sept", "on 3, 10 and 17 October"."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from followthrough.core.when_days import dated, exactly
from followthrough.inlets.language.cues import Said
from followthrough.inlets.language.phrases import groups, pattern, words
from followthrough.inlets.noticed import Finding

MOST_DAYS = 60

_TOKEN = pattern("dates", "tokens")
_COUNTED = pattern("dates", "counted")
_HAD, _WE = words("dates", "had"), words("dates", "we")
_SPANS, _RENTED = words("dates", "spans"), words("dates", "rented")
_MONTH_FIRST = re.compile(r"\b(?:0?\d|1[0-2])/(?:1[3-9]|2\d|3[01])\b")  # 9/19 tells of 9/12
MONTHS = {name: n for n, names in enumerate(groups("dates", "months"), 1) for name in names}
_NUMBERS = {name: n for n, names in enumerate(groups("dates", "numbers"), 2) for name in names}


def names_days(said: Said) -> bool:
    """Whether it may name days that are asked for: worth reading them, here and below."""
    said_words = said.vocabulary
    if _HAD.isdisjoint(said_words) or _WE.isdisjoint(said_words):
        return False
    return "0" in said_words or said.text.endswith(":") or not _SPANS.isdisjoint(said_words)


def dates(said: Said, below: str, *, at: datetime) -> Iterator[Finding]:
    """The days asked for; `below` are lines of nothing but dates that follow the sentence."""
    days = days_in(f"{said.text} . {below}", at.date())
    counted = _COUNTED.search(said.text)
    if days:
        yield said.finding("days", "names days", 0.8, days=days, value=_amount(counted))
    elif counted and not _RENTED.isdisjoint(said.vocabulary):
        yield said.finding("days", "counts days", 0.6, value=_amount(counted))


def days_in(text: str, today: date) -> tuple[date, ...]:
    """First days of the dated items in a text, in order, from today on; none twice."""
    text = text[:2000]
    reader = _Reader(today, month_first=bool(_MONTH_FIRST.search(text)))
    for token in _TOKEN.finditer(text):
        reader.take(token.lastgroup or "", token[0].strip())
    ahead = (day for day in reader.found if day >= today)
    return tuple(dict.fromkeys(ahead))[:MOST_DAYS]


def only_days(text: str) -> bool:
    """Whether a line holds little but dates."""
    if len(text) > 200 or not any(map(str.isdigit, text)):
        return False
    kinds = [token.lastgroup for token in _TOKEN.finditer(text)]
    return kinds.count("other") <= 2 and bool({"month", "full", "iso"} & set(kinds))


def _amount(counted: re.Match[str] | None) -> str:
    if not counted:
        return ""
    number = counted["number"].lower()
    return f"{_NUMBERS.get(number, number)} {counted['unit'].lower()}"


class _Reader:
    """Takes tokens one by one. Numbers wait for the month behind them, or follow the one before."""

    def __init__(self, today: date, *, month_first: bool) -> None:
        self.today = today
        self.month_first = month_first
        self.found: list[date] = []
        self._forget()

    def _forget(self) -> None:
        self.waiting: list[int] = []
        self.month = 0  # the month that days behind it belong to
        self.dated: list[tuple[int, int]] = []  # days and months that a year may still follow
        self.joined = self.until = self.between = self.closed = self.after_a_date = False

    def take(self, kind: str, said: str) -> None:
        if kind == "filler":
            return
        if kind in ("other", "between"):
            self._forget()
            self.between = kind == "between"
        elif kind in ("join", "until"):
            self.until |= self.after_a_date and (kind == "until" or self.between)
            self.joined = True
            self.closed &= kind != "join"
        else:
            getattr(self, f"_{kind}")(said)
            self.joined, self.after_a_date = False, True

    def _day(self, said: str) -> None:
        day = int(re.sub(r"\D", "", said))
        if self.until:  # the last day of a span is not another day
            self.until, self.between, self.closed = False, False, True
        elif self.month:
            self._found(day, self.month)
        else:
            self.waiting = [*self.waiting, day] if self.joined else [day]
            self.closed = False

    def _month(self, said: str) -> None:
        month = MONTHS[said.lower().rstrip(".")]
        if self.waiting:
            for day in self.waiting:
                self._found(day, month)
            self.waiting, self.month = [], 0
        elif not self.closed:
            self.month = month
        self.closed = False

    def _year(self, said: str) -> None:
        """A year counts for all the days since the last other word."""
        if self.dated:
            del self.found[-len(self.dated) :]
            for day, month in self.dated:
                self.found += exactly(int(said), month, day)
        self.dated = []

    def _full(self, said: str) -> None:
        first, second, *year = (part for part in re.split(r"[./]", said) if part)
        if said in ("24/7", "1/2", "1/4", "3/4"):
            return
        if not self.until:
            day, month = int(first), int(second)
            if month > 12 or (self.month_first and "/" in said):
                day, month = month, day
            self.found += dated(day, month, year[0] if year else None, self.today)
        self._forget()

    def _iso(self, said: str) -> None:
        if not self.until:
            self.found += exactly(*map(int, said.split("-")))
        self._forget()

    def _found(self, day: int, month: int) -> None:
        days = dated(day, month, None, self.today)
        self.found += days
        self.dated += [(day, month)] if days else []
