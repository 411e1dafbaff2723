"""Plans as data: steps with their waits and words, and what begins by itself. Never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal

Unit = Literal["hours", "days", "business_days"]
Wait = Unit | Literal["before_end"]
UNITS: tuple[Unit, ...] = ("business_days", "days", "hours")
# Counted back, in working days, from the last day of the offer that stands with them.
BEFORE_END: Literal["before_end"] = "before_end"
WAITS: tuple[Wait, ...] = (*UNITS, BEFORE_END)
# By what a step is done; a task is nothing that they hear of.
WAYS = ("call", "email", "sms", "card", "meeting", "task")
# What may happen after a mail, and send somebody to another step.
CAME_BACK, LOOKED, CLICKED = "came_back", "looked", "clicked"
# After any step: a time was agreed.
BOOKED = "booked"
HAPPENINGS = (CAME_BACK, LOOKED, CLICKED, BOOKED)
A, B = "a", "b"


@dataclass(frozen=True, kw_only=True)
class Step:
    """`wait` counts from the step before it was really done, or back from the last day of an offer.
    `alone`: it leaves by itself where it is a mail and a mailbox can send. Braces in the words:
    name, topic, me. `other` are other words for half of the people. `goes` says which step comes
    next (counted from 1) where something happened after this one was done; without it, the one
    below.
    """

    how: str = "call"
    wait: int = 1
    unit: Wait = "business_days"
    what: str = ""
    subject: str = ""
    words: str = ""
    alone: bool = False
    other_subject: str = ""
    other: str = ""
    goes: tuple[tuple[str, int], ...] = ()

    @property
    def by_itself(self) -> bool:
        return self.alone and self.how == "email"

    def words_of(self, version: str) -> tuple[str, str]:
        """Subject and words; a version without a subject of its own shares the first one's."""
        if version != B:
            return self.subject, self.words
        return self.other_subject or self.subject, self.other


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version of a sequence. `talk_ends`: it steps aside as soon as we spoke."""

    key: str
    sequence: str
    name: str
    steps: tuple[Step, ...]
    talk_ends: bool = True

    @property
    def sends(self) -> bool:
        """Whether any of it leaves by itself."""
        return any(step.by_itself for step in self.steps)


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A sequence rests from `since` until somebody lets it go on; None: it rests still."""

    since: datetime
    until: datetime | None = None


def version_for(enrolment: str, plan: str, place: int) -> str:
    """Which of two wordings somebody gets: by chance, and always the same one."""
    drawn = blake2b(enrolment.encode(), key=f"{plan}:{place}".encode()[:64], digest_size=1)
    return B if drawn.digest()[0] & 1 else A


@dataclass(frozen=True, kw_only=True)
class Begin:
    """From `since` on this plan begins by itself with what is of this kind; "" is none any more."""

    kind: str
    since: datetime
    plan: str


def begins_with(begins: Iterable[Begin], kind: str, at: datetime) -> str:
    """The key of the plan that held for this kind at that time."""
    held = [one for one in begins if one.kind == kind and one.since <= at]
    return max(held, key=lambda one: one.since).plan if held else ""
