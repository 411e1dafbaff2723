"""How somebody speaks to us: that they are upset, beg or name days is part of what happened."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from followthrough.core.facts import AskedForDays, Fact, TheyEnquired, TheyWrote, WeWrote
from followthrough.inlets.noticed import Finding

# Hurt people come before those who beg.
TONES = ("upset", "begs")
_ANYBODY = re.compile(
    r"https?://|www\.|\b(?:please|to) (?:visit|go to|click|see our|check (?:out )?(?:our|the))\b"
    r"|\bfor (?:more|further) information\b|\bif you (?:would like|wish|want|choose) to "
    r"(?:see|learn|know|reply|be|receive|unsubscribe|volunteer)\b"
    r"|\be-?mail (?:settings|preference)",
    re.IGNORECASE,
)


def toned(said: Fact, found: Sequence[Finding]) -> Fact:
    """With the place of the sentence that a line should show: facts hold no words."""
    if not isinstance(said, TheyWrote | TheyEnquired):
        return said
    kinds = {one.kind for one in found}
    shown = surest(found, *TONES, "asks")
    shows = [(one.start, one.start + len(one.sentence)) for one in shown]
    return replace(
        said, upset="upset" in kinds, begging="begs" in kinds, shows=shows[0] if shows else (0, 0)
    )


def days_named(said: Fact, found: Sequence[Finding]) -> Iterator[Fact]:
    days = sorted({day for one in found if one.kind == "days" for day in one.days})
    if days and not isinstance(said, WeWrote):
        yield AskedForDays(at=said.at, dates=tuple(days))


def surest(found: Sequence[Finding], *kinds: str) -> list[Finding]:
    """Of the first of these kinds that there is, the surest."""
    for kind in kinds:
        some = [one for one in found if one.kind == kind and not _to_anybody(one)]
        if some:
            return [max(some, key=lambda one: one.sure)]
    return []


def _to_anybody(one: Finding) -> bool:
    """What every reader is asked to do obliges nobody to answer."""
    return one.kind == "asks" and bool(_ANYBODY.search(one.sentence))
