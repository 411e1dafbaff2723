"""How near two names are, word by word: the same, short for it, a slip of the pen, or another's.

Pure, for those without books.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from nicknames import NickNamer
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import ratio

SAME, SHORT, SLIP, SLIPS, INITIAL, OTHER = "same", "short", "slip", "slips", "initial", "other"
NEAREST_FIRST = (SAME, SHORT, SLIP, SLIPS, INITIAL, OTHER)
Beside = tuple[str, str, str]  # a word of each name, and how near they are
# Words that firms, and some people, add to their names and leave out again.
_LEFT_OUT = """
the a an and of on at la le el il los les de der die das und et y in for inc incorporated ltd
limited llc llp plc corp corporation co company gmbh mbh ag kg ohg ug ev sa sas sarl srl spa bv nv
ab as oy pty group holding holdings international
"""
LEFT_OUT = frozenset(_LEFT_OUT.split())
_UMLAUT = re.compile("([aou])e")  # Müller, without its dots, is Mueller
_WORDS = re.compile(r"[^\W_]+")
_namer = NickNamer()


def contradict(one: str, other: str) -> bool:
    """Whether each of two names says a word that the other does not know.

    A name that is missing, an address or a number contradicts nothing. A slip of the pen does
    where it may as well be another given name: Christian is not Christina.
    """
    first, second = called(words(one)), called(words(other))
    if not _a_name(one) or not _a_name(other):
        return False
    together, left, right = beside(first, second)
    if left and right:
        return len(first) == len(second) or ratio("".join(first), "".join(second)) < 90
    begin = (first[:1], second[:1])
    slips = [((a,), (b,)) for a, b, how in together if how == SLIP]
    return begin in slips or any(how == SLIPS for _, _, how in together)


def _a_name(text: str) -> bool:
    return "@" not in text and any(sign.isalpha() for sign in text)


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """Lower case, without accents; an apostrophe joins what it stands between."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return tuple(_WORDS.findall(text.lower().replace("'", "").replace("’", "")))


def called(name: tuple[str, ...]) -> tuple[str, ...]:
    """Without the words that are left out as often as not."""
    return tuple(word for word in name if word not in LEFT_OUT) or name


def beside(
    first: Sequence[str], second: Sequence[str]
) -> tuple[list[Beside], list[str], list[str]]:
    """Words laid beside each other in any order, and those of each side that found no other."""
    left, right = list(first), list(second)
    found: list[Beside] = []
    options = [(how_near(a, b), a, b) for a in first for b in second]
    for how, a, b in sorted(options, key=lambda one: NEAREST_FIRST.index(one[0])):
        if how != OTHER and a in left and b in right:
            found.append((a, b, how))
            left.remove(a)
            right.remove(b)
    return found, left, right


@lru_cache(maxsize=100_000)
def how_near(a: str, b: str) -> str:
    if a == b or _UMLAUT.sub(r"\1", a) == _UMLAUT.sub(r"\1", b):
        return SAME
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[0] == b[0] else OTHER
    if _short_for(a, b):
        return SHORT
    slips = OSA.distance(a, b, score_cutoff=2)
    longest = max(len(a), len(b))
    if slips == 1 and (longest >= 4 or sorted(a) == sorted(b)):
        return SLIP
    if (slips == 2 and longest >= 6) or JaroWinkler.similarity(a, b) >= 0.9:
        return SLIPS
    return OTHER


def _short_for(a: str, b: str) -> bool:
    """Whether one is a nickname of the other, or both are of a third."""
    return bool(({a} | full_names(a)) & ({b} | full_names(b)))


@lru_cache(maxsize=50_000)
def full_names(name: str) -> frozenset[str]:
    """Those that it is a nickname of: Robert, for Bob."""
    return frozenset(_namer.canonicals_of(name))
