"""Whom we may have twice: those who are new or changed are compared with everybody who is near."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction

from followthrough.inlets.alike import CAP, THRESHOLD, Traits, keys_of, traits_of, weigh
from followthrough.ledger import comparing, intakes
from followthrough.ledger.comparing import Written
from followthrough.ledger.models import Likeness, Workspace

SLICE = 15  # parties at a time: others write in between

Pairs = set[tuple[int, int]]


def compare_some(workspace: Workspace, *, at: datetime) -> int:
    """One slice; how many parties were compared. A killed worker's slice is simply done again.

    While files are being taken in it waits, so that nobody is asked about half a list.
    """
    if not comparing.to_compare(workspace).exists():
        return 0
    if intakes.unfinished(workspace).filter(problem="").exists():
        return 0
    with transaction.atomic():
        taken = comparing.take(workspace, SLICE)
        found = comparing.written(workspace, taken)
        traits = {pk: traits_of(one.record) for pk, one in found.items()}
        keys = {pk: keys_of(one) for pk, one in traits.items()}
        pairs = comparing.sharing(workspace, keys, CAP)
        others = {pk for pair in pairs for pk in pair} - set(found)
        found |= comparing.written(workspace, comparing.by_id(workspace, others))
        traits |= {pk: traits_of(found[pk].record) for pk in others & set(found)}
        apart = _kept_apart(workspace, found)
        comparing.withdraw(workspace, apart)
        comparing.suggest(workspace, _alike(pairs - apart, traits), at=at)
    return len(taken)


def _alike(pairs: Pairs, traits: Mapping[int, Traits]) -> Iterator[Likeness]:
    for first, second in sorted(pairs):
        if first in traits and second in traits:
            weighed = weigh(traits[first], traits[second])
            if weighed.score >= THRESHOLD:
                yield Likeness(
                    first_id=first, second_id=second, score=weighed.score,
                    because=list(weighed.because),
                )  # fmt: skip


def _kept_apart(workspace: Workspace, found: Mapping[int, Written]) -> Pairs:
    """Also where one of the two has been joined with somebody since."""
    speaks = {member: root for root, one in found.items() for member in one.family}
    apart = comparing.kept_apart(workspace, set(speaks))
    pairs = ((speaks.get(a), speaks.get(b)) for a, b in apart)
    return {(min(a, b), max(a, b)) for a, b in pairs if a and b}
