"""A list tells the same of thousands of newcomers: it is decided once, and named for each."""

from dataclasses import dataclass, field, replace
from typing import Any

from followthrough.core.decide import decide
from followthrough.core.facts import Fact
from followthrough.core.followups import Owed
from followthrough.core.history import History
from followthrough.core.terms import Terms


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What happened with somebody, and what is owed to them on these terms."""

    history: History
    owed: list[Owed]
    terms: Terms


@dataclass(kw_only=True)
class Twins:
    """Those who have but one fact, and the same one: only its name tells their books apart.

    Two facts of one instant take their order from their names, so more than one is never shared.
    The terms that are asked with must outlive it.
    """

    first: dict[tuple[Any, ...], tuple[str, Decided]] = field(default_factory=dict)

    def decided(self, party: int, happened: list[Fact], terms: Terms) -> Decided:
        if len(happened) != 1 or happened[0].text:
            return _decided(party, happened, terms)
        [fact] = happened
        key = (id(terms), type(fact), *_told(fact))
        if key not in self.first:
            found = _decided(party, happened, terms)
            if all(_names_whole(one, fact.name) for one in found.owed):
                self.first[key] = (fact.name, found)
            return found
        name, twin = self.first[key]
        owed = [_renamed(one, name, fact.name) for one in twin.owed]
        return Decided(history=twin.history, owed=owed, terms=terms)


def _told(fact: Fact) -> tuple[Any, ...]:
    """All that a fact says, but not what it is called."""
    return tuple(value for name, value in vars(fact).items() if name != "name")


def _decided(party: int, happened: list[Fact], terms: Terms) -> Decided:
    history = History(str(party), happened)
    return Decided(history=history, owed=decide(history, terms), terms=terms)


def _names_whole(owed: Owed, name: str) -> bool:
    """Whether the name stands alone wherever it stands, so that another can take its place."""
    bare: Any = replace(owed, because="", occasion="", shows="", evidence=())
    parts = (owed.because, owed.occasion, owed.shows, *owed.evidence)
    return name not in repr(bare) and all(part == name or name not in part for part in parts)


def _renamed(owed: Owed, old: str, new: str) -> Owed:
    return replace(
        owed,
        because=new if owed.because == old else owed.because,
        occasion=new if owed.occasion == old else owed.occasion,
        shows=new if owed.shows == old else owed.shows,
        evidence=tuple(new if name == old else name for name in owed.evidence),
    )
