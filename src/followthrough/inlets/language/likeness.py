"""How much a sentence is like those that ask for something: a small linear model over words.

Logistic regression on the words, pairs of words and beginnings of a sentence, learned by
training/intent.py. A weight per feature lies beside this file and is read once.
"""

import re
from functools import cache
from importlib import resources
from itertools import pairwise
from math import exp, sqrt

_TOKEN = re.compile(r"\$?[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[?!:$,;]")
_NUMBER = re.compile(r"\d+")
_LENGTHS = [f"length {fours}" for fours in range(9)]
_PAUSES = frozenset((",", ";", ":", "and", "but", "or", "so", "if"))
MOST_TOKENS = 120


def words_of(sentence: str) -> list[str]:
    """Small words and the signs that matter; every number is 0."""
    plain = _NUMBER.sub("0", sentence.lower().replace("’", "'"))
    return _TOKEN.findall(plain)[:MOST_TOKENS]


def features(sentence: str, words: list[str]) -> set[str]:
    """What the model looks at: words, pairs, how the sentence and its clauses begin, its shape."""
    pairs = list(map(" ".join, pairwise(words)))
    found = {*words, *pairs, _LENGTHS[min(len(words) // 4, 8)]}
    if words:
        found.update(("^" + words[0], "^" + " ".join(words[:2]), "^" + " ".join(words[:3])))
    if not _PAUSES.isdisjoint(found):
        clauses = zip(words, pairs[1:], strict=False)
        found.update(["~" + pair for before, pair in clauses if before in _PAUSES])
    if sentence.endswith("?"):
        found.add("ends ?")
    if sentence[:1].islower():
        found.add("begins small")
    if sentence.isupper():
        found.add("shouts")
    return found


def likeness(sentence: str, words: list[str]) -> float:
    """Between 0 and 1: how likely it is that the sentence asks its reader for something."""
    weights, bias = _weights()
    found = features(sentence, words)
    known = sum([weights[feature] for feature in weights.keys() & found])
    return 1 / (1 + exp(-(bias + known / sqrt(len(found)))))


@cache
def _weights() -> tuple[dict[str, float], float]:
    lines = resources.files(__package__).joinpath("asking.tsv").read_text("utf-8").splitlines()
    weights = {name: float(weight) for weight, name in (line.split("\t", 1) for line in lines)}
    return weights, weights.pop("(bias)")
