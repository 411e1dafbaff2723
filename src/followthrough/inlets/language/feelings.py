"""Somebody begs to be a customer, or is upset: both are rare and never cried without need."""

from collections.abc import Iterator

from followthrough.inlets.language.cues import Said, cues
from followthrough.inlets.noticed import Finding


def feelings(said: Said) -> Iterator[Finding]:
    for kind in ("begs", "upset"):
        found = cues(kind).first(said)
        if found and len(said.words) <= 60:
            yield said.finding(kind, found[0].name, 0.8)
