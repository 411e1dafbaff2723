"""What became of a message comes back as a fact: it settles what it was written for, or says that
it did not arrive."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.saying import Saying, says
from followthrough.ledger import dead
from followthrough.ledger.models import Alarm, FollowUp, Mailbox, Member, Message, Party, Workspace
from followthrough.ledger.models.members import ADMINISTRATOR
from followthrough.ledger.models.outbox import FAILED, SENT, TRANSACTIONAL
from followthrough.ledger.names import fact_name
from followthrough.ledger.outbox.then import come_true, given_with
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.statements import made, select

MANY = 200
A_MOMENT = timedelta(microseconds=1)  # what came back came after it went
NOT_SENT = says("Your mail was not sent")
IN_QUESTION = says("Did your mail leave? Nobody can tell")


COLUMNS = (
    "id", "party", "matter", "did", "thread", "member", "envelope", "recipient", "subject", "words",
    "state", "queued_at", "handover_at", "ended_at", "dead", "returned", "then", "purpose",
    "automatic",
)  # fmt: skip


class Ended(NamedTuple):
    id: int
    party: int
    matter: str
    did: str
    thread: str
    member: int
    envelope: str
    recipient: str
    subject: str
    words: str
    state: str
    queued_at: datetime
    handover_at: datetime | None
    ended_at: datetime | None
    dead: bool
    returned: bool
    then: list[dict[str, Any]]
    purpose: str
    automatic: bool


def tell(workspace: Workspace, *, at: datetime, mailbox: Mailbox | None = None) -> int:
    """Each once, however often it is asked: the source is the message. With `mailbox` only what
    left from there: whoever sends from it tells of it, and waits for nobody who does the same
    elsewhere."""
    untold = f"AND told_at IS NULL ORDER BY id LIMIT {MANY}"
    where: dict[str, Sequence[Any]] = {"workspace": [workspace.pk], "state": (SENT, FAILED)}
    if mailbox is not None:
        where["mailbox"] = [mailbox.pk]
    some = [Ended(*row) for row in select(Message, COLUMNS, where, untold)]
    if some:
        with transaction.atomic():
            _record(workspace, some, at)
            Message.objects.filter(pk__in=[row.id for row in some]).update(told_at=at)
    return len(some)


def source_of(envelope: str) -> str:
    return f"message:{envelope}"


def _record(workspace: Workspace, rows: Sequence[Ended], at: datetime) -> None:
    gone = {
        row.recipient: fact_name(source_of(row.envelope), facts.Bounced.__name__)
        for row in rows
        if row.dead
    }
    dead.mark(workspace, gone)
    record_many([one for row in rows for one in _heard(workspace, row)], at=at)
    never_left = [row.id for row in rows if row.state == FAILED and not row.returned]
    for message in Message.objects.filter(pk__in=never_left).select_related("followup", "member"):
        ring(message, NOT_SENT, at=at)


def _heard(workspace: Workspace, row: Ended) -> Iterator[Heard]:
    """What their server refused went out and came back. What never reached a server did not."""
    if row.state == FAILED and not row.returned:
        return
    common: dict[str, Any] = {"matter": row.matter, "by": str(row.member)}
    left = row.handover_at or row.ended_at or row.queued_at
    wrote = _went(row, left, common)
    told, words = [wrote], [(row.subject, row.words)]
    if row.state == SENT:
        coming = come_true(row.then, at=left + A_MOMENT, **common)
        told, words = [*told, *coming.facts], [*words, *coming.words]
    else:
        back = max(row.ended_at or left, left) + A_MOMENT
        told.append(facts.Bounced(at=back, dead=row.dead, thread=row.thread, **common))
    yield Heard(
        party=made(Party, id=row.party, workspace_id=workspace.pk),
        source=source_of(row.envelope), facts=told, words=words,
    )  # fmt: skip


def _went(row: Ended, left: datetime, common: dict[str, Any]) -> Fact:
    """What a machine of ours said to have arrived is no word of ours."""
    if row.automatic and row.purpose == TRANSACTIONAL:
        return facts.Acknowledged(at=left, matter=row.matter)
    given = given_with(row.then) if row.state == SENT else ""
    return facts.WeWrote(at=left, did=row.did, thread=row.thread, given=given, **common)


def ring(message: Message, what: Saying, *, at: datetime) -> None:
    """The bell of whoever wrote it; it leads to the follow-up, which still stands."""
    followup = message.followup if message.followup and not message.followup.settled_at else None
    ring_for(message.member, what, followup=followup, at=at)


def ring_administrators(workspace: Workspace, what: Saying, *, at: datetime) -> None:
    for one in Member.objects.filter(workspace=workspace, role=ADMINISTRATOR, active=True):
        ring_for(one, what, followup=None, at=at)


def ring_for(member: Member, what: Saying, *, followup: FollowUp | None, at: datetime) -> None:
    Alarm.objects.get_or_create(
        workspace_id=member.workspace_id, member=member, followup=followup, at=at,
        what=str(what)[:120],
    )  # fmt: skip
