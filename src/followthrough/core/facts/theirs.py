"""They came to us: the ball is ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from followthrough.core.facts.base import WAYS, Fact, Theirs
from followthrough.core.saying import says


@dataclass(frozen=True, kw_only=True)
class TheyEnquired(Theirs):
    """`upset` and `begging` are what a sentence of theirs says; `shows` is where it stands in their
    words: its first character and the one after its last. The sentence itself is in the text.
    """

    icon: ClassVar[str] = "message-circle-question"
    channel: str = "form"
    origin: str = ""
    upset: bool = False
    begging: bool = False
    shows: tuple[int, int] | tuple[()] = ()

    def __str__(self) -> str:
        way = WAYS.get(self.channel, self.channel)
        if self.origin:
            return says("They enquired by {way} ({origin})", way=way, origin=self.origin)
        return says("They enquired by {way}", way=way)


@dataclass(frozen=True, kw_only=True)
class TheyWrote(Theirs):
    """`upset`, `begging` and `shows` as in an enquiry; `calls_off`: they no longer come."""

    icon: ClassVar[str] = "mail"
    channel: str = "email"
    thread: str = ""
    upset: bool = False
    begging: bool = False
    shows: tuple[int, int] | tuple[()] = ()
    calls_off: bool = False

    def __str__(self) -> str:
        return says("They sent a text message") if self.channel == "sms" else says("They wrote")


@dataclass(frozen=True, kw_only=True)
class TheyCalled(Theirs):
    """They rang. `answered` is False for a missed call, which waits for us."""

    icon: ClassVar[str] = "phone-incoming"
    way_of_kind: ClassVar[str] = "call"
    answered: bool = True

    def __str__(self) -> str:
        return says("They called") if self.answered else says("They called and nobody picked up")


@dataclass(frozen=True, kw_only=True)
class TheyVisited(Theirs):
    icon: ClassVar[str] = "store"
    way_of_kind: ClassVar[str] = "visit"

    def __str__(self) -> str:
        return says("They came by")


@dataclass(frozen=True, kw_only=True)
class TheyBooked(Theirs):
    """They agreed to an appointment, as their calendar says: nothing of ours waits for an answer.
    `due` is when it is; None where that cannot be told. `thread` is the one of what they answer."""

    icon: ClassVar[str] = "calendar"
    channel: str = "email"
    due: datetime | None = None
    thread: str = ""

    def __str__(self) -> str:
        return says("They agreed to an appointment")


@dataclass(frozen=True, kw_only=True)
class TheyOrdered(Theirs):
    """`cart` is what a shop calls the cart that it came from."""

    icon: ClassVar[str] = "package"
    way_of_kind: ClassVar[str] = "order"
    amount: int = 0
    cart: str = ""

    def __str__(self) -> str:
        return says("They ordered")


@dataclass(frozen=True, kw_only=True)
class TheyLeftACart(Fact):
    """They chose something in a shop and have not ordered it. No word to us, so it moves nobody's
    turn; `cart` is what the shop calls it, `amount` what it comes to."""

    icon: ClassVar[str] = "store"
    cart: str = ""
    amount: int = 0

    def __str__(self) -> str:
        return says("They left something in the cart")


@dataclass(frozen=True, kw_only=True)
class TheyOpened(Fact):
    """They looked at what we sent: soft evidence, so it moves nobody's turn. `uncertain`: a program
    may have fetched it for them. `thread` is the one of what we sent."""

    icon: ClassVar[str] = "eye"
    channel: str = "email"
    uncertain: bool = False
    thread: str = ""

    def __str__(self) -> str:
        if self.channel == "offer":
            return says("They looked at the offer")
        if self.uncertain:
            return says("They may have opened what we sent")
        return says("They opened what we sent")


@dataclass(frozen=True, kw_only=True)
class TheyClicked(Fact):
    """They followed a link in what we sent: as soft as opening it."""

    icon: ClassVar[str] = "eye"
    channel: str = "email"
    uncertain: bool = False
    thread: str = ""

    def __str__(self) -> str:
        if self.uncertain:
            return says("They may have followed a link of ours")
        return says("They followed a link of ours")
