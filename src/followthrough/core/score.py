"""How near they are to a yes: how willing times how able, in parts that say themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from followthrough.core.facts import Fact
from followthrough.core.known import Known
from followthrough.core.matter import MOST_WORTH, Matter

WILLING, ABLE = "willing", "able"
# Where nothing is known: not unwilling, and half able. The parts bring both to 100.
LEAST = {WILLING: 20, ABLE: 50}
MOST = 100
# Part: which side it counts for, and how much.
WEIGHTS = {
    "price": (WILLING, 20),
    "yes": (WILLING, 25),
    "met": (WILLING, 15),
    "referred": (WILLING, 10),
    "ordered": (WILLING, 20),
    "need": (ABLE, 10),
    "budget": (ABLE, 15),
    "authority": (ABLE, 15),
    "date": (ABLE, 10),
}
NOTHING = LEAST[WILLING] * LEAST[ABLE] // MOST


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that counts; `because` is the fact that told it."""

    name: str
    side: str
    points: int
    because: Fact


@dataclass(frozen=True, kw_only=True)
class Score:
    """`willing` and `able` of 100 each; `total` is the one times the other, of 100."""

    parts: tuple[Part, ...]
    willing: int
    able: int

    @property
    def total(self) -> int:
        return self.willing * self.able // MOST

    @property
    def lift(self) -> int:
        """How much more than where nothing is known, in per cent; never less."""
        return max(0, self.total - NOTHING)


def score(known: Known, matters: list[Matter]) -> Score:
    """`matters` are those that are open."""
    parts = tuple(_parts(known, matters))
    return Score(parts=parts, willing=_side(WILLING, parts), able=_side(ABLE, parts))


def lifted(rank: int, matter: Matter, points: Score) -> int:
    """The rank with the score in it: money times chance grows by so many per cent, and where there
    is no money the score alone orders. Hurt, begging and hot keep their places above."""
    more = points.lift
    grown = min(matter.worth * more // MOST + more, MOST_WORTH - matter.worth)
    return rank + max(0, grown)


def _parts(known: Known, matters: list[Matter]) -> Iterator[Part]:
    for name, because in chain(_by_deeds(known, matters), _by_word(known)):
        side, points = WEIGHTS[name]
        yield Part(name=name, side=side, points=points, because=because)


def _by_deeds(known: Known, matters: list[Matter]) -> Iterator[tuple[str, Fact]]:
    asked = known.holds("price") or known.signs.get("price")
    if asked:
        yield "price", asked
    hot = next((matter.hot for matter in matters if matter.hot), None)
    if hot:
        yield "yes", hot
    if known.signs.get("ordered"):
        yield "ordered", known.signs["ordered"]
    how = known.acquainted
    met = how if how and how.how == "met" else known.signs.get("met")
    if met:
        yield "met", met
    if how and how.how == "referred":
        yield "referred", how


def _by_word(known: Known) -> Iterator[tuple[str, Fact]]:
    for name in ("need", "budget", "authority", "date"):
        told = known.holds(name)
        if told:
            yield name, told


def _side(side: str, parts: tuple[Part, ...]) -> int:
    return min(MOST, LEAST[side] + sum(part.points for part in parts if part.side == side))
