"""What an attempt came to, kept; and what somebody who vanished has left behind."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from followthrough.core.saying import Saying
from followthrough.ledger.models import Message, Workspace
from followthrough.ledger.models.outbox import (
    BY_ANSWER,
    CLAIMED,
    FAILED,
    HANDOVER,
    IN_DOUBT,
    IN_FLIGHT,
    QUEUED,
    SENT,
)
from followthrough.ledger.statements import adapted_moment


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


# Only what is still ours: a lease that ran out has given it to others, but an answer that comes
# after it still tells what became of the message.
SETTLE = f"""
UPDATE ledger_message
   SET state = %s, answer = %s, reason = %s, said = %s, dead = %s, returned = %s, evidence = %s,
       not_before = COALESCE(%s, not_before), ended_at = %s, claim = %s, lease_until = %s
 WHERE workspace_id = %s AND id = %s AND claim = %s
   AND state IN ('{CLAIMED}', '{HANDOVER}', '{IN_DOUBT}')
"""  # noqa: S608 - our own names


TRIED = f"""
INSERT INTO ledger_attempt (workspace_id, message_id, at, state, answer)
SELECT workspace_id, id, %s, %s, %s FROM ledger_message
 WHERE workspace_id = %s AND id = %s AND claim = %s
   AND state IN ('{CLAIMED}', '{HANDOVER}', '{IN_DOUBT}')
"""  # noqa: S608 - our own names


def settle(workspace: Workspace, outcomes: Iterable[Outcome], *, token: str, at: datetime) -> None:
    """All in one commit, in the order in which others lock them. An attempt that sent it stands in
    the message itself: that is nearly every one."""
    some = sorted(outcomes, key=lambda one: one.id)
    rows = [(*_columns(one, token, at), workspace.pk, one.id, token) for one in some]
    moment = adapted_moment(at)
    tried = [
        (moment, one.state, one.answer[:500], workspace.pk, one.id, token)
        for one in some if one.answer and one.state != SENT
    ]  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(TRIED, tried)
        cursor.executemany(SETTLE, rows)


def _columns(one: Outcome, token: str, at: datetime) -> tuple[Any, ...]:
    """A doubt keeps its claim and its lease: the answer may still come."""
    moment = adapted_moment(at)
    over, doubt = one.state in (SENT, FAILED), one.state == IN_DOUBT
    again = adapted_moment(one.again_at or at) if one.state == QUEUED else None
    said = json.dumps(one.reason.stored()) if one.reason else None
    return (
        one.state, one.answer[:500], str(one.reason or "")[:200], said, one.dead, one.returned,
        BY_ANSWER if one.state == SENT else "", again, moment if over else None,
        token if doubt else "", moment if doubt else None,
    )  # fmt: skip


def anything_to_do(workspace: Workspace) -> bool:
    """Whether a message waits, is under way, or has not been told."""
    rows = Message.objects.filter(workspace=workspace)
    return (  # each asks as an index of its own has it: together they would read all mail
        rows.filter(state=QUEUED).exists()
        or rows.filter(state__in=IN_FLIGHT).exclude(state=IN_DOUBT).exists()
        or rows.filter(state__in=(SENT, FAILED), told_at=None).exists()
    )


def reap(workspace: Workspace, *, at: datetime) -> int:
    """What a worker that vanished had claimed is free again: no last byte can follow, since the
    handover asks for the lease. What it had handed over may have left: that is in doubt."""
    over = Message.objects.filter(workspace=workspace, lease_until__lte=at)
    if not over.filter(state__in=(CLAIMED, HANDOVER)).exists():
        return 0
    freed = over.filter(state=CLAIMED).update(state=QUEUED, claim="", lease_until=None)
    # The token stays: the worker may only be slow, and still bring the answer.
    return freed + over.filter(state=HANDOVER).update(state=IN_DOUBT)
