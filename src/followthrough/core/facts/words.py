"""Words given, on both sides, and things asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from followthrough.core.facts.base import Fact
from followthrough.core.saying import says, says_many


@dataclass(frozen=True, kw_only=True)
class Asked(Fact):
    """One thing they want from us: a question, or material by post or mail."""

    icon: ClassVar[str] = "circle-help"
    wants: str = "answer"

    def __str__(self) -> str:
        return (
            says("They asked a question")
            if self.wants == "answer"
            else says("They asked us to send something")
        )


def runs_of(dates: Iterable[date]) -> list[list[date]]:
    """In their order; days beside each other are one, a weekend."""
    runs: list[list[date]] = []
    for day in sorted(set(dates)):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


@dataclass(frozen=True, kw_only=True)
class AskedForDays(Fact):
    """They want something on these days. What is asked for a day is worth nothing after it."""

    icon: ClassVar[str] = "calendar"
    dates: tuple[date, ...] = ()

    def __str__(self) -> str:
        many = len(runs_of(self.dates))
        return says_many("They named a day", "They named {n} dates", n=many)


@dataclass(frozen=True, kw_only=True)
class WePromised(Fact):
    """Our word: by `due`, or when `condition` has happened; then `check_by` is the fallback.

    A promise at a wall-clock time keeps `wall` and `zone` beside the instant.
    """

    icon: ClassVar[str] = "handshake"
    due: datetime | None = None
    how: str = ""
    condition: str = ""
    check_by: datetime | None = None
    wall: str = ""
    zone: str = ""

    def __str__(self) -> str:
        return says("We promised to call") if self.how == "call" else says("We gave our word")


@dataclass(frozen=True, kw_only=True)
class TheyPromised(Fact):
    icon: ClassVar[str] = "handshake"
    due: datetime
    how: str = ""

    def __str__(self) -> str:
        return (
            says("They said they would call")
            if self.how == "call"
            else says("They gave their word")
        )


@dataclass(frozen=True, kw_only=True)
class PromiseKept(Fact):
    icon: ClassVar[str] = "circle-check"
    promise: str

    def __str__(self) -> str:
        return says("The promise was kept")


@dataclass(frozen=True, kw_only=True)
class PromiseReleased(Fact):
    icon: ClassVar[str] = "circle-slash"
    promise: str

    def __str__(self) -> str:
        return says("The promise no longer binds")


@dataclass(frozen=True, kw_only=True)
class Happened(Fact):
    """The condition that a promise was waiting for."""

    icon: ClassVar[str] = "bell"
    condition: str

    def __str__(self) -> str:
        return says("What we were waiting for has happened")
