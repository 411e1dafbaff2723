"""What we decided, and what they allow."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from followthrough.core.facts.base import Fact


@dataclass(frozen=True, kw_only=True)
class Opened(Fact):
    """Something is open between us. `value` in cents; `chance` in per cent."""

    icon: ClassVar[str] = "circle-dot"
    kind: str = "enquiry"
    owner: str = ""
    value: int = 0
    chance: int = 50
    days: int = 0  # the rhythm of a keep-in-touch matter

    def __str__(self) -> str:
        return f"{self.kind.replace('_', ' ').capitalize()} opened"


@dataclass(frozen=True, kw_only=True)
class Listed(Fact):
    """They stand on a list that was brought in; nothing is known of what happened before."""

    icon: ClassVar[str] = "list"
    origin: str = ""

    def __str__(self) -> str:
        return f"On your list ({self.origin})" if self.origin else "On your list"


@dataclass(frozen=True, kw_only=True)
class Closed(Fact):
    icon: ClassVar[str] = "circle-check"
    outcome: str
    reason: str = ""

    def __str__(self) -> str:
        return f"Closed: {self.reason or self.outcome}"


@dataclass(frozen=True, kw_only=True)
class Reopened(Fact):
    icon: ClassVar[str] = "rotate-ccw"

    def __str__(self) -> str:
        return "Opened again"


@dataclass(frozen=True, kw_only=True)
class HandedOver(Fact):
    icon: ClassVar[str] = "arrow-right-left"
    to: str

    def __str__(self) -> str:
        return "Handed over"


@dataclass(frozen=True, kw_only=True)
class Qualified(Fact):
    icon: ClassVar[str] = "flame"
    yes: bool = True

    def __str__(self) -> str:
        return "A strong yes" if self.yes else "Not a fit"


@dataclass(frozen=True, kw_only=True)
class Planned(Fact):
    """The next step that one of us chose."""

    icon: ClassVar[str] = "calendar"
    due: datetime
    how: str = "call"
    wall: str = ""
    zone: str = ""

    def __str__(self) -> str:
        return "Next step set"


@dataclass(frozen=True, kw_only=True)
class NotNow(Fact):
    icon: ClassVar[str] = "moon"
    until: datetime

    def __str__(self) -> str:
        return "Not now"


@dataclass(frozen=True, kw_only=True)
class PutOff(Fact):
    """One follow-up moves to a later day; `what` is its key, and the reason is the text."""

    icon: ClassVar[str] = "moon"
    what: str
    until: datetime

    def __str__(self) -> str:
        return "Put off"


@dataclass(frozen=True, kw_only=True)
class Waived(Fact):
    icon: ClassVar[str] = "circle-slash"
    what: str

    def __str__(self) -> str:
        return "Let go"


@dataclass(frozen=True, kw_only=True)
class OptedOut(Fact):
    """They do not want to hear from us by these channels ("*" is every one)."""

    icon: ClassVar[str] = "bell-off"
    channels: tuple[str, ...] = ("*",)

    def __str__(self) -> str:
        return "They asked us to stop" + (
            "" if "*" in self.channels else " by " + ", ".join(self.channels)
        )


@dataclass(frozen=True, kw_only=True)
class OptedIn(Fact):
    icon: ClassVar[str] = "bell"
    channels: tuple[str, ...] = ("*",)

    def __str__(self) -> str:
        return "They are happy to hear from us again"


@dataclass(frozen=True, kw_only=True)
class Noted(Fact):
    icon: ClassVar[str] = "sticky-note"

    def __str__(self) -> str:
        return "Note"


@dataclass(frozen=True, kw_only=True)
class Merged(Fact):
    """Another party's record turned out to be this one's."""

    icon: ClassVar[str] = "merge"
    other: str

    def __str__(self) -> str:
        return "Joined with another record"


@dataclass(frozen=True, kw_only=True)
class Unmerged(Fact):
    icon: ClassVar[str] = "split"
    other: str

    def __str__(self) -> str:
        return "Taken apart again"


@dataclass(frozen=True, kw_only=True)
class Retracted(Fact):
    """Undo: the named fact never happened."""

    icon: ClassVar[str] = "undo-2"
    what: str

    def __str__(self) -> str:
        return "Taken back"
