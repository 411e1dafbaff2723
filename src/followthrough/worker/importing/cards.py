"""Address books: people we know. They owe and are owed nothing until something happens."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from followthrough.inlets.noticed import Contact, Unreadable
from followthrough.inlets.vcard import read_cards
from followthrough.worker.importing.outcomes import (
    LINKED,
    QUARANTINED,
    Findings,
    Outcome,
    Told,
    on_the_way,
)

LOOK, SAMPLES = 2_000, 5


class CardReading:
    def __init__(self, path: Path, *, region: str | None = None) -> None:
        self.path, self.region = path, region
        self.findings = Findings()

    def look(self) -> Iterator[int]:
        samples: list[dict[str, str]] = []
        for number, card in enumerate(read_cards(self.path, region=self.region), start=1):
            self.findings.total = number
            if isinstance(card, Contact) and len(samples) < SAMPLES:
                samples.append({"name": card.name, "address": card.email or _first(card.phones)})
            if number % LOOK == 0:
                yield number
        self.findings.notes["samples"] = samples
        yield self.findings.total

    def outcomes(self, start: int) -> Iterator[Outcome | None]:
        for number, card in enumerate(read_cards(self.path, region=self.region)):
            if number >= start:
                yield _outcome(card, f"card {number + 1}")
            elif on_the_way(number):
                yield None


def _outcome(card: Contact | Unreadable, where: str) -> Outcome:
    if isinstance(card, Unreadable):
        return Outcome(where=where, outcome=QUARANTINED, reason=card.why, raw=card.raw)
    contact = replace(card, external=_external(card))
    return Outcome(
        where=where,
        outcome=LINKED,
        raw=repr(card).encode("utf-8", "replace"),
        told=(Told(contact=contact, source=f"card:{where}"),),
    )


def _first(found: tuple[str, ...]) -> str:
    return found[0] if found else ""


def _external(card: Contact) -> str:
    if card.external:
        return f"card:{card.external}"[:120]
    if card.emails or card.phones:
        return ""
    content = f"{card.name}\x1f{card.company}\x1f{card.title}"
    return f"card:{sha256(content.encode('utf-8', 'replace')).hexdigest()[:24]}"
