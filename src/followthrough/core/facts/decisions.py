"""What we decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from followthrough.core.facts.base import Fact
from followthrough.core.saying import Saying, says

# The kinds that the product opens itself; others come with the lists that are brought in.
OPENED = {
    "enquiry": says("Enquiry opened"),
    "deal": says("Deal opened"),
    "quote": says("Quote opened"),
    "order": says("Order opened"),
    "complaint": says("Complaint opened"),
    "promise": says("Promise opened"),
    "supply": says("Supply opened"),
    "commitment": says("Commitment opened"),
    "keep_in_touch": says("Keep in touch opened"),
}

NEVER = "never"  # an expected day that is taken away again


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
        return OPENED.get(self.kind) or says("{kind} opened", kind=self.kind.replace("_", " "))


@dataclass(frozen=True, kw_only=True)
class Listed(Fact):
    """They stand on a list that was brought in; nothing is known of what happened before."""

    icon: ClassVar[str] = "list"
    origin: str = ""

    def __str__(self) -> str:
        return (
            says("On your list ({origin})", origin=self.origin)
            if self.origin
            else says("On your list")
        )


# What is said of an end that nobody gave a reason for.
ENDED = {
    "settled": says("settled"),
    "won": says("won"),
    "lost": says("lost"),
    "ordered": says("ordered"),
    "left": says("left"),
    "forgotten": says("forgotten"),
}


@dataclass(frozen=True, kw_only=True)
class Closed(Fact):
    icon: ClassVar[str] = "circle-check"
    outcome: str
    reason: str = ""

    def __str__(self) -> str:
        ended = ENDED.get(self.outcome, Saying(self.outcome))
        return says("Closed: {why}", why=Saying(self.reason) if self.reason else ended)


@dataclass(frozen=True, kw_only=True)
class Reopened(Fact):
    icon: ClassVar[str] = "rotate-ccw"

    def __str__(self) -> str:
        return says("Opened again")


@dataclass(frozen=True, kw_only=True)
class HandedOver(Fact):
    icon: ClassVar[str] = "arrow-right-left"
    to: str

    def __str__(self) -> str:
        return says("Handed over")


@dataclass(frozen=True, kw_only=True)
class Staged(Fact):
    """A deal is at another stage. `called` is what the stage was called, `chance` in per cent."""

    icon: ClassVar[str] = "arrow-right-left"
    stage: str
    called: str = ""
    chance: int = 50

    def __str__(self) -> str:
        return says("Moved to {stage}", stage=self.called) if self.called else says("Moved on")


@dataclass(frozen=True, kw_only=True)
class Estimated(Fact):
    """What it may be worth, in cents (None: as before), and by which day ("": as before)."""

    icon: ClassVar[str] = "circle-dot"
    value: int | None = None
    expected: str = ""

    def __str__(self) -> str:
        return says("What it may be worth, and when")


@dataclass(frozen=True, kw_only=True)
class Qualified(Fact):
    icon: ClassVar[str] = "flame"
    yes: bool = True

    def __str__(self) -> str:
        return says("A strong yes") if self.yes else says("Not a fit")


@dataclass(frozen=True, kw_only=True)
class Planned(Fact):
    """The next step that one of us chose."""

    icon: ClassVar[str] = "calendar"
    due: datetime
    how: str = "call"
    wall: str = ""
    zone: str = ""

    def __str__(self) -> str:
        return says("Next step set")


@dataclass(frozen=True, kw_only=True)
class NotNow(Fact):
    icon: ClassVar[str] = "moon"
    until: datetime

    def __str__(self) -> str:
        return says("Not now")


@dataclass(frozen=True, kw_only=True)
class PutOff(Fact):
    """One follow-up moves to a later day; `what` is its key, and the reason is the text.

    `stays`: it is shown meanwhile, and only the day moves on which it is late.
    """

    icon: ClassVar[str] = "moon"
    what: str
    until: datetime
    stays: bool = False

    def __str__(self) -> str:
        return says("Put off")


@dataclass(frozen=True, kw_only=True)
class Waived(Fact):
    icon: ClassVar[str] = "circle-slash"
    what: str

    def __str__(self) -> str:
        return says("Let go")


@dataclass(frozen=True, kw_only=True)
class Assigned(Fact):
    """One of us said which matter some words of theirs belong to: `what` is their fact."""

    icon: ClassVar[str] = "split"
    what: str

    def __str__(self) -> str:
        return says("Their words are about something else")


@dataclass(frozen=True, kw_only=True)
class Merged(Fact):
    """Somebody turned out to be here twice."""

    icon: ClassVar[str] = "merge"
    other: str

    def __str__(self) -> str:
        return says("They were here twice, and are one now")


@dataclass(frozen=True, kw_only=True)
class Unmerged(Fact):
    icon: ClassVar[str] = "split"
    other: str

    def __str__(self) -> str:
        return says("Taken apart again")


@dataclass(frozen=True, kw_only=True)
class Retracted(Fact):
    """Undo: the named fact never happened."""

    icon: ClassVar[str] = "undo-2"
    what: str

    def __str__(self) -> str:
        return says("Taken back")
