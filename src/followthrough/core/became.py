"""What became of our last word to somebody: it came back, they looked at it, they answered it."""

from collections.abc import Iterable
from dataclasses import dataclass

from followthrough.core import facts
from followthrough.core.facts import BOTH, OURS, THEIRS, Fact

NOTHING, GOT, MAYBE, OPENED, BACK = "nothing", "got", "maybe", "opened", "back"
ANSWERED, TOOK, DECLINED = "answered", "took", "declined"
SILENT = frozenset({GOT, MAYBE, OPENED})  # they have our word, and said nothing to it
SPOKE = frozenset({ANSWERED, TOOK, DECLINED})
PRESSED: dict[type[Fact], str] = {facts.TheyTookIt: TOOK, facts.TheyDeclined: DECLINED}
LOOKED = (facts.TheyOpened, facts.TheyClicked)


@dataclass(frozen=True, kw_only=True)
class Became:
    """`fact` says so; None where they never had a word of ours, nor we of theirs."""

    what: str = NOTHING
    fact: Fact | None = None


def what_became(happened: Iterable[Fact]) -> Became:
    """A yes or a no stands until another offer is made, whatever we write in between."""
    now = Became()
    for fact in happened:
        what = _after(now.what, fact)
        if what:
            now = Became(what=what, fact=fact)
    return now


def _after(before: str, fact: Fact) -> str:
    """What holds from this fact on; "" where it changes nothing."""
    if kind := PRESSED.get(type(fact)):
        return kind
    if isinstance(fact, facts.Offered):
        return GOT if before in (TOOK, DECLINED) else ""
    if fact.turn in (THEIRS, BOTH) or (isinstance(fact, facts.WeCalled) and _talked(fact)):
        return "" if before == TOOK else ANSWERED
    if fact.turn == OURS:
        return GOT if fact.reached and before not in (TOOK, DECLINED) else ""
    return _of_its_way(before, fact)


def _talked(call: facts.WeCalled) -> bool:
    return call.outcome == "spoke"


def _of_its_way(before: str, fact: Fact) -> str:
    """Only what is out can come back, or be looked at."""
    if before not in SILENT:
        return ""
    if isinstance(fact, facts.Bounced):
        return BACK if fact.final else ""
    if not isinstance(fact, LOOKED):
        return ""
    if fact.uncertain:
        return MAYBE if before == GOT else ""
    return OPENED
