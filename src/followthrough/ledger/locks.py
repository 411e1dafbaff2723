"""Parties locked in one order, so that two who want the same ones never wait for each other."""

from collections.abc import Iterable

from django.db import connection, transaction

from followthrough.ledger.models import Party, Workspace
from followthrough.ledger.statements import select

PARTY = tuple(field.attname for field in Party._meta.concrete_fields)
WORKSPACE = tuple(field.attname for field in Workspace._meta.concrete_fields)


def lock(ids: Iterable[int]) -> dict[int, Party]:
    """The parties that speak for these, locked, by the id that was asked for."""
    speaker = {pk: pk for pk in ids}
    while True:
        roots = set(speaker.values())
        before = transaction.savepoint() if len(roots) > 1 else None
        found = _locked(roots)
        if set(found) == roots and (roots >= set(speaker) or speakers_of(speaker) == speaker):
            return {pk: found[root] for pk, root in speaker.items()}
        # One was merged, or somebody merged while we waited: give the locks back, ask anew.
        if before:
            transaction.savepoint_rollback(before)
        speaker = speakers_of(speaker)


def _locked(roots: Iterable[int]) -> dict[int, Party]:
    # SQLite locks the whole file by BEGIN IMMEDIATE; there is no FOR UPDATE there.
    update = "FOR UPDATE" if connection.features.has_select_for_update else ""
    rows = select(
        Party, PARTY, {"id": sorted(roots)}, f"AND merged_into_id IS NULL ORDER BY id {update}"
    )
    parties = {party.pk: party for party in (Party.from_db("default", PARTY, row) for row in rows)}
    ids = {party.workspace_id for party in parties.values()}
    found = select(Workspace, WORKSPACE, {"id": ids})
    workspaces = {row[0]: Workspace.from_db("default", WORKSPACE, row) for row in found}
    for party in parties.values():
        party.workspace = workspaces[party.workspace_id]
    return parties


def speakers_of(ids: Iterable[int]) -> dict[int, int]:
    """Who speaks for each now: itself, or whom it was merged into."""
    parents: dict[int, int | None] = {}
    unknown = set(ids)
    while unknown:
        rows = dict(Party.objects.filter(pk__in=unknown).values_list("pk", "merged_into_id"))
        if len(rows) < len(unknown):
            raise Party.DoesNotExist(f"There is no party {min(unknown - set(rows))}.")
        parents |= rows
        unknown = {parent for parent in rows.values() if parent} - set(parents)
    return {pk: _top(pk, parents) for pk in ids}


def _top(pk: int, parents: dict[int, int | None]) -> int:
    while parent := parents[pk]:
        pk = parent
    return pk
