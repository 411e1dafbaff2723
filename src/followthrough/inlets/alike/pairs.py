"""All pairs of a list that look like one. The work grows with the list, not with its square."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from followthrough.inlets.alike.blocks import keys_of
from followthrough.inlets.alike.traits import Record, Traits, traits_of
from followthrough.inlets.alike.weighing import THRESHOLD, weigh

CAP = 20  # what more than so many share says nothing about any two of them


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """`first` and `second` count the records from 0; `score` lies between 0 and 1."""

    first: int
    second: int
    score: float
    because: tuple[str, ...]


def pairs(records: Iterable[Record]) -> Iterator[Pair]:
    traits = [traits_of(record) for record in records]
    for first, second in candidates(traits):
        weighed = weigh(traits[first], traits[second])
        if weighed.score >= THRESHOLD:
            yield Pair(first=first, second=second, score=weighed.score, because=weighed.because)


def candidates(traits: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Whom to compare: those that share a key which no more than `CAP` have."""
    blocks: dict[str, list[int]] = defaultdict(list)
    keys = [keys_of(one) for one in traits]
    for number, its in enumerate(keys):
        for key in its:
            blocks[key].append(number)
    for number, its in enumerate(keys):
        small = (blocks[key] for key in its if len(blocks[key]) <= CAP)
        others = {other for members in small for other in members if other < number}
        yield from ((other, number) for other in sorted(others))
