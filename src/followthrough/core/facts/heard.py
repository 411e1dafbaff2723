"""What came back without a word of theirs, or perhaps without one."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from followthrough.core.facts.base import Fact
from followthrough.core.saying import says


@dataclass(frozen=True, kw_only=True)
class AutoReplied(Fact):
    """A machine answered for them. `until` is when they are back, `gone` that they work there no
    more, as far as it says either."""

    icon: ClassVar[str] = "moon"
    until: datetime | None = None
    gone: bool = False

    def __str__(self) -> str:
        if self.gone:
            return says("An automatic reply: they do not work there any more")
        return says("An automatic reply: they are away") if self.until else AUTOMATIC


AUTOMATIC = says("An automatic reply")


@dataclass(frozen=True, kw_only=True)
class PerhapsReplied(Fact):
    """Mail that may be their answer, which a person decides. `why` is the doubt: machine (it looks
    like an automatic reply), elsewhere (from an address that nobody knows), colleague (somebody
    else of their house), other (somebody else whom we know, in this talk). `apart`: the words stand
    with whoever wrote them, and are answered there.
    """

    icon: ClassVar[str] = "circle-help"
    channel: str = "email"
    why: str = "machine"
    thread: str = ""
    apart: bool = False

    def __str__(self) -> str:
        return says("Mail that may be their answer")


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Fact):
    """A machine of ours said that their words have arrived: no word of ours, so it moves nobody's
    turn, and they are still owed one."""

    icon: ClassVar[str] = "send"
    channel: str = "email"

    def __str__(self) -> str:
        return says("Answered at once, by itself")
