"""What is true of a mail that was sent, in one word: as much as anybody knows, and no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from followthrough.core.facts import Bounced, TheyBooked, TheyWrote
from followthrough.core.facts import Fact as Happened
from followthrough.ledger.books import family_of
from followthrough.ledger.models import FollowUp, Message, Party, Workspace
from followthrough.ledger.models.outbox import (
    CANCELLED,
    CLAIMED,
    FAILED,
    HANDOVER,
    IN_DOUBT,
    QUEUED,
    SENT,
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
WAITS = {QUEUED: GOING, CLAIMED: GOING, HANDOVER: GOING, CANCELLED: STOPPED}
MOST = 200
COLUMNS = (
    "id", "party", "thread", "not_before", "claim", "envelope", "state", "returned",
    "queued_at", "handover_at", "delivered_at", "bounced_at", "replied_at", "seen_at", "asked_at",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Since:
    """The last word of theirs in each conversation, and the last mail of ours that came back."""

    answered: Mapping[str, datetime]
    returned: Mapping[str, datetime]


NOTHING_SINCE = Since(answered={}, returned={})


def heard(facts: Iterable[Happened]) -> Since:
    """Of facts in their order."""
    answered: dict[str, datetime] = {}
    returned: dict[str, datetime] = {}
    for fact in facts:
        if isinstance(fact, TheyWrote | TheyBooked) and fact.thread:
            answered[fact.thread] = fact.at
        elif isinstance(fact, Bounced) and fact.final and fact.thread:
            returned[fact.thread] = fact.at
    return Since(answered=answered, returned=returned)


def truth_of(message: Message, since: Since) -> str:
    """A stronger word never gives way to a weaker one: who answered has it, whatever a server
    says."""
    if message.state == IN_DOUBT:
        return IN_QUESTION if message.asked_at else GOING
    if message.state == FAILED:
        return NOT_DELIVERED if message.returned else NOT_SENT
    return WAITS.get(message.state) or _of_sent(message, since)


def _of_sent(message: Message, since: Since) -> str:
    left = message.handover_at or message.queued_at
    if message.replied_at or _later(since.answered, message, left):
        return ANSWERED
    if message.bounced_at or _later(since.returned, message, left):
        return NOT_DELIVERED
    if message.seen_at:
        return SEEN
    return ARRIVED if message.delivered_at else NO_SIGN


def _later(moments: Mapping[str, datetime], message: Message, left: datetime) -> bool:
    at = moments.get(message.thread) if message.thread else None
    return at is not None and at > left


def came_back(followup: FollowUp) -> Message | None:
    """The mail of ours that is to be mended: the last one about the same matter."""
    rows = Message.objects.filter(
        workspace=followup.workspace_id, party__in=family_of(followup.party),
        state__in=(SENT, FAILED), matter=followup.matter.key,
    )  # fmt: skip
    return rows.defer("raw").order_by("-pk").first()


def by_fact(party: Party) -> dict[str, Message]:
    """The last mails to somebody, by the name of the fact that tells of each."""
    return _named(
        Message.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
        .only(*COLUMNS)
        .order_by("-pk")[:MOST]
    )


def of_parties(workspace: Workspace, parties: Iterable[int]) -> dict[str, Message]:
    """The same of several; who was joined to another is not looked for."""
    rows = Message.objects.filter(workspace=workspace, party__in=[*parties], state=SENT)
    return _named(rows.only(*COLUMNS).order_by("-pk")[:MOST])


def _named(rows: Iterable[Message]) -> dict[str, Message]:
    return {fact_name(source_of(row.envelope), "WeWrote"): row for row in rows}
