"""Facts in the order in which they happened, without those that were taken back, each where it
belongs."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from followthrough.core import facts
from followthrough.core.changes import FIRST_DAY, LAST_DAY, within_reason
from followthrough.core.facts import Fact

# Facts at one instant take this order, so that the order of hearing never matters: what opens a
# matter, then our words, then theirs (in doubt they wait), then what was said in the talk, then
# what was decided on it.
FIRST, OURS, THEIRS, SAID, DECIDED, LAST = range(6)
_RANKS: dict[type[Fact], int] = {
    kind: {facts.OURS: OURS, facts.BOTH: OURS, facts.THEIRS: THEIRS}.get(kind.turn, SAID)
    for kind in facts.KINDS.values()
} | {
    facts.Opened: FIRST,
    facts.Listed: FIRST,
    facts.Planned: DECIDED,
    facts.NotNow: DECIDED,
    facts.PutOff: DECIDED,
    facts.Waived: DECIDED,
    facts.Enrolled: DECIDED,
    facts.StepSkipped: DECIDED,
    facts.Unenrolled: DECIDED,
    facts.LastDayMoved: DECIDED,
    facts.OfferEnded: DECIDED,
    facts.Closed: LAST,
    facts.Retracted: LAST,
}


def in_order(happened: Iterable[Fact]) -> list[Fact]:
    """Facts by instant, ties broken by what they are, without those that were taken back."""
    ordered = sorted(happened, key=_place_in_time)
    if ordered and not (ordered[0].at >= FIRST_DAY and ordered[-1].at <= LAST_DAY):
        ordered = sorted((within_reason(fact) for fact in ordered), key=_place_in_time)
    kinds = set(map(type, ordered))
    if facts.Retracted in kinds:
        gone = taken_back(ordered)
        ordered = [fact for fact in ordered if fact.name not in gone]
    return _where_they_belong(ordered) if facts.Assigned in kinds else ordered


def _where_they_belong(ordered: list[Fact]) -> list[Fact]:
    """As one of us said, the last word counting."""
    matters = {fact.what: fact.matter for fact in ordered if isinstance(fact, facts.Assigned)}
    return [
        replace(fact, matter=matters[fact.name]) if fact.name in matters else fact
        for fact in ordered
    ]


def parted_talks(ordered: list[Fact]) -> set[str]:
    """The conversations in which some words were said to be about something else."""
    if facts.Assigned not in map(type, ordered):
        return set()
    names = {fact.what for fact in ordered if isinstance(fact, facts.Assigned)}
    return {getattr(fact, "thread", "") for fact in ordered if fact.name in names}


def _place_in_time(fact: Fact) -> tuple[datetime, int, str]:
    return (fact.at, _RANKS[type(fact)], fact.name)


def taken_back(ordered: Iterable[Fact]) -> set[str]:
    """Names that no longer count; taking back a taking-back brings the fact back."""
    takings = [fact for fact in ordered if isinstance(fact, facts.Retracted)]
    names = {fact.name for fact in takings}
    gone: set[str] = set()
    # Latest first; of two at one instant, the one that takes back the other.
    for fact in sorted(takings, key=lambda f: (f.at, f.what in names, f.name), reverse=True):
        if fact.name not in gone:
            gone.add(fact.what)
    return gone
