"""Addresses that do not exist any more: marked by the mail that came back, and offered no more."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from followthrough.ledger.addresses import canonical_email
from followthrough.ledger.balance import balance
from followthrough.ledger.books import family_of, history_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address, Fact, Party, Workspace

BY_HAND = "hand"


def mark(workspace: Workspace, returned: Mapping[str, str]) -> None:
    """Before the facts are recorded, so that they are decided without the address. `returned` is
    each mail address with the name of the fact by which it came back; heard before is no news."""
    if not returned:
        return
    heard = Fact.objects.filter(workspace=workspace, name__in=set(returned.values()))
    known = set(heard.values_list("name", flat=True))
    for mail, name in returned.items():
        if name not in known:
            _theirs(workspace, [mail]).filter(dead_by="").update(dead_by=name)


def hear_from(workspace: Workspace, wrote: Mapping[str, datetime]) -> set[int]:
    """They wrote from it after the mail had come back: it works. Whose these are."""
    dead = [row for row in _theirs(workspace, wrote) if row.dead_by not in ("", BY_HAND)]
    if not dead:
        return set()
    names = {row.dead_by for row in dead}
    told = Fact.objects.filter(workspace=workspace, name__in=names)
    since = dict(told.values_list("name", "at"))
    last = {canonical_email(mail): at for mail, at in wrote.items()}
    alive = [
        row for row in dead if since.get(row.dead_by, last[row.canonical]) < last[row.canonical]
    ]
    Address.objects.filter(pk__in=[row.pk for row in alive]).update(dead_by="")
    return {row.party_id for row in alive}


def set_dead(address: Address, dead_by: str, *, at: datetime) -> None:
    """By hand, or back to what it was: what they are owed is decided anew."""
    address.dead_by = dead_by
    address.save(update_fields=["dead_by"])
    balance(lock({address.party_id}).values(), at=at)


def follow_their_facts(party: Party) -> bool:
    """A mark goes with the bounce that made it. Whether any did: then decide the party anew."""
    family = family_of(party)
    marked = Address.objects.filter(workspace=party.workspace_id, party__in=family).exclude(
        dead_by__in=("", BY_HAND)
    )
    names = set(marked.values_list("dead_by", flat=True))
    if not names:
        return False
    standing = {fact.name for fact in history_of(party).facts}
    return marked.filter(dead_by__in=names - standing).update(dead_by="") > 0


def _theirs(workspace: Workspace, mails: Iterable[str]) -> QuerySet[Address]:
    canonical = {canonical_email(mail) for mail in mails}
    return Address.objects.filter(workspace=workspace, kind="email", canonical__in=canonical)
