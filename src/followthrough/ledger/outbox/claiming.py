"""Taking mails to send, and the commit after which their last byte may leave.

Between the two everything is surely not sent; after the second nothing of ours takes it back.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from django.db import connection, transaction
from django.db.models import F

from followthrough.ledger.models import Mailbox, Message, Sending, Workspace
from followthrough.ledger.models.mailboxes import WORKS
from followthrough.ledger.models.outbox import CLAIMED, HANDOVER, QUEUED
from followthrough.ledger.outbox.guards import HOLD, values
from followthrough.ledger.outbox.pace import room, tired_domains
from followthrough.ledger.outbox.spacing import space
from followthrough.ledger.statements import adapted_moment, moment_of

# Longer than any server is waited for before the last byte, and after it.
LEASE, PATIENCE = timedelta(minutes=3), timedelta(minutes=11)


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A mail that is ours to send while the lease lasts: who, to whom, and the bytes."""

    id: int
    sender: str
    recipient: str
    envelope: str
    raw: bytes
    attempt: int
    tried_at: datetime


# What is due is found once, before anything is changed: a sub-query with a lock and a limit inside
# the condition PostgreSQL may ask again for each row, and then more leave than may.
CLAIM = f"""
WITH due AS MATERIALIZED (
    SELECT m.id FROM ledger_message m
     WHERE m.workspace_id = %(workspace)s AND m.mailbox_id = %(mailbox)s
       AND m.state = '{QUEUED}' AND {HOLD} {{tired}}
     ORDER BY m.not_before, m.id LIMIT %(most)s {{lock}})
UPDATE ledger_message SET state = '{CLAIMED}', claim = %(claim)s, lease_until = %(lease)s,
       attempt = attempt + 1, tried_at = COALESCE(tried_at, %(now)s)
 WHERE id IN (SELECT id FROM due)
RETURNING id, sender, recipient, envelope, raw, attempt, tried_at
"""  # noqa: S608 - our own names


def due_mailboxes(workspace: Workspace, *, at: datetime) -> list[Mailbox]:
    """Those that have something to send now, and may."""
    due = Message.objects.filter(workspace=workspace, state=QUEUED, not_before__lte=at)
    rows = Mailbox.objects.filter(
        workspace=workspace, state=WORKS, removed_at=None, pk__in=due.values("mailbox")
    )
    return list(rows.order_by("pk"))


WAITING = f"""
SELECT m.mailbox_id, MIN(m.not_before) FROM ledger_message m
  JOIN ledger_mailbox w ON w.id = m.mailbox_id AND w.removed_at IS NULL
 WHERE m.workspace_id = %(workspace)s AND m.state = '{QUEUED}' AND m.not_before <= %(before)s
   AND (w.state <> '{WORKS}' OR ({HOLD}))
 GROUP BY m.mailbox_id
"""  # noqa: S608 - our own names


def waiting_since(
    workspace: Workspace, *, before: datetime, at: datetime
) -> dict[int, datetime]:  # fmt: skip
    """Since when the oldest mail waits that could leave, or could if its mailbox were let in: of
    each mailbox where that was before."""
    asked = values(at, workspace=workspace.pk, before=adapted_moment(before))
    with connection.cursor() as cursor:
        cursor.execute(WAITING, asked)
        return {pk: moment_of(since) for pk, since in cursor.fetchall()}


def claim(mailbox: Mailbox, *, token: str, most: int, at: datetime) -> list[Claimed]:
    """At most so many, and never more than the mailbox may send: counted under one lock."""
    with transaction.atomic():
        most = min(most, room(mailbox, at=at))
        if most <= 0:
            return []
        space(mailbox, at=at)
        lock = "FOR UPDATE OF m SKIP LOCKED" if connection.features.has_select_for_update else ""
        tired, domains = _not_to(tired_domains(mailbox, at=at))
        asked = values(
            at, claim=token, lease=adapted_moment(at + LEASE), most=most,
            workspace=mailbox.workspace_id, mailbox=mailbox.pk, **domains,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(CLAIM.format(lock=lock, tired=tired), asked)
            rows = sorted(cursor.fetchall(), key=itemgetter(0))
    return [
        Claimed(
            id=pk, sender=sender, recipient=recipient, envelope=envelope, raw=bytes(raw),
            attempt=attempt, tried_at=moment_of(tried),
        )
        for pk, sender, recipient, envelope, raw, attempt, tried in rows
    ]  # fmt: skip


def _not_to(domains: Collection[str]) -> tuple[str, dict[str, str]]:
    """Steps of plans go nowhere that has had enough for an hour; what a person sent does."""
    if not domains:
        return "", {}
    named = {f"domain{n}": domain for n, domain in enumerate(domains)}
    marks = ", ".join(f"%({name})s" for name in named)
    return f"AND NOT (m.plan <> '' AND m.domain IN ({marks}))", named


def hand_over(
    workspace: Workspace, ids: Collection[int], *, token: str, at: datetime
) -> tuple[set[int], int]:
    """Those of these whose last byte may leave now, and the number of this handover: one commit
    for all. A reply, an undo or a lost lease committed before it has won."""
    if not ids:
        return set(), 0
    with transaction.atomic():
        # First the rows, in their order; then, in a statement that sees all that was committed
        # meanwhile, the conditions.
        _lock_in_order(ids)
        asked = values(
            at, claim=token, until=adapted_moment(at + PATIENCE), workspace=workspace.pk,
            **{f"id{n}": pk for n, pk in enumerate(ids)},
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_hand_over(len(ids)), asked)
            left = {pk for (pk,) in cursor.fetchall()}
        return left, _count(workspace) if left else 0


def _lock_in_order(ids: Collection[int]) -> None:
    if connection.features.has_select_for_update:  # SQLite has locked the whole file
        rows = Message.objects.select_for_update().filter(pk__in=ids).order_by("pk")
        list(rows.values_list("pk", flat=True))


def _hand_over(count: int) -> str:
    marks = ", ".join(f"%(id{n})s" for n in range(count))
    return f"""
UPDATE ledger_message AS m
   SET state = '{HANDOVER}', handover_at = %(now)s, lease_until = %(until)s
 WHERE m.workspace_id = %(workspace)s AND m.id IN ({marks}) AND m.claim = %(claim)s
   AND m.state = '{CLAIMED}' AND m.lease_until > %(now)s AND {HOLD}
RETURNING id
"""  # noqa: S608 - our own names


def _count(workspace: Workspace) -> int:
    rows = Sending.objects.filter(workspace=workspace)
    if not rows.update(handovers=F("handovers") + 1):
        raise Sending.DoesNotExist("Ask places.held before anything is sent.")
    return rows.values_list("handovers", flat=True)[0]
