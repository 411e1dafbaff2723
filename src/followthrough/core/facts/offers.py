"""What we offered until a day, and what they said to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from followthrough.core.facts.base import Fact, Theirs
from followthrough.core.saying import says


@dataclass(frozen=True, kw_only=True)
class Offered(Fact):
    """They may take it up to `until`, its first moment that is too late: `wall` is its last day
    there, `zone` theirs. What it is stands in the text. It has a page, which they may never see, so
    it moves nobody's turn."""

    icon: ClassVar[str] = "gift"
    until: datetime
    wall: str = ""
    zone: str = ""

    def __str__(self) -> str:
        return says("An offer was made")


@dataclass(frozen=True, kw_only=True)
class LastDayMoved(Fact):
    """It may be taken longer, or less long, than was said before: up to `until` now. `was` is the
    last day that was said before, so that whoever heard of that one is understood."""

    icon: ClassVar[str] = "calendar"
    offer: str
    until: datetime
    wall: str = ""
    zone: str = ""
    was: str = ""

    def __str__(self) -> str:
        return says("The last day of the offer was changed")


@dataclass(frozen=True, kw_only=True)
class OfferEnded(Fact):
    """One of us ended it before its day; `offer` is the name of the fact that made it."""

    icon: ClassVar[str] = "circle-slash"
    offer: str

    def __str__(self) -> str:
        return says("The offer was ended early")


@dataclass(frozen=True, kw_only=True)
class TheyTookIt(Theirs):
    """They said yes on the page of an offer, and wait for what follows from it."""

    icon: ClassVar[str] = "circle-check"
    way_of_kind: ClassVar[str] = "yes"
    offer: str = ""

    def __str__(self) -> str:
        return says("They took the offer")


@dataclass(frozen=True, kw_only=True)
class TheyDeclined(Theirs):
    """They said no to an offer: an answer, and no farewell."""

    icon: ClassVar[str] = "circle-slash"
    way_of_kind: ClassVar[str] = "no"
    offer: str = ""

    def __str__(self) -> str:
        return says("They said no to the offer")


@dataclass(frozen=True, kw_only=True)
class PassedOn(Fact):
    """A link that was theirs alone was opened in a second browser: somebody else's, or another
    device of theirs."""

    icon: ClassVar[str] = "users"

    def __str__(self) -> str:
        return says("Their link was opened in another browser: perhaps passed on")
