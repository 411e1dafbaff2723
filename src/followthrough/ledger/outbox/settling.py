"""What an attempt came to, kept; and what somebody who vanished has left behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from followthrough.core.saying import Saying
from followthrough.ledger.models import Message, Workspace
from followthrough.ledger.models.outbox import (
    BY_ANSWER,
    CLAIMED,
    FAILED,
    HANDOVER,
    IN_DOUBT,
    QUEUED,
    SENT,
)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`again_at` is when a message that goes back into the queue is tried anew. `dead`: there is no
    such address; `returned`: it was their server that refused it."""

    id: int
    state: str
    answer: str = ""
    reason: Saying | None = None
    again_at: datetime | None = None
    dead: bool = False
    returned: bool = False


def settle(workspace: Workspace, outcomes: Iterable[Outcome], *, token: str, at: datetime) -> int:
    """In one commit. Only what is still ours: a lease that ran out has given it to others, but an
    answer that comes after it still tells what became of the message."""
    with transaction.atomic():
        return sum(
            _ours(workspace, one.id, token).update(**_columns(one, at))
            for one in sorted(outcomes, key=lambda one: one.id)
        )


def _ours(workspace: Workspace, pk: int, token: str) -> QuerySet[Message]:
    return Message.objects.filter(
        workspace=workspace, pk=pk, claim=token, state__in=(CLAIMED, HANDOVER, IN_DOUBT)
    )


def _columns(one: Outcome, at: datetime) -> dict[str, object]:
    known: dict[str, object] = {"state": one.state, "answer": one.answer[:500]}
    if one.reason:
        known |= {"reason": str(one.reason)[:200], "said": one.reason.stored()}
    if one.state == QUEUED:
        return known | {"not_before": one.again_at or at, "claim": "", "lease_until": None}
    if one.state in (SENT, FAILED):
        evidence = BY_ANSWER if one.state == SENT else ""
        known |= {"evidence": evidence, "dead": one.dead, "returned": one.returned}
        return known | {"ended_at": at, "claim": "", "lease_until": None, "asked_at": None}
    return known


def reap(workspace: Workspace, *, at: datetime) -> int:
    """What a worker that vanished had claimed is free again: no last byte can follow, since the
    handover asks for the lease. What it had handed over may have left: that is in doubt."""
    over = Message.objects.filter(workspace=workspace, lease_until__lte=at)
    if not over.filter(state__in=(CLAIMED, HANDOVER)).exists():
        return 0
    freed = over.filter(state=CLAIMED).update(state=QUEUED, claim="", lease_until=None)
    # The token stays: the worker may only be slow, and still bring the answer.
    return freed + over.filter(state=HANDOVER).update(state=IN_DOUBT)


def in_flight(workspace: Workspace) -> int:
    return Message.objects.filter(
        Q(state=CLAIMED) | Q(state=HANDOVER) | Q(state=IN_DOUBT), workspace=workspace
    ).count()
