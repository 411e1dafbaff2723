"""Cold, warm, hot: what moved them up or down, and when. A reading of the history, no clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from followthrough.core import facts
from followthrough.core.facts import BOTH, THEIRS, Fact

COLD, WARM, HOT = range(3)
NAMES = ("cold", "warm", "hot")
SILENCE = timedelta(days=30)  # so long without a sign of life, and it falls by one
# One sign of life comes in several facts: a mail and the call after it are one step up.
SAME_STEP = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Change:
    """From `at` on they are so. `because` is the fact that did it; None is the silence."""

    at: datetime
    level: int
    because: Fact | None

    @property
    def name(self) -> str:
        return NAMES[self.level]


def temperature(happened: Iterable[Fact], *, now: datetime) -> list[Change]:
    """Each change in its order up to `now`; the last is how they are. Everybody begins cold."""
    changes: list[Change] = []
    level, seen, stepped = COLD, None, None
    for fact in happened:
        if fact.at > now:
            break
        if not _is_sign(fact):
            continue
        for change in _cooled(level, seen, fact.at):
            level = change.level
            changes.append(change)
        seen = fact.at
        to = _to(fact, level)
        again = stepped is not None and fact.at - stepped < SAME_STEP and to == level + 1
        if to != level and not again:
            level, stepped = to, fact.at
            changes.append(Change(at=fact.at, level=level, because=fact))
    return [*changes, *_cooled(level, seen, now)]


def _is_sign(fact: Fact) -> bool:
    """They came to us, we met or spoke, they opened what we sent; or somebody said yes or stop."""
    if isinstance(fact, facts.WeCalled):
        return fact.reached
    if isinstance(fact, facts.OptedOut):  # by one way alone is no farewell
        return "*" in fact.channels
    if isinstance(fact, facts.TheyOpened | facts.TheyClicked):
        return not fact.uncertain
    return fact.turn in (THEIRS, BOTH) or isinstance(fact, facts.Qualified)


def _to(fact: Fact, level: int) -> int:
    if isinstance(fact, facts.Qualified):
        return HOT if fact.yes else COLD
    if isinstance(fact, facts.OptedOut):
        return COLD
    return min(level + 1, HOT)


def _cooled(level: int, seen: datetime | None, until: datetime) -> Iterator[Change]:
    """What the silence since `seen` did before `until`."""
    while seen is not None and level > COLD and seen + SILENCE <= until:
        seen += SILENCE
        level -= 1
        yield Change(at=seen, level=level, because=None)
