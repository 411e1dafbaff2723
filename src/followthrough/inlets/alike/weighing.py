"""How much speaks for two records being one: evidence field by field, its sum, and a score.

After Fellegi and Sunter (1969): bits say how much likelier a likeness is for one than for two.
They are set by hand; nothing is learnt from labels.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from followthrough.inlets.alike import evidence
from followthrough.inlets.alike.callings import of_firms, of_names
from followthrough.inlets.alike.evidence import NOTHING, Evidence
from followthrough.inlets.alike.traits import Traits

THRESHOLD = 0.5  # of the score: from here on it is worth a question
ENOUGH = 6.0  # bits that make this score
NOT_NEWS = 0.4  # what is left of evidence that goes along with other evidence
Trait = TypeVar("Trait")


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """`score` lies between 0 and 1; the strongest reason stands first."""

    score: float
    because: tuple[str, ...]


def weigh(first: Traits, second: Traits) -> Weighed:
    found = [
        _best(first.names, second.names, of_names),
        _firm(first, second),
        _best(first.emails, second.emails, evidence.of_emails),
        *_place(first, second),
        _best(first.born, second.born, evidence.of_birthdays),
        _best(first.ids, second.ids, evidence.of_ids),
    ]
    bits = sum(weight for weight, _ in found)
    reasons = sorted((one for one in found if one[1]), key=lambda one: -one[0])
    score = 1 / (1 + 2 ** ((ENOUGH - bits) / 2))
    return Weighed(score=round(score, 4), because=tuple(reason for _, reason in reasons))


def _best(
    first: Sequence[Trait], second: Sequence[Trait], compare: Callable[[Trait, Trait], Evidence]
) -> Evidence:
    """Of several addresses, the two that fit best. What one side does not say is no evidence."""
    found = (compare(a, b) for a in first for b in second)
    return max(found, key=lambda one: one[0], default=NOTHING)


def _firm(first: Traits, second: Traits) -> Evidence:
    """A firm that is all we know is who they are; that of people is only where they work."""
    if bool(first.names) != bool(second.names) and not (first.companies and second.companies):
        names = first.names or first.companies, second.names or second.companies
        return _best(*names, of_firms)
    weight, reason = _best(first.companies, second.companies, of_firms)
    if first.names or second.names:
        return weight * NOT_NEWS, reason
    return weight, reason


def _place(first: Traits, second: Traits) -> list[Evidence]:
    """Whoever shares a house often shares its number, and always its town."""
    found = [
        _best(first.phones, second.phones, evidence.of_phones),
        _best(first.streets, second.streets, evidence.of_streets),
    ]
    around = [
        _best(first.cities, second.cities, evidence.of_cities),
        _best(first.postcodes, second.postcodes, evidence.of_postcodes),
    ]
    street = found[1][0]
    found.sort(key=lambda one: -one[0])
    if found[1][0] > 0:
        found[1] = _less(found[1])
    return found + (list(map(_less, around)) if street > 2 else around)


def _less(one: Evidence) -> Evidence:
    weight, reason = one
    return (weight * NOT_NEWS if weight > 0 else weight), reason
