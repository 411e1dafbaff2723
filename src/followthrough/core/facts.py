"""What happened: frozen, in the past tense, bare of names and texts (the ledger keeps those)."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

OURS, THEIRS, BOTH, NOBODYS = "ours", "theirs", "both", ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened with one party, at an aware instant.

    `matter`, `person` and `by` are keys of the ledger ("" where nothing is known); `text` is the
    id of the words that go with it; `did` is the key of the follow-up that this fact does; `name`
    is how other facts refer to this one.
    """

    turn: ClassVar[str] = NOBODYS
    icon: ClassVar[str] = "circle"

    at: datetime
    matter: str = ""
    person: str = ""
    by: str = ""
    text: str = ""
    did: str = ""
    name: str = ""

    def __str__(self) -> str:
        return type(self).__name__

    @property
    def reached(self) -> bool:
        """Whether it was a real contact: a word said and heard, not an attempt."""
        return self.turn != NOBODYS


@dataclass(frozen=True, kw_only=True)
class Theirs(Fact):
    """They came to us: the ball is ours."""

    turn: ClassVar[str] = THEIRS


@dataclass(frozen=True, kw_only=True)
class Ours(Fact):
    """We went to them; `given` says what of value they got by it."""

    turn: ClassVar[str] = OURS
    given: str = ""


# --- they came to us ----------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TheyEnquired(Theirs):
    icon: ClassVar[str] = "message-circle-question"
    channel: str = "form"
    origin: str = ""

    def __str__(self) -> str:
        return f"They enquired by {WAYS.get(self.channel, self.channel)}"


@dataclass(frozen=True, kw_only=True)
class TheyWrote(Theirs):
    icon: ClassVar[str] = "mail"
    channel: str = "email"
    thread: str = ""
    upset: bool = False
    begging: bool = False

    def __str__(self) -> str:
        return "They sent a text message" if self.channel == "sms" else "They wrote"


@dataclass(frozen=True, kw_only=True)
class TheyCalled(Theirs):
    """They rang. `answered` is False for a missed call, which waits for us."""

    icon: ClassVar[str] = "phone-incoming"
    answered: bool = True

    def __str__(self) -> str:
        return "They called" if self.answered else "They called and nobody picked up"


@dataclass(frozen=True, kw_only=True)
class TheyVisited(Theirs):
    icon: ClassVar[str] = "store"

    def __str__(self) -> str:
        return "They came by"


@dataclass(frozen=True, kw_only=True)
class TheyOrdered(Theirs):
    icon: ClassVar[str] = "package"
    amount: int = 0

    def __str__(self) -> str:
        return "They ordered"


# --- we went to them ----------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class WeWrote(Ours):
    icon: ClassVar[str] = "send"
    channel: str = "email"
    thread: str = ""

    def __str__(self) -> str:
        return f"We wrote by {WAYS.get(self.channel, self.channel)}"


@dataclass(frozen=True, kw_only=True)
class WeCalled(Ours):
    """`outcome` is spoke, message or no_answer; `ball`: who moves next, us, them or "" (unclear)."""

    icon: ClassVar[str] = "phone"
    outcome: str = "spoke"
    ball: str = ""

    def __str__(self) -> str:
        return {
            "spoke": "We spoke on the phone",
            "message": "We left a message",
            "no_answer": "We called, no answer",
        }[self.outcome]

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
        return "We sent a quote"


@dataclass(frozen=True, kw_only=True)
class CardPosted(Ours):
    icon: ClassVar[str] = "mailbox"

    def __str__(self) -> str:
        return "We posted a card"


@dataclass(frozen=True, kw_only=True)
class Provided(Ours):
    """What they asked for is sent; `proof` is a day of posting or a Message-ID, never empty."""

    icon: ClassVar[str] = "package-check"
    asked: str = ""
    proof: str = ""
    channel: str = "post"

    def __str__(self) -> str:
        return "We sent what they asked for"


@dataclass(frozen=True, kw_only=True)
class Met(Fact):
    """A meeting counts for both sides; `ball` as in WeCalled."""

    turn: ClassVar[str] = BOTH
    icon: ClassVar[str] = "handshake"
    ball: str = ""
    given: str = ""

    def __str__(self) -> str:
        return "We met"


# --- words given, things asked for ---------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Asked(Fact):
    """One thing they want from us: a question, or material by post or mail."""

    icon: ClassVar[str] = "circle-help"
    wants: str = "answer"

    def __str__(self) -> str:
        return (
            "They asked a question" if self.wants == "answer" else "They asked us to send something"
        )


@dataclass(frozen=True, kw_only=True)
class WePromised(Fact):
    """Our word: by `due`, or when `condition` has happened; then `check_by` is the fallback.

    A promise at a wall-clock time keeps `wall` and `zone` beside the instant.
    """

    icon: ClassVar[str] = "handshake"
    due: datetime | None = None
    how: str = ""
    condition: str = ""
    check_by: datetime | None = None
    wall: str = ""
    zone: str = ""

    def __str__(self) -> str:
        return "We promised to call" if self.how == "call" else "We gave our word"


@dataclass(frozen=True, kw_only=True)
class TheyPromised(Fact):
    icon: ClassVar[str] = "handshake"
    due: datetime
    how: str = ""

    def __str__(self) -> str:
        return "They said they would call" if self.how == "call" else "They gave their word"


@dataclass(frozen=True, kw_only=True)
class PromiseKept(Fact):
    icon: ClassVar[str] = "circle-check"
    promise: str

    def __str__(self) -> str:
        return "The promise was kept"


@dataclass(frozen=True, kw_only=True)
class PromiseReleased(Fact):
    icon: ClassVar[str] = "circle-slash"
    promise: str

    def __str__(self) -> str:
        return "The promise no longer binds"


@dataclass(frozen=True, kw_only=True)
class Happened(Fact):
    """The condition that a promise was waiting for."""

    icon: ClassVar[str] = "bell"
    condition: str

    def __str__(self) -> str:
        return "What we were waiting for has happened"


# --- what we decided ------------------------------------------------------------


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


WAYS = {
    "email": "mail",
    "sms": "text message",
    "call": "phone",
    "phone": "phone",
    "form": "the website",
}


def _kinds(cls: type[Fact]) -> dict[str, type[Fact]]:
    found = {sub.__name__: sub for sub in cls.__subclasses__()}
    for sub in cls.__subclasses__():
        found |= _kinds(sub)
    return found


KINDS: dict[str, type[Fact]] = {
    name: kind for name, kind in _kinds(Fact).items() if kind not in (Theirs, Ours)
}
COMMON = {field.name for field in fields(Fact)}
MOMENTS = ("due", "until", "check_by")


def pack(fact: Fact) -> dict[str, Any]:
    """What a kind knows beyond the common fields, as JSON-ready values."""
    own = {f.name: getattr(fact, f.name) for f in fields(fact) if f.name not in COMMON}
    return {key: _plain(value) for key, value in own.items() if value not in ("", None)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def unpack(kind: str, common: dict[str, Any], own: dict[str, Any]) -> Fact:
    """The fact that `pack` came from; a field that this release does not know is left aside."""
    cls = KINDS[kind]
    known = _KNOWN[kind]
    rest = {key: _rich(key, value) for key, value in own.items() if key in known} if own else {}
    return cls(**common, **rest)


def _rich(key: str, value: Any) -> Any:
    if key in MOMENTS and isinstance(value, str):
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


_KNOWN = {name: {f.name for f in fields(kind)} - COMMON for name, kind in KINDS.items()}
