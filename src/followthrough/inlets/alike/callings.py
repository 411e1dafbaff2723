"""What the names of people and of firms say for or against, in bits, each with its reason."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio, token_sort_ratio

from followthrough.core.saying import says
from followthrough.inlets.alike.evidence import Evidence
from followthrough.inlets.alike.traits import Words
from followthrough.ledger.namesakes import (
    INITIAL,
    SAME,
    SHORT,
    SLIP,
    SLIPS,
    Beside,
    beside,
    called,
)

# What a firm is rather than what it is called: it counts where both say it, and differently.
_TRADES = """
restaurant ristorante restaurants cafe bar grill hotel inn deli dining room shop store school
center centre services solutions systems consulting design studio studios agency
"""
TRADES = frozenset(_TRADES.split())
BITS = {SAME: 4.0, SHORT: 3.5, SLIP: 3.0, SLIPS: 2.0, INITIAL: 1.0}
ANOTHERS = -8.0  # a word on either side that the other does not know
MOST_WORDS = 3  # of a name: more of them are no news


def of_names(a: Words, b: Words) -> Evidence:
    together, left, right = beside(a, b)
    against = min(len(left), len(right))
    if against and len(a) != len(b) and ratio("".join(a), "".join(b)) >= 90:
        return 6.0, says("the names are spelled alike")  # van der Berg is Vanderberg
    bits = sum(BITS[how] for _, _, how in together[:MOST_WORDS])
    bits += ANOTHERS * against - 0.5 * abs(len(left) - len(right))
    why = _why(a, b, together) if together and not against else ""
    return max(bits - (not together), -10.0), why


def _why(a: Words, b: Words, together: Sequence[Beside]) -> str:
    hows = {how for _, _, how in together}
    if hows == {SAME}:
        if a == b:
            return says("the same name")
        return (
            says("the same name, turned round") if sorted(a) == sorted(b) else says("the names fit")
        )
    for one, other, how in together:
        if how == SHORT:
            short, long = sorted((one, other), key=len)
            return f"{short.title()} is short for {long.title()}"
    slips = sum(OSA.distance(one, other) for one, other, how in together if how in (SLIP, SLIPS))
    if slips:
        return (
            says("the names differ by one letter")
            if slips == 1
            else says("the names are spelled alike")
        )
    return says("the initials fit")


def of_firms(a: Words, b: Words) -> Evidence:
    a, b = called(a), called(b)
    if sorted(a) == sorted(b):
        return 7.0, says("the same company")
    if "".join(a) == "".join(b):
        return 6.5, says("the same company, spelled differently")
    own_a, own_b = set(a) - set(b), set(b) - set(a)
    if not own_a or not own_b:
        return _one_is_longer(a, b, own_a | own_b)
    return _both_say_more(a, b, own_a | own_b)


def _both_say_more(a: Words, b: Words, extra: set[str]) -> Evidence:
    near = max(token_sort_ratio(" ".join(a), " ".join(b)), ratio("".join(a), "".join(b)))
    if near >= 85:
        return 5.0, says("the companies are spelled alike")
    if extra <= TRADES:
        return -4.0, ""  # the café of a house is not its dining room
    if not beside(a, b)[0]:
        return -7.0, ""
    return (1.0 if near >= 75 else -2.0), ""


def _one_is_longer(a: Words, b: Words, extra: set[str]) -> Evidence:
    if extra <= TRADES:
        return 6.0, says("the same company, one with a longer name")
    shorter, longer = sorted((a, b), key=len)
    if longer[: len(shorter)] == shorter:
        return 4.5, says("one company’s name begins with the other’s")
    return 3.0, says("one company’s name is part of the other’s")
