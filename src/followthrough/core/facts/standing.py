"""On which of our lists they are, by whose word; and why they were silent, as we learned it."""

from dataclasses import dataclass
from typing import ClassVar

from followthrough.core.facts.base import Fact
from followthrough.core.saying import says


@dataclass(frozen=True, kw_only=True)
class JoinedList(Fact):
    """They want what goes to this list, such as the newsletter; who said so, and how, is
    the text."""

    icon: ClassVar[str] = "list"
    called: str

    def __str__(self) -> str:
        return says("They joined the list “{list}”", list=self.called)


@dataclass(frozen=True, kw_only=True)
class LeftList(Fact):
    icon: ClassVar[str] = "list"
    called: str

    def __str__(self) -> str:
        return says("They left the list “{list}”", list=self.called)


WHY = {
    "no_value": says("There was nothing of use to them in it"),
    "wrong_person": says("We wrote to the wrong person"),
    "not_seen": says("It never reached them"),
    "bad_time": says("It came at a bad time"),
    "another": says("They chose somebody else"),
    "other": says("Something else kept them"),
}


@dataclass(frozen=True, kw_only=True)
class SilenceExplained(Fact):
    """Why no answer came, as far as somebody learned it; `why` is one of WHY."""

    icon: ClassVar[str] = "lightbulb"
    why: str = "other"

    def __str__(self) -> str:
        return says("Why they were silent: {why}", why=WHY.get(self.why, WHY["other"]))
