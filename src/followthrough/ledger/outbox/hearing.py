"""What a service that sends for us tells of a mail: once or ten times, in any order, it comes to
the same in the books."""

from datetime import datetime
from typing import Any

from django.db import transaction

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger import dead
from followthrough.ledger.leaving import leave
from followthrough.ledger.models import Mailbox, Message
from followthrough.ledger.models.outbox import BY_REPORT
from followthrough.ledger.names import fact_name
from followthrough.ledger.outbox import doubts
from followthrough.ledger.outbox.telling import A_MOMENT, source_of, tell
from followthrough.ledger.record import record

TAKEN, DELIVERED, DELAYED, BOUNCED, COMPLAINED, LEAVES = (
    "taken", "delivered", "delayed", "bounced", "complained", "leaves",
)  # fmt: skip


def hear(
    mailbox: Mailbox, envelope: str, what: str, *, gone: bool = False, at: datetime
) -> Message | None:
    """None: it is no mail of this mailbox. `gone`: there is no such address."""
    rows = Message.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox)
    message = rows.filter(envelope=envelope).select_related("party", "workspace").first()
    if message is None:
        return None
    with transaction.atomic():
        if what == TAKEN:
            doubts.it_left(message, at=at, evidence=BY_REPORT)
        else:  # who leaves by a link in it has it
            kept = DELIVERED if what == LEAVES else what
            doubts.heard_of(mailbox.workspace, envelope, kept, at=at)
        tell(mailbox.workspace, at=at)  # that it left stands before what became of it
        if what in (BOUNCED, COMPLAINED, LEAVES):
            news = _record(message, what, gone=gone, at=at)
            if news and what == LEAVES:  # and no plan goes on
                leave(message.party, at=at)
    return message


def _record(message: Message, what: str, *, gone: bool, at: datetime) -> bool:
    """A hard one may follow a soft one: the second is news."""
    left = message.handover_at or message.queued_at
    when = max(at, left + A_MOMENT)
    common: dict[str, Any] = {"matter": message.matter, "by": str(message.member_id)}
    if what == COMPLAINED:
        told: Fact = facts.OptedOut(at=when)
    elif what == LEAVES:
        told = facts.OptedOut(at=when, channels=("email",))
    else:
        told = facts.Bounced(at=when, dead=gone, thread=message.thread, **common)
    source = f"{source_of(message.envelope)}:{what}{':gone' if gone else ''}"
    if gone:
        name = fact_name(source, facts.Bounced.__name__)
        dead.mark(message.workspace, {message.recipient: name})
    return record(message.party, told, source=source, at=at)
