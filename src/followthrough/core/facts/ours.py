"""We went to them, or we met."""

from dataclasses import dataclass
from typing import ClassVar

from followthrough.core.facts.base import BOTH, WAYS, Fact, Ours
from followthrough.core.saying import says

SAID = {
    "spoke": says("We spoke on the phone"),
    "message": says("We left a message"),
    "no_answer": says("We called, no answer"),
}


@dataclass(frozen=True, kw_only=True)
class WeWrote(Ours):
    icon: ClassVar[str] = "send"
    channel: str = "email"
    thread: str = ""

    def __str__(self) -> str:
        return says("We wrote by {way}", way=WAYS.get(self.channel, self.channel))


@dataclass(frozen=True, kw_only=True)
class Bounced(Fact):
    """What we sent did not arrive; `thread` is the one of what we sent.

    `final`: no server tries any more. `dead`: there is no such address.
    """

    icon: ClassVar[str] = "undo-2"
    channel: str = "email"
    final: bool = True
    dead: bool = False
    thread: str = ""

    def __str__(self) -> str:
        what = WAYS.get(self.channel, self.channel)
        if not self.final:
            return says("Our {what} is delayed on its way", what=what)
        if self.dead:
            return says("Our {what} came back: no such address", what=what)
        return says("Our {what} came back", what=what)


@dataclass(frozen=True, kw_only=True)
class WeCalled(Ours):
    """`outcome`: spoke, message or no_answer. `ball`: who moves next, us, them or "" (unclear).

    `minutes`: how long we talked; 0 where nobody knows.
    """

    icon: ClassVar[str] = "phone"
    way_of_kind: ClassVar[str] = "call"
    outcome: str = "spoke"
    ball: str = ""
    minutes: int = 0

    def __str__(self) -> str:
        return SAID.get(self.outcome, says("We called"))

    @property
    def reached(self) -> bool:
        return self.outcome == "spoke"


@dataclass(frozen=True, kw_only=True)
class QuoteSent(Ours):
    """`amount` is in the smallest unit of the workspace's currency (cents)."""

    icon: ClassVar[str] = "file-text"
    channel: str = "email"
    amount: int = 0

    def __str__(self) -> str:
        return says("We sent a quote")


@dataclass(frozen=True, kw_only=True)
class CardPosted(Ours):
    icon: ClassVar[str] = "mailbox"
    way_of_kind: ClassVar[str] = "card"

    def __str__(self) -> str:
        return says("We posted a card")


@dataclass(frozen=True, kw_only=True)
class Provided(Ours):
    """What they asked for is sent; `proof` is a day of posting or a Message-ID, never empty."""

    icon: ClassVar[str] = "package-check"
    asked: str = ""
    proof: str = ""
    channel: str = "post"

    def __str__(self) -> str:
        return says("We sent what they asked for")


@dataclass(frozen=True, kw_only=True)
class Met(Fact):
    """A meeting counts for both sides; `ball` as in WeCalled."""

    turn: ClassVar[str] = BOTH
    icon: ClassVar[str] = "handshake"
    way_of_kind: ClassVar[str] = "meeting"
    ball: str = ""
    given: str = ""

    def __str__(self) -> str:
        return says("We met")
