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


class CardReading:
    def __init__(self, path: Path, *, region: str | None = None) -> None:
        self.path, self.region = path, region
        self.findings = Findings()

    def look(self) -> Iterator[int]:
        self.findings.total = sum(1 for _ in read_cards(self.path, region=self.region))
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


def _external(card: Contact) -> str:
    if card.external:
        return f"card:{card.external}"[:120]
    if card.emails or card.phones:
        return ""
    content = f"{card.name}\x1f{card.company}\x1f{card.title}"
    return f"card:{sha256(content.encode('utf-8', 'replace')).hexdigest()[:24]}"
