"""What an inlet makes of one delivery: people and facts, or nothing that obliges."""

from dataclasses import dataclass
from typing import Any

from followthrough.core.facts import Fact
from followthrough.inlets.noticed import Contact

Payload = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Brought:
    """Of one person. `source` names what happened, however many deliveries tell of it; `words`
    stand beside the facts; `currency` is that of the amounts, "" where nobody says."""

    contact: Contact
    source: str
    facts: tuple[Fact, ...]
    words: tuple[tuple[str, str], ...] = ()
    wants: tuple[str, ...] = ()
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """It was read, and obliges nobody; `why` is said to a person."""

    why: str
