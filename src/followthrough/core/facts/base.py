"""What every fact knows, and which way it went: to us, to them, or both."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from followthrough.core.saying import says

# How a way of reaching somebody is called inside a sentence.
WAYS = {
    "email": says("mail"),
    "sms": says("text message"),
    "call": says("phone"),
    "phone": says("phone"),
    "form": says("the website"),
}

OURS, THEIRS, BOTH, NOBODYS = "ours", "theirs", "both", ""
# How it is called where one word must do: "12 days (Ben, call)".
BY_NAME = {
    "email": says("mail"),
    "sms": says("text"),
    "phone": says("call"),
    "form": says("website"),
}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened with one party, at an aware instant.

    `matter`, `person` and `by` are keys of the ledger ("" where nothing is known); `text` is the
    id of the words that go with it; `did` is the key of the follow-up that this fact does; `name`
    is how other facts refer to this one; `home` is the joined record that it was heard of.
    """

    turn: ClassVar[str] = NOBODYS
    icon: ClassVar[str] = "circle"
    way_of_kind: ClassVar[str] = ""

    at: datetime
    matter: str = ""
    person: str = ""
    by: str = ""
    text: str = ""
    did: str = ""
    name: str = ""
    home: str = ""

    def __str__(self) -> str:
        return type(self).__name__

    @property
    def reached(self) -> bool:
        """Whether it was a real contact: a word said and heard, not an attempt."""
        return self.turn != NOBODYS

    @property
    def way(self) -> str:
        """By what we were in contact, in one word: "call", "mail", "visit"; "" for no contact."""
        channel = str(getattr(self, "channel", ""))
        return str(BY_NAME.get(channel, channel)) or self.way_of_kind


@dataclass(frozen=True, kw_only=True)
class Theirs(Fact):
    """They came to us: the ball is ours."""

    turn: ClassVar[str] = THEIRS


@dataclass(frozen=True, kw_only=True)
class Ours(Fact):
    """We went to them; `given` says what of value they got by it."""

    turn: ClassVar[str] = OURS
    given: str = ""
