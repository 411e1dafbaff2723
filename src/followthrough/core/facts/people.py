"""What they allow, what we learned of them, and how we know them."""

from dataclasses import dataclass
from typing import ClassVar

from followthrough.core.facts.base import Fact
from followthrough.core.saying import says


@dataclass(frozen=True, kw_only=True)
class OptedOut(Fact):
    """They do not want to hear from us by these channels ("*" is every one)."""

    icon: ClassVar[str] = "bell-off"
    channels: tuple[str, ...] = ("*",)

    def __str__(self) -> str:
        return (
            says("They asked us to stop")
            if "*" in self.channels
            else says("They asked us to stop by {ways}", ways=", ".join(self.channels))
        )


@dataclass(frozen=True, kw_only=True)
class OptedIn(Fact):
    icon: ClassVar[str] = "bell"
    channels: tuple[str, ...] = ("*",)

    def __str__(self) -> str:
        return says("They are happy to hear from us again")


@dataclass(frozen=True, kw_only=True)
class Noted(Fact):
    icon: ClassVar[str] = "sticky-note"

    def __str__(self) -> str:
        return says("Note")


@dataclass(frozen=True, kw_only=True)
class Learned(Fact):
    """What speaks for a yes, as far as they told: `part` is need, budget, authority or date.

    The last word on a part counts; `holds` is False where it is not so. The words are the text.
    """

    icon: ClassVar[str] = "lightbulb"
    part: str = "need"
    holds: bool = True

    def __str__(self) -> str:
        return (LEARNED if self.holds else NOT_SO).get(self.part, says("Something was learned"))


LEARNED = {
    "need": says("Their need is known"),
    "budget": says("Their budget is named"),
    "authority": says("They decide themselves"),
    "date": says("They have a date"),
    "price": says("They asked for a price"),
}
NOT_SO = {
    "need": says("There is no need at present"),
    "budget": says("There is no budget yet"),
    "authority": says("Somebody else decides"),
    "date": says("There is no date yet"),
    "price": says("They did not ask for a price"),
}


@dataclass(frozen=True, kw_only=True)
class Acquainted(Fact):
    """How we came to know them: `how` is met, referred or cold; `through` is the party that sent
    them, as the ledger numbers it."""

    icon: ClassVar[str] = "handshake"
    how: str = "met"
    through: str = ""

    def __str__(self) -> str:
        return ACQUAINTED.get(self.how, says("How we know them"))


ACQUAINTED = {
    "met": says("Met in person"),
    "referred": says("Somebody sent them to us"),
    "cold": says("Nobody knew them before"),
}


@dataclass(frozen=True, kw_only=True)
class Moved(Fact):
    """They work somewhere else from then on; the text says from where to where."""

    icon: ClassVar[str] = "arrow-right-left"

    def __str__(self) -> str:
        return says("They changed to another company")
