"""One open thing between us and them, and how each fact changes where it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from followthrough.core import facts
from followthrough.core.facts import BOTH, Fact

# A step done this long before its time is that step, not another one.
EARLY = timedelta(hours=12)


@dataclass(slots=True)
class Matter:
    """Where one matter stands. Built by the fold of `History`; rules only read it."""

    name: str
    opened: Fact
    last: Fact
    kind: str = "enquiry"
    owner: str = ""
    value: int = 0  # in cents
    chance: int = 50  # in per cent
    days: int = 0  # the rhythm of a keep-in-touch matter
    closed: facts.Closed | None = None
    listed: Fact | None = None
    waiting: list[Fact] = field(default_factory=list)  # what they said since our last answer
    upset: bool = False
    tried: Fact | None = None  # our last attempt at answering that reached nobody
    theirs: Fact | None = None  # their last sign of life
    word: Fact | None = None  # our last word, with nothing from them since
    touch: Fact | None = None  # our last touch, attempts too, with nothing from them since
    quote: facts.QuoteSent | None = None  # the open quote, with nothing from them since
    called: facts.WeCalled | None = None  # our last call, with nothing from them since
    talk: Fact | None = None  # the last time both sides spoke, with nothing since
    unreached: int = 0  # calls without answer since their last sign of life
    silence: int = 0  # our touches since their last sign of life
    touches: int = 0  # our touches in all
    plan: facts.Planned | facts.NotNow | None = None
    hot: facts.Qualified | None = None
    asked: dict[str, facts.Asked] = field(default_factory=dict)
    provided: list[facts.Provided] = field(default_factory=list)  # no sign of arrival yet
    promises: dict[str, facts.WePromised] = field(default_factory=dict)
    their_promises: dict[str, facts.TheyPromised] = field(default_factory=dict)

    @property
    def worth(self) -> int:
        """Money times chance: the order inside a band. Holds no time."""
        return self.value * self.chance // 100


def they_came(matter: Matter, fact: Fact) -> None:
    matter.theirs = fact
    _silence_broken(matter)
    if isinstance(matter.plan, facts.NotNow):
        matter.plan = None
    if getattr(fact, "answered", False):
        _answered(matter)
        matter.talk = matter.word = fact
        _do_plan(matter, fact)
    elif type(fact) in WAITS:
        matter.waiting.append(fact)
        matter.upset = matter.upset or getattr(fact, "upset", False)


# What leaves somebody waiting for our word.
WAITS = {facts.TheyEnquired, facts.TheyWrote, facts.TheyCalled}


def _silence_broken(matter: Matter) -> None:
    matter.word = matter.touch = matter.quote = matter.called = matter.talk = None
    matter.unreached = matter.silence = 0
    if matter.their_promises:
        matter.their_promises = {}
    if matter.provided:
        matter.provided = []


def _answered(matter: Matter) -> None:
    if matter.waiting:
        matter.waiting = []
        matter.upset = False
    matter.tried = None


def we_went(matter: Matter, fact: Fact) -> None:
    matter.touches += 1
    _do_plan(matter, fact)
    spoke = fact.turn == BOTH or (type(fact) is facts.WeCalled and fact.reached)
    if spoke:
        _silence_broken(matter)
        matter.theirs = fact
    else:
        matter.silence += 1
    matter.talk = fact if spoke else None
    matter.touch = fact
    if isinstance(fact, facts.WeCalled):
        matter.called = fact
    if fact.reached:
        _answered(matter)
        matter.word = fact
    else:
        matter.tried = fact
        matter.unreached += 1


def _do_plan(matter: Matter, fact: Fact) -> None:
    plan = matter.plan
    if plan is None:
        return
    when = plan.due if isinstance(plan, facts.Planned) else plan.until
    if fact.did.endswith(f"/{plan.name}") or fact.at >= when - EARLY:
        matter.plan = None


# --- what each kind changes ---------------------------------------------------------


def _opened(matter: Matter, fact: facts.Opened) -> None:
    matter.kind = fact.kind
    matter.owner = fact.owner or matter.owner
    matter.value = fact.value
    matter.chance = fact.chance
    matter.days = fact.days
    matter.closed = None


def _closed(matter: Matter, fact: facts.Closed) -> None:
    matter.closed = fact
    matter.plan = None


def _reopened(matter: Matter, _fact: facts.Reopened) -> None:
    matter.closed = None


def _handed_over(matter: Matter, fact: facts.HandedOver) -> None:
    matter.owner = fact.to


def _planned(matter: Matter, fact: facts.Planned | facts.NotNow) -> None:
    matter.plan = fact


def _qualified(matter: Matter, fact: facts.Qualified) -> None:
    matter.hot = fact if fact.yes else None


def _quoted(matter: Matter, fact: facts.QuoteSent) -> None:
    matter.quote = fact
    matter.value = fact.amount or matter.value


def _listed(matter: Matter, fact: facts.Listed) -> None:
    matter.listed = fact


def _asked(matter: Matter, fact: facts.Asked) -> None:
    matter.asked[fact.name] = fact


def _provided(matter: Matter, fact: facts.Provided) -> None:
    matter.asked.pop(fact.asked, None)
    if fact.channel == "post":
        matter.provided.append(fact)


def _promised(matter: Matter, fact: facts.WePromised) -> None:
    matter.promises[fact.name] = fact


def _they_promised(matter: Matter, fact: facts.TheyPromised) -> None:
    matter.their_promises[fact.name] = fact


def _kept(matter: Matter, fact: facts.PromiseKept | facts.PromiseReleased) -> None:
    matter.promises.pop(fact.promise, None)
    matter.their_promises.pop(fact.promise, None)


def _happened(matter: Matter, fact: facts.Happened) -> None:
    for name, promise in matter.promises.items():
        if promise.condition and promise.condition == fact.condition and promise.due is None:
            matter.promises[name] = replace(promise, due=fact.at)


CHANGES: dict[type[Fact], Callable[..., None]] = {
    facts.Opened: _opened,
    facts.Closed: _closed,
    facts.Reopened: _reopened,
    facts.HandedOver: _handed_over,
    facts.Planned: _planned,
    facts.NotNow: _planned,
    facts.Qualified: _qualified,
    facts.QuoteSent: _quoted,
    facts.Listed: _listed,
    facts.Asked: _asked,
    facts.Provided: _provided,
    facts.WePromised: _promised,
    facts.TheyPromised: _they_promised,
    facts.PromiseKept: _kept,
    facts.PromiseReleased: _kept,
    facts.Happened: _happened,
}
