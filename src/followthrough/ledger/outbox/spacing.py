"""Steps of plans that something held back leave one after the other once it is over."""

from datetime import datetime

from django.db import connection

from followthrough.ledger.models import Mailbox
from followthrough.ledger.models.outbox import QUEUED
from followthrough.ledger.outbox.guards import HOLD, values
from followthrough.ledger.outbox.pace import GAP, LATE
from followthrough.ledger.statements import adapted_moment

HELD_BACK = f"""
SELECT m.id FROM ledger_message m
 WHERE m.workspace_id = %(workspace)s AND m.mailbox_id = %(mailbox)s AND m.state = '{QUEUED}'
   AND m.plan <> '' AND m.not_before <= %(late)s AND {HOLD}
 ORDER BY m.not_before, m.id {{lock}}
"""  # noqa: S608 - our own names
ITS_TURN = "UPDATE ledger_message SET not_before = %s WHERE id = %s"


def space(mailbox: Mailbox, *, at: datetime) -> None:
    """Whatever it was that held them: a switch, a password, a server, an inbox that nobody read.
    Inside the transaction that claims."""
    lock = "FOR UPDATE OF m SKIP LOCKED" if connection.features.has_select_for_update else ""
    asked = values(
        at, workspace=mailbox.workspace_id, mailbox=mailbox.pk, late=adapted_moment(at - LATE)
    )
    with connection.cursor() as cursor:
        cursor.execute(HELD_BACK.format(lock=lock), asked)
        later = [pk for (pk,) in cursor.fetchall()][1:]
        turns = [(adapted_moment(at + n * GAP), pk) for n, pk in enumerate(later, start=1)]
        if turns:
            cursor.executemany(ITS_TURN, turns)
