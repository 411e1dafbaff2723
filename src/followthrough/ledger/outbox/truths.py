"""What is true of a mail that was sent, in one word: as much as anybody knows, and no more."""

from collections.abc import Iterable
from datetime import datetime

from followthrough.ledger.books import family_of
from followthrough.ledger.models import Message, Party
from followthrough.ledger.models.outbox import (
    CANCELLED,
    CLAIMED,
    FAILED,
    HANDOVER,
    IN_DOUBT,
    QUEUED,
)
from followthrough.ledger.names import fact_name
from followthrough.ledger.outbox.telling import source_of

GOING, STOPPED, NOT_SENT, NOT_DELIVERED = "going", "stopped", "not sent", "not delivered"
IN_QUESTION, NO_SIGN, ARRIVED, SEEN, ANSWERED = (
    "in question",
    "no sign",
    "arrived",
    "seen",
    "answer",
)
MOST = 200
COLUMNS = (
    "id", "party", "envelope", "state", "returned", "queued_at", "handover_at", "delivered_at",
    "delayed_at", "bounced_at", "replied_at", "seen_at", "asked_at",
)  # fmt: skip


def truth_of(message: Message, *, answered_at: datetime | None = None) -> str:
    """`answered_at` is their last word: one that came after it answers it, and shows that it
    arrived. A stronger word never gives way to a weaker one."""
    waits = {QUEUED: GOING, CLAIMED: GOING, HANDOVER: GOING, CANCELLED: STOPPED}
    if message.state in waits:
        return waits[message.state]
    if message.state == IN_DOUBT:
        return IN_QUESTION if message.asked_at else GOING
    if message.state == FAILED:
        return NOT_DELIVERED if message.returned else NOT_SENT
    left = message.handover_at or message.queued_at
    if message.replied_at or (answered_at and answered_at > left):
        return ANSWERED
    if message.bounced_at:
        return NOT_DELIVERED
    if message.seen_at:
        return SEEN
    return ARRIVED if message.delivered_at else NO_SIGN


def by_fact(party: Party) -> dict[str, Message]:
    """The last mails to somebody, by the name of the fact that tells of each."""
    return _named(
        Message.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
        .only(*COLUMNS)
        .order_by("-pk")[:MOST]
    )


def _named(rows: Iterable[Message]) -> dict[str, Message]:
    return {fact_name(source_of(row.envelope), "WeWrote"): row for row in rows}
