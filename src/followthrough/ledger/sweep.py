"""The nightly sweep: decide every party anew. How many rows were wrong must be 0."""

from datetime import datetime

from django.db import transaction

from followthrough.ledger.books import balance
from followthrough.ledger.models import Party, Workspace
from followthrough.ledger.record import lock

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
    stale = Party.objects.filter(
        workspace=workspace, merged_into=None, terms_version__lt=workspace.terms_version
    ).order_by("terms_version", "pk")
    ids = list(stale.values_list("pk", flat=True)[:most])
    for start in range(0, len(ids), SLICE):
        _balance(ids[start : start + SLICE], at)
    return len(ids)


def _after(workspace: Workspace, last: int) -> list[int]:
    rows = Party.objects.filter(workspace=workspace, merged_into=None, pk__gt=last)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:SLICE])


def _balance(ids: list[int], at: datetime) -> int:
    with transaction.atomic():
        return balance(lock(ids).values(), at=at)
