"""Whether a word from us is welcome, with its evidence: courage where there is reason for it, and
the pressure said plainly where there is none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from followthrough.core import facts
from followthrough.core.facts import BOTH, OURS, THEIRS, Fact
from followthrough.core.saying import Saying, says, says_many

MONTH = timedelta(days=30)
PRESSING = 4  # so many touches in a month without a word from them
OUR_WORD = {"keep_promises", "call_when_we_said", "repair_broken_promises", "when_it_happens"}
THEIR_DAY = {"ask_after_their_promise"}
ASKS = (
    facts.TheyEnquired, facts.TheyWrote, facts.TheyCalled, facts.TheyVisited, facts.Asked,
    facts.TheyTookIt,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Welcome:
    """`asked`: they wait for us, and nothing more needs saying. `careful`: there is no courage in
    this. `also` is what belongs to it: the last touch, and what they allow."""

    lead: Saying
    also: tuple[Saying, ...] = ()
    touches: int = 0
    asked: bool = False
    careful: bool = False


def welcome(told: Sequence[Fact], rule: str, refuses: Collection[str], now: datetime) -> Welcome:
    """`told` is what happened with them, in its order; `rule` is why we come."""
    ours = sorted({fact.at for fact in told if fact.turn in (OURS, BOTH) and fact.at <= now})
    touches = len([at for at in ours if at > now - MONTH])
    lead, careful = _lead(told, rule, touches)
    if "*" in refuses:
        lead, careful = says("They asked you to stop: only what they ask for goes to them."), True
    also = [*_last_touch(ours, now), *_allowed(refuses)]
    asked = bool(_unanswered(told)) and not careful
    return Welcome(lead=lead, also=tuple(also), touches=touches, asked=asked, careful=careful)


def _lead(told: Sequence[Fact], rule: str, touches: int) -> tuple[Saying, bool]:
    waiting = _unanswered(told)
    if waiting:
        return _they_asked(waiting, touches), False
    if rule in OUR_WORD:
        return says_many(
            "{n} touch in 30 days, and you gave your word: they expect you.",
            "{n} touches in 30 days, and you gave your word: they expect you.",
            n=touches,
        ), False
    if rule in THEIR_DAY:
        return says("They named the day themselves: asking after it is fair."), False
    return _unasked(told, touches)


def _unanswered(told: Sequence[Fact]) -> list[Fact]:
    """What they said and asked since our last word that reached them."""
    waiting: list[Fact] = []
    for fact in told:
        if fact.turn in (OURS, BOTH) and fact.reached:
            waiting = []
        elif isinstance(fact, ASKS) and not getattr(fact, "answered", False):
            waiting.append(fact)
    return waiting


def _they_asked(waiting: Sequence[Fact], touches: int) -> Saying:
    if any(_by_phone(fact) for fact in waiting):
        if not touches:
            return says("They asked you to call: you are not bothering them.")
        return says_many(
            "{n} touch in 30 days, they asked you to call: you are not bothering them.",
            "{n} touches in 30 days, they asked you to call: you are not bothering them.",
            n=touches,
        )
    if not touches:
        return says("They came to you: you are not bothering them, they are waiting.")
    return says_many(
        "{n} touch in 30 days, and they spoke last: you are not bothering them.",
        "{n} touches in 30 days, and they spoke last: you are not bothering them.",
        n=touches,
    )


def _by_phone(fact: Fact) -> bool:
    """They rang and got nobody, or asked for a call."""
    asked = isinstance(fact, facts.Asked) and fact.wants == "call"
    return asked or isinstance(fact, facts.TheyCalled) or getattr(fact, "channel", "") == "phone"


def _unasked(told: Sequence[Fact], touches: int) -> tuple[Saying, bool]:
    if touches >= PRESSING and not any(fact.turn in (THEIRS, BOTH) for fact in told[-touches:]):
        return says_many(
            "{n} touch in 30 days without a word from them: that is pressure. Give, or wait.",
            "{n} touches in 30 days without a word from them: that is pressure. Give, or wait.",
            n=touches,
        ), True  # fmt: skip
    if any(isinstance(fact, ASKS) for fact in told):
        return says_many(
            "{n} touch in 30 days. They came to you once: a short question is fair.",
            "{n} touches in 30 days. They came to you once: a short question is fair.",
            n=touches,
        ), False  # fmt: skip
    if any(fact.turn == BOTH or (fact.turn == OURS and _spoke(fact)) for fact in told):
        return says_many(
            "{n} touch in 30 days. You know each other: a short question is fair.",
            "{n} touches in 30 days. You know each other: a short question is fair.",
            n=touches,
        ), False
    return says_many(
        "{n} touch in 30 days, and they never asked: be short, give first, and take a no.",
        "{n} touches in 30 days, and they never asked: be short, give first, and take a no.",
        n=touches,
    ), True


def _spoke(fact: Fact) -> bool:
    return isinstance(fact, facts.WeCalled) and fact.reached


def _last_touch(ours: Sequence[datetime], now: datetime) -> list[Saying]:
    if not ours:
        return [says("You have not been in touch yet.")]
    days = (now - ours[-1]).days
    if not days:
        return [says("You were last in touch today.")]
    return [says_many("Last touch {n} day ago.", "Last touch {n} days ago.", n=days)]


def _allowed(refuses: Collection[str]) -> list[Saying]:
    """What they allow, where they said so."""
    if "*" in refuses:
        return []
    if "call" in refuses:
        return [says("They do not want calls.")]
    return [says("They do not want mail; a call is fine.")] if "email" in refuses else []


def calls_in_vain(told: Sequence[Fact]) -> int:
    """Calls that reached nobody, since their last sign of life."""
    count = 0
    for fact in told:
        if isinstance(fact, facts.WeCalled) and not fact.reached:
            count += 1
        elif fact.turn in (THEIRS, BOTH) or _spoke(fact):
            count = 0
    return count
