"""Cheap keys of a record: only those who share one are compared at all."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise, permutations

from followthrough.inlets.alike.evidence import TAIL, house
from followthrough.inlets.alike.traits import Traits, Words
from followthrough.ledger.namesakes import called, full_names

_SOUNDS = {
    letter: code
    for code, letters in zip("123456", ("bfpvw", "cgjkqsxz", "dt", "l", "mn", "r"), strict=True)
    for letter in letters
}
MOST_WORDS = 5  # of a name, so that every two of them are not too many


def keys_of(traits: Traits) -> frozenset[str]:
    """How many there are is bounded by what the record says of itself."""
    return frozenset(
        [
            *(key for name in traits.names for key in _of_name(name)),
            *(key for name in traits.names for key in _of_name_and_more(name, traits)),
            *(key for firm in traits.companies for key in _of_firm(firm)),
            *(key for mail in traits.emails for key in _of_mail(mail)),
            *(f"phone:{number[-TAIL:]}" for number in traits.phones if len(number) > 5),
            *(f"street:{number}:{sound(name)}" for number, name in map(house, traits.streets)),
            *(f"born:{born}" for born in traits.born),
            *(f"id:{one}" for one in traits.ids),
        ]
    )


def _of_name(name: Words) -> Iterator[str]:
    """Two of its words by their sound, in any order, also as the full name of a nickname."""
    name = name[:MOST_WORDS]
    for a, b in combinations(name, 2):
        for one in {a, *full_names(a)}:
            for other in {b, *full_names(b)} if one == a else {b}:
                yield "name:" + ":".join(sorted((sound(one), sound(other))))
    for a, b in permutations(name, 2):  # a slip inside one of the two
        yield f"half:{a}:{b[0]}{b[-2:]}"
    whole = "".join(name)
    yield f"firm:{''.join(called(name))[:6]}"  # a firm may stand where a person should
    yield f"ends:{whole[-7:]}"
    yield "letters:" + "".join(sorted(whole))


def _of_name_and_more(name: Words, traits: Traits) -> Iterator[str]:
    for word in map(sound, name):
        yield from (f"there:{word}:{code}" for code in traits.postcodes)
        yield from (f"there:{word}:{city[:5]}" for city in traits.cities)
        yield from (f"then:{word}:{born[:4]}" for born in traits.born)


def _of_firm(firm: Words) -> Iterator[str]:
    core = called(firm)
    joined = "".join(core)
    yield f"firm:{joined[:6]}"
    yield f"firm-ends:{joined[-6:]}"
    yield f"firm-sorted:{''.join(sorted(core))[:8]}"
    yield from (f"firm-has:{a}:{b}" for a, b in pairwise(core))
    yield from (f"firm-has:{word}" for word in core if len(word) > 3)


def _of_mail(mail: str) -> Iterator[str]:
    local, _, domain = mail.rpartition("@")
    yield f"mail:{mail}"
    yield f"mail-at:{mail[:1]}:{domain}"
    if len(local) > 4:
        yield f"mail-by:{local}"


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Letters that are written for one sound, as one; vowels only at the beginning.

    After Soundex (Russell 1918), one sign longer.
    """
    kept, last = word[:1], _SOUNDS.get(word[:1], "")
    for code in (_SOUNDS.get(letter, "") for letter in word[1:]):
        if code != last:
            kept += code
        last = code
    return kept[:5]
