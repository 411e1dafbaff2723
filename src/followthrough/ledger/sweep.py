"""The nightly sweep: decide every party anew. How many rows were wrong must be 0."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from followthrough.ledger.balance import balance
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Party, Workspace
from followthrough.ledger.writes import write_alarms

SLICE = 100  # parties per transaction, so that others can write between


def sweep(workspace: Workspace, *, at: datetime) -> int:
    """Balance every party; how many rows had to be put right."""
    wrong, last = 0, 0
    while ids := _after(workspace, last):
        wrong += _balance(ids, at)
        last = ids[-1]
    return wrong


def catch_up(workspace: Workspace, *, at: datetime, most: int = 500) -> int:
    """Balance parties decided on older terms (a knob, an absence); how many there were."""
    version = Workspace.objects.values_list("terms_version", flat=True).get(pk=workspace.pk)
    stale = Party.objects.filter(
        workspace=workspace, merged_into=None, terms_version__lt=version
    ).order_by("terms_version", "pk")
    ids = list(stale.values_list("pk", flat=True)[:most])
    for start in range(0, len(ids), SLICE):
        _balance(ids[start : start + SLICE], at)
    return len(ids)


def _after(workspace: Workspace, last: int) -> list[int]:
    rows = Party.objects.filter(workspace=workspace, merged_into=None, pk__gt=last)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:SLICE])


def _balance(ids: Iterable[int], at: datetime) -> int:
    with transaction.atomic():
        # Two of them may have been merged a moment ago: each speaker is balanced once.
        roots = {party.pk: party for party in lock(ids).values()}
        writes = balance(roots.values(), at=at)
        return len(writes) + write_alarms(writes.kept)
