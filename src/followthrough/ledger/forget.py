"""Erase a person and keep the bare facts; a list of hashes outside the database remembers it."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from followthrough.core.facts import Closed
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Address, Matter, Member, Party, Person, Piece, Text
from followthrough.ledger.names import hashed
from followthrough.ledger.record import lock, record

FORGOTTEN = "Forgotten"


def forget(party: Party, *, by: Member, at: datetime) -> None:
    """Names, addresses and texts go; open matters close with the reason. It cannot be undone."""
    with transaction.atomic():
        party = lock({party.pk})[party.pk]
        family = family_of(party)
        addresses = Address.objects.filter(party_id__in=family)
        hashes = [_mark(party.workspace_id, a.kind, a.canonical) for a in addresses]
        _close_all(party, by=by, at=at)
        addresses.delete()
        Person.objects.filter(party_id__in=family).update(name=FORGOTTEN, role="")
        Text.objects.filter(party_id__in=family).update(title="", body="")
        Matter.objects.filter(party_id__in=family).update(title="")
        Piece.objects.filter(party_id__in=family).update(raw=None)
        Party.objects.filter(pk__in=family).update(
            name=FORGOTTEN, about="", external="", forgotten=True
        )
        # On disk before the commit: a crash between the two forgets too much, never too little.
        _remember(hashes)


def is_forgotten(workspace_id: int, kind: str, canonical: str) -> bool:
    """Whether an address asked to be forgotten, so that no import brings it back."""
    return _mark(workspace_id, kind, canonical) in _forgotten()


def _close_all(party: Party, *, by: Member, at: datetime) -> None:
    still_open = Matter.objects.filter(party_id__in=family_of(party), closed_at=None)
    closings = [
        Closed(
            at=at,
            matter=matter.key,
            outcome="forgotten",
            reason="Asked to be forgotten",
            by=str(by.pk),
        )
        for matter in still_open
    ]
    if closings:
        record(party, *closings, source=f"forget:{party.pk}:{at.isoformat()}", at=at)


def _mark(workspace_id: int, kind: str, canonical: str) -> str:
    return hashed(f"forgotten:{workspace_id}:{kind}:{canonical}")


def _path() -> Path:
    return Path(settings.VAR) / "forgotten.txt"


def _remember(marks: Iterable[str]) -> None:
    with _path().open("a", encoding="ascii") as file:
        file.writelines(f"{mark}\n" for mark in marks)


def _forgotten() -> set[str]:
    path = _path()
    return set(path.read_text("ascii").split()) if path.exists() else set()
