"""Who is this? Known by an address, a number or a foreign id; added where nobody knows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from followthrough.ledger.address_book import AddressBook, Known, Match
from followthrough.ledger.balance import balance
from followthrough.ledger.books import Where, family_of
from followthrough.ledger.forget import anybody_is_forgotten, is_forgotten
from followthrough.ledger.leaving import said_no_before
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address, Member, Party, Workspace
from followthrough.ledger.search import make_findable

__all__ = [
    "ForgottenMeanwhile",
    "Known",
    "Match",
    "Matches",
    "add_addresses",
    "find_or_add",
    "find_or_add_many",
    "forgotten",
    "make_own",
    "match_many",
    "speaker_of",
    "take_addresses",
]


class ForgottenMeanwhile(Exception):
    """Somebody was known when they were looked up, and is forgotten by now."""


@dataclass(frozen=True, kw_only=True)
class Matches:
    """One for each that was asked for, and the new ones with what their addresses tell."""

    each: list[Match]
    newcomers: dict[int, frozenset[Where]]


def find_or_add(workspace: Workspace, known: Known, *, owner: Member | None, at: datetime) -> Party:
    return find_or_add_many(workspace, [known], owner=owner, at=at)[0]


def find_or_add_many(
    workspace: Workspace, many: Sequence[Known], *, owner: Member | None, at: datetime
) -> list[Party]:
    """A party for each, in their order; the same address or id is the same party, and the same
    number where the names do not contradict; where they do, it is a question."""
    found = match_many(workspace, many, owner=owner, at=at)
    return [one.party for one in found.each]


def match_many(
    workspace: Workspace,
    many: Sequence[Known],
    *,
    owner: Member | None,
    at: datetime,
    intake: int | None = None,
) -> Matches:
    """The same, and by what each was known. `intake` is what brings them in: then they are locked,
    and ForgottenMeanwhile is raised, with nothing written, where one was forgotten just now."""
    with transaction.atomic():
        keys = [known.keys(workspace) for known in many]
        book = AddressBook(workspace, owner=owner, at=at, intake=intake)
        book.look_up({key for some in keys for key in some}, {k.external for k in many} - {""})
        found = [book.match(known, some) for known, some in zip(many, keys, strict=True)]
        if intake is not None:
            _hold(workspace, many, {one.party.pk for one in found if one.party.pk})
        book.write(at)
        newcomers = book.newcomers()
        said_no = said_no_before(workspace, newcomers.keys(), at=at)
        return Matches(
            each=found,
            newcomers={pk: some for pk, some in newcomers.items() if pk not in said_no},
        )


def _hold(workspace: Workspace, many: Sequence[Known], known: set[int]) -> None:
    """Nobody can forget them from here on; whoever was faster is seen."""
    gone = known and any(party.forgotten for party in lock(known).values())
    # Whoever was forgotten before they were looked up would be added as somebody new.
    if gone or (anybody_is_forgotten() and any(forgotten(workspace, one) for one in many)):
        raise ForgottenMeanwhile


def forgotten(workspace: Workspace, known: Known) -> bool:
    """Whether any of these addresses asked to be forgotten."""
    return anybody_is_forgotten() and any(
        is_forgotten(workspace.pk, *key) for key in known.keys(workspace)
    )


def speaker_of(workspace: Workspace, known: Known) -> Party | None:
    """Whose address or number this is already, if anybody's."""
    keys = known.keys(workspace)
    book = AddressBook(workspace)
    book.look_up(keys, ())
    return next((book.holders[key][0].party for key in keys if key in book.holders), None)


def add_addresses(party: Party, known: Known, *, at: datetime) -> None:
    """More ways to reach them. They may open a channel, so the party is decided anew."""
    keys = known.keys(party.workspace)
    if not keys:
        return
    with transaction.atomic():
        party = lock({party.pk})[party.pk]
        book = AddressBook(party.workspace)
        book.look_up(keys, ())
        for key, said in keys.items():
            book.give(key, said, party)
        book.write(at)
        balance([party], at=at)


def take_addresses(party: Party, ids: Iterable[int], *, at: datetime) -> list[Address]:
    """These are theirs no more; what was taken, so that it can come back."""
    ids = set(ids)
    if not ids:
        return []
    with transaction.atomic():
        root = lock({party.pk})[party.pk]
        rows = Address.objects.filter(workspace=root.workspace_id, party__in=family_of(root))
        taken = list(rows.filter(pk__in=ids))
        rows.filter(pk__in=[one.pk for one in taken]).delete()
        make_findable([root])
        balance([root], at=at)
        return taken


def make_own(party: Party) -> None:
    """Whom an import added is no import's any more: they and their addresses stay without it."""
    if party.intake_id:
        theirs = Address.objects.filter(workspace=party.workspace_id, party=party)
        theirs.filter(intake=party.intake_id).update(intake=None)
        party.intake = None
        party.save(update_fields=["intake"])
