"""A mailbox that does not work for long is as though we had been away: its own mails are asked
about, and nobody else's."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Min

from followthrough.ledger.lateness import EVER, ask_about, long_before
from followthrough.ledger.models import Mailbox, Message, Workspace
from followthrough.ledger.models.mailboxes import WORKS
from followthrough.ledger.models.outbox import CANCELLED, QUEUED

# Sooner than a mail is given up: it is written anew instead, since it never left our house.
ANEW = timedelta(days=2)


def ask_about_what_is_stuck(
    workspace: Workspace, rows: Sequence[Message], *, at: datetime
) -> set[int]:
    """Of these mails of plans, whether they wait for a mailbox that was not let in, is not read or
    cannot be reached for so long. Those that are to be written anew."""
    limit, boxes = long_before(workspace, at), {row.mailbox_id: row.mailbox for row in rows}
    unreached = _unreached_since(rows)
    stuck = {
        pk for pk, box in boxes.items()
        if _does_not_work(box, limit) or unreached.get(pk, at) < limit
    }  # fmt: skip
    late = (
        row.member_id for row in rows
        if row.mailbox_id in stuck and row.followup and row.followup.due < limit
    )  # fmt: skip
    ask_about(workspace, filter(None, late), at=at)
    return {
        row.pk for row in rows
        if row.mailbox_id in unreached and row.tried_at and row.tried_at < at - ANEW
    }  # fmt: skip


def _does_not_work(mailbox: Mailbox, limit: datetime) -> bool:
    """What was read lately only waits for the next look."""
    if mailbox.state != WORKS:
        return (mailbox.problem_since or EVER) < limit
    return (mailbox.read_at or EVER) < limit


def _unreached_since(rows: Sequence[Message]) -> dict[int, datetime]:
    """Since when mail was tried in vain and none was taken, of each mailbox where that is so; also
    what was taken back meanwhile was tried."""
    tried = {
        row.mailbox_id: row.mailbox for row in rows
        if row.tried_at and row.tried_at > (row.mailbox.sent_at or EVER)
    }  # fmt: skip
    return {pk: _first_tried(box) for pk, box in tried.items()}


def _first_tried(mailbox: Mailbox) -> datetime:
    in_vain = Message.objects.filter(
        workspace=mailbox.workspace_id, mailbox=mailbox, state__in=(QUEUED, CANCELLED),
        tried_at__gt=mailbox.sent_at or EVER,
    )  # fmt: skip
    first: datetime = in_vain.aggregate(first=Min("tried_at"))["first"]
    return first
