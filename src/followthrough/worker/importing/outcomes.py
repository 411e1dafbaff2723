"""What became of each piece of a file, and what it tells of whom."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from followthrough.core.facts import Fact
from followthrough.inlets.noticed import Contact, Finding

LINKED, IGNORED, QUARANTINED = "linked", "ignored", "quarantined"
LONGEST_TEXT = 20_000
SIGN_OF_LIFE = 200  # pieces passed over between two of them


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one piece tells of one person; `words` stand beside the facts, one pair each. Of a mail
    the ids stay, so that it can be answered.

    `findings` are sentences of those words that may oblige; they are proposed, never added.
    """

    contact: Contact
    source: str
    facts: tuple[Fact, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    message_id: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One mail, row or card. `tally` names what the report counts it under.

    `raw` is the piece as it was: kept where it turns out that it cannot be taken in. What a mail
    obliges to is `proposed`: it waits for a person's yes.
    """

    where: str
    outcome: str
    reason: str = ""
    raw: bytes = b""
    told: tuple[Told, ...] = ()
    tally: tuple[str, ...] = ()
    proposed: bool = False


@dataclass(kw_only=True)
class Findings:
    """What a first look over the whole file tells; `notes` go into the report."""

    total: int = 0
    notes: dict[str, Any] = field(default_factory=dict)


class Reading(Protocol):
    """A file being read. `look` must be walked to its end before `outcomes` is asked."""

    findings: Findings

    def look(self) -> Iterator[int]:
        """A first look over everything, saying now and then how much was seen."""
        ...

    def outcomes(self, start: int) -> Iterator[Outcome | None]:
        """Every piece in its order, from the one at `start` on; None now and then on the way."""
        ...


def line_of(cells: Iterable[str]) -> bytes:
    """A row as it was, so that it can be read again: tabs and line breaks stand in quotes."""
    line = io.StringIO()
    csv.writer(line, delimiter="\t", lineterminator="").writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


def on_the_way(number: int) -> bool:
    """Whether the reader shows a sign of life after passing over this many pieces."""
    return number % SIGN_OF_LIFE == SIGN_OF_LIFE - 1
