"""Plans as data: steps with their waits and words, and what begins by itself. Never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Unit = Literal["hours", "days", "business_days"]
UNITS: tuple[Unit, ...] = ("business_days", "days", "hours")
# By what a step is done; a task is nothing that they hear of.
WAYS = ("call", "email", "sms", "card", "meeting", "task")


@dataclass(frozen=True, kw_only=True)
class Step:
    """`wait` counts from the step before it was really done. `alone`: it may go out by itself, once
    a mailbox can send. Braces in the words: name, topic, me."""

    how: str = "call"
    wait: int = 1
    unit: Unit = "business_days"
    what: str = ""
    subject: str = ""
    words: str = ""
    alone: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version of a sequence. `talk_ends`: it steps aside as soon as we spoke."""

    key: str
    sequence: str
    name: str
    steps: tuple[Step, ...]
    talk_ends: bool = True


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
