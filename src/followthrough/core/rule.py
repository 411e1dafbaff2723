"""What a rule is: a promise, what it owes, its knobs, and the words that help to keep it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from followthrough.core.calendar import Calendar
from followthrough.core.facts import Fact
from followthrough.core.followups import Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.saying import says
from followthrough.core.terms import Terms

# Hurt people head their band, whatever the money.
HURT = 10**12
# Then who begs to buy, then who named days, then a strong yes. Each outweighs all below it.
BEGS = 5 * 10**11
DATED = 2 * 10**11
HOT = 10**11


@dataclass(frozen=True, kw_only=True)
class Knob:
    """A number that a workspace may set, between `least` and `most`."""

    default: int
    unit: str
    asks: str
    least: int = 0
    most: int = 365


@dataclass(frozen=True, kw_only=True)
class Words:
    """Suggested words per channel. Braces: name, topic, me, since. Nothing else is filled in."""

    call: str = ""
    voicemail: str = ""
    mail: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    promise: str
    owed: Callable[[History, Terms], Iterable[Owed]]
    knobs: dict[str, Knob] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    courage: str = ""


# Two rules share these: the promise itself, and putting it right.
CALL_GRACE = Knob(default=15, unit=says("minutes"), asks=says("A promised call is late after"))
WORD_GRACE = Knob(
    default=60, unit=says("minutes"), asks=says("Any other promise counts as broken after")
)


def debt(rule: str, matter: Matter, fact: Fact, **rest: Any) -> Owed:
    """An `Owed` caused by `fact`, filled in with what holds for the whole matter."""
    hurt = HURT if matter.upset or matter.kind == "complaint" else 0
    begs = begging(matter)
    tag = "upset" if matter.upset else "begging" if begs else ""
    shows = matter.upset or begs or fact
    given: dict[str, Any] = {
        "matter": matter.name,
        "occasion": fact.name,
        "because": fact.name,
        "since": fact.at,
        "rank": matter.worth + hurt + (BEGS if begs else 0) + (HOT if matter.hot else 0),
        "tag": tag,
        "shows": shows.name,
        "evidence": (fact.name,),
    }
    return Owed(rule=rule, **(given | rest))


def begging(matter: Matter) -> Fact | None:
    """The word in which they beg to become a customer, until they have an answer."""
    return next((said for said in matter.waiting if getattr(said, "begging", False)), None)


def owner_of(history: History, matter: Matter, terms: Terms) -> str:
    """The matter's owner, else the party's, else the manager; never nobody."""
    return matter.owner or history.owner or terms.owner or terms.manager


def our_calendar(history: History, matter: Matter, terms: Terms) -> Calendar:
    """Our duties run in the owner's calendar."""
    return terms.calendar_of(owner_of(history, matter, terms))


def knob(terms: Terms, name: str, default: Knob) -> int:
    """The workspace's value of a knob, named `rule.knob`, kept within its bounds."""
    value = terms.knobs.get(name)
    if value is None:
        return default.default
    try:
        return max(default.least, min(int(value), default.most))
    except (TypeError, ValueError, OverflowError):  # somebody edited the settings by hand
        return default.default
