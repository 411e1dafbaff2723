"""Erase a person and keep the bare facts; a list of hashes outside the database remembers it."""

import os
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from followthrough.core.facts import Closed
from followthrough.ledger.books import family_of
from followthrough.ledger.leaving import keep_their_no
from followthrough.ledger.likenesses import forget_likenesses
from followthrough.ledger.locks import lock
from followthrough.ledger.models import (
    Acknowledgement,
    Address,
    Attempt,
    Detail,
    Doubt,
    Fact,
    FollowUp,
    Intake,
    Lesson,
    Link,
    MailHead,
    Matter,
    Member,
    Message,
    Offer,
    Party,
    Person,
    Piece,
    Proposal,
    Receipt,
    Role,
    Text,
    Unsent,
    Want,
    Word,
)
from followthrough.ledger.models.intake import READY, RECEIVED
from followthrough.ledger.names import hashed
from followthrough.ledger.outbox.stopping import cancel_all_of
from followthrough.ledger.record import record
from followthrough.ledger.saved_views import forget_names
from followthrough.ledger.statements import update
from followthrough.ledger.traces import efface

FORGOTTEN = "Forgotten"
# What a kind of fact may hold in people's own words. A thread only has to stay itself.
WORDS = ("reason", "given", "proof", "origin", "condition")


def forget(party: Party, *, by: Member, at: datetime) -> None:
    """Names, addresses and texts go; open matters close with the reason. It cannot be undone."""
    with transaction.atomic():
        party = lock({party.pk})[party.pk]
        family = family_of(party)
        theirs: dict[str, Any] = {"workspace": party.workspace_id, "party__in": family}
        addresses = list(Address.objects.filter(**theirs))
        names = _names(theirs)
        hashes = [_mark(party.workspace_id, a.kind, a.canonical) for a in addresses]
        Lesson.objects.filter(
            workspace=party.workspace_id, about__in=[a.canonical for a in addresses]
        ).delete()
        Proposal.objects.filter(**theirs).delete()
        keep_their_no(party, addresses)
        _close_all(party, by=by, at=at)
        for table in (Address, Word, Want, Detail, Role):
            table.objects.filter(**theirs).delete()
        efface(party.workspace_id, addresses, names)
        forget_names(party.workspace_id, names)
        Person.objects.filter(**theirs).update(name=FORGOTTEN, role="")
        _empty_words(theirs)
        _forget_mail(theirs, at)
        Piece.objects.filter(**theirs).update(
            raw=None, where=Concat(Value("#"), Cast("id", CharField())), reason="", joined_by=""
        )
        # What waits for somebody's look may name them: it is looked at anew, without them.
        waiting = Intake.objects.filter(workspace=party.workspace_id, phase=READY)
        waiting.update(preview={}, phase=RECEIVED)
        _bare_facts(theirs)
        forget_likenesses(party.workspace_id, family)
        Party.objects.filter(workspace=party.workspace_id, pk__in=family).update(
            name=FORGOTTEN, company="", firm="", about="", external="", given="", forgotten=True
        )
        # On disk before the commit: a crash between the two forgets too much, never too little.
        _remember(hashes)


def _empty_words(theirs: dict[str, Any]) -> None:
    Text.objects.filter(**theirs).update(title="", body="", sealed="")
    Matter.objects.filter(**theirs).update(title="", reason="")
    FollowUp.objects.filter(**theirs).update(given="")
    Link.objects.filter(**theirs).delete()
    Offer.objects.filter(**theirs).update(title="", terms="", more="")
    Receipt.objects.filter(**theirs).update(raw=None, problem="")
    Acknowledgement.objects.filter(**theirs).update(to="", topic="", why="")
    Doubt.objects.filter(**theirs).update(name="", email="", message_id="")


def _forget_mail(theirs: dict[str, Any], at: datetime) -> None:
    """What has not left stays here; of what has, only that it did."""
    family = theirs["party__in"]
    cancel_all_of(theirs["workspace"], family, at=at)
    Message.objects.filter(**theirs).update(
        recipient="", canonical="", subject="", words="", raw=b"", attached=[], answer="",
        thread="", domain="", then=[], said=None, reason="",
    )  # fmt: skip
    tried = Attempt.objects.filter(workspace=theirs["workspace"], message__party__in=family)
    tried.update(answer="")
    MailHead.objects.filter(**theirs).delete()
    Unsent.objects.filter(**theirs).delete()


def _names(theirs: dict[str, Any]) -> set[str]:
    """All that they, and their people, are called."""
    parties = Party.objects.filter(workspace=theirs["workspace"], pk__in=theirs["party__in"])
    people = Person.objects.filter(**theirs).values_list("name", flat=True)
    return {*parties.values_list("name", flat=True), *people} - {FORGOTTEN}


def anybody_is_forgotten() -> bool:
    return bool(_forgotten())


def is_forgotten(workspace_id: int, kind: str, canonical: str) -> bool:
    """Whether an address asked to be forgotten, so that no import brings it back."""
    return _mark(workspace_id, kind, canonical) in _forgotten()


def _close_all(party: Party, *, by: Member, at: datetime) -> None:
    still_open = Matter.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), closed_at=None
    )
    closings = [
        Closed(at=at, matter=matter.key, outcome="forgotten", by=str(by.pk))
        for matter in still_open
    ]
    if closings:
        record(party, *closings, source=f"forget:{party.pk}:{at.isoformat()}", at=at)


def _bare_facts(theirs: dict[str, Any]) -> None:
    rows = [row for row in Fact.objects.filter(**theirs) if _make_bare(row)]
    update(rows, ("own",))


def _make_bare(row: Fact) -> bool:
    own = {key: "" if key in WORDS else value for key, value in row.own.items()}
    if own.get("thread"):
        own["thread"] = hashed(own["thread"])
    changed = bool(own != row.own)
    row.own = own
    return changed


def _mark(workspace_id: int, kind: str, canonical: str) -> str:
    return hashed(f"forgotten:{workspace_id}:{kind}:{canonical}")


def _path() -> Path:
    return Path(settings.VAR) / "forgotten.txt"


def _remember(marks: Iterable[str]) -> None:
    _path().parent.mkdir(parents=True, exist_ok=True)
    with _path().open("a", encoding="ascii") as file:
        file.writelines(f"{mark}\n" for mark in marks)
        file.flush()
        os.fsync(file.fileno())


def _forgotten() -> frozenset[str]:
    path = _path()
    if not path.exists():
        return frozenset()
    state = path.stat()
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> frozenset[str]:
    """An import asks for each of its addresses."""
    return frozenset(path.read_text("ascii").split())
