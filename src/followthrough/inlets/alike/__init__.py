"""Who may be written down twice: pairs that look like one, each with a score and its reasons."""

from followthrough.inlets.alike.blocks import keys_of
from followthrough.inlets.alike.pairs import CAP, Pair, pairs
from followthrough.inlets.alike.traits import Traits, traits_of
from followthrough.inlets.alike.weighing import THRESHOLD, Weighed, weigh

__all__ = [
    "CAP",
    "THRESHOLD",
    "Pair",
    "Traits",
    "Weighed",
    "keys_of",
    "pairs",
    "traits_of",
    "weigh",
]
