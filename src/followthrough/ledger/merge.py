"""Two records of one party: joined by a fact, and taken apart again by another. Nothing moves."""

from datetime import datetime

from django.db import transaction

from followthrough.core import facts
from followthrough.core.saying import says
from followthrough.ledger.balance import balance
from followthrough.ledger.books import family_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Member, Party
from followthrough.ledger.record import record
from followthrough.ledger.search import make_findable


class CouldNotMerge(Exception):
    """Said to the person as it stands."""


def merge(other: Party, *, into: Party, by: Member, at: datetime) -> None:
    """From now on `into` speaks for `other` too: one history, one decision."""
    if other.workspace_id != into.workspace_id:
        raise CouldNotMerge(says("These two belong to different workspaces."))
    with transaction.atomic():
        roots = lock({other.pk, into.pk})
        gone, stays = roots[other.pk], roots[into.pk]
        if gone.pk == stays.pk:
            raise CouldNotMerge(says("{who} is here once already.", who=gone.name))
        if gone.forgotten != stays.forgotten:
            raise CouldNotMerge(says("One of these two asked to be forgotten."))
        gone.merged_into, stays.has_absorbed = stays, True
        gone.compared = stays.compared = False
        gone.save(update_fields=["merged_into", "compared"])
        stays.save(update_fields=["has_absorbed", "compared"])
        _tell(stays, facts.Merged(at=at, other=str(gone.pk), by=str(by.pk)), at)
        make_findable([stays])
        balance([stays], at=at)


def unmerge(other: Party, *, by: Member, at: datetime) -> None:
    """`other` speaks for itself again, with what was heard of it and of its own matters."""
    with transaction.atomic():
        stays = lock({other.pk})[other.pk]
        if stays.pk == other.pk:
            raise CouldNotMerge(says("{who} was not joined with anybody.", who=other.name))
        own = {"workspace": other.workspace_id}
        other = Party.objects.select_related("workspace", "merged_into").get(**own, pk=other.pk)
        parent = other.merged_into or stays
        other.merged_into = None
        other.save(update_fields=["merged_into"])
        parent.has_absorbed = len(family_of(parent)) > 1
        parent.save(update_fields=["has_absorbed"])
        Party.objects.filter(**own, pk__in={other.pk, parent.pk, stays.pk}).update(compared=False)
        _tell(stays, facts.Unmerged(at=at, other=str(other.pk), by=str(by.pk)), at)
        make_findable([stays, other])
        balance(lock({stays.pk, other.pk}).values(), at=at)


def _tell(party: Party, fact: facts.Merged | facts.Unmerged, at: datetime) -> None:
    kind = type(fact).__name__
    record(party, fact, source=f"{kind}:{fact.other}:{at.isoformat()}", at=at)
