"""Keys of matters belong to one record. Of several that were joined, each keeps its own."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from followthrough.core.facts import Fact

# The core numbers what it opens, in each record from 1 on: these keys always clash.
NUMBERED = re.compile(r"(enquiry|promise)-\d+")


@dataclass(frozen=True, kw_only=True)
class Homes:
    """How keys are called where `root` speaks; `shared` are used by more than one record."""

    root: int
    shared: frozenset[str] = frozenset()

    def key(self, key: str, party: int) -> str:
        key = key.removeprefix(f"{party}:")
        if party == self.root or not (key in self.shared or NUMBERED.fullmatch(key)):
            return key
        return f"{party}:{key}"

    def fact(self, fact: Fact, party: int) -> Fact:
        new: dict[str, Any] = {
            "matter": self.key(fact.matter, party), "did": self._step(fact.did, party),
        }  # fmt: skip
        if "/" in getattr(fact, "what", ""):
            new["what"] = self._step(fact.what, party)  # type: ignore[attr-defined]
        if party != self.root:
            new["home"] = str(party)
        changed = any(getattr(fact, name) != value for name, value in new.items())
        return replace(fact, **new) if changed else fact

    def _step(self, step: str, party: int) -> str:
        rule, _, rest = step.partition("/")
        key, _, occasion = rest.rpartition("/")
        return f"{rule}/{self.key(key, party)}/{occasion}" if key else step


def homes_of(root: int, used: Iterable[tuple[int, str]]) -> Homes:
    """`used` are the keys that facts name, each with the party that the fact was heard of."""
    own = {(party, key.removeprefix(f"{party}:")) for party, key in used if key}
    times = Counter(key for _, key in own)
    return Homes(root=root, shared=frozenset(key for key, n in times.items() if n > 1))


def at_home(root: int, told: Mapping[int, list[Fact]]) -> tuple[Homes, list[Fact]]:
    """All facts of a family, named as `root` speaks of them; `told` holds them by party."""
    if set(told) <= {root} and not any(_names(fact, f"{root}:") for fact in told.get(root, ())):
        return Homes(root=root), told.get(root, [])  # nearly always: nobody was ever joined
    homes = homes_of(root, ((party, fact.matter) for party in told for fact in told[party]))
    return homes, [homes.fact(fact, party) for party in told for fact in told[party]]


def _names(fact: Fact, home: str) -> bool:
    return home in fact.matter or home in fact.did or home in getattr(fact, "what", "")
