"""Messages of which nobody knows whether they left: evidence decides, else a person; no guess."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from followthrough.ledger.models import Mailbox, Message, Workspace
from followthrough.ledger.models.outbox import (
    BY_ANSWER,
    BY_COPY,
    BY_PERSON,
    BY_REPORT,
    CANCELLED,
    IN_DOUBT,
    QUEUED,
    SENT,
)
from followthrough.ledger.outbox.telling import IN_QUESTION, ring

# Longer than any server works on what it was given, and keeps an idle line open.
LONG_ENOUGH = timedelta(minutes=15)
ASK_AFTER = timedelta(minutes=30)  # by then the Sent folder would have been read


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What the Sent folder says of a message, and when it was read last."""

    found: bool
    read_at: datetime


# Looks for a Message-ID where a mailbox keeps what was sent. None: it could not look.
Copies = Callable[[Mailbox, str], Looked | None]


def no_copies(_mailbox: Mailbox, _message_id: str) -> Looked | None:
    """Where nobody reads the mailbox."""
    return None


def reconcile(workspace: Workspace, copies: Copies, *, at: datetime) -> int:
    """How many doubts were resolved, or put before a person."""
    rows = _in_doubt(workspace).filter(asked_at=None).select_related("mailbox", "member")
    return sum(_resolve(row, copies, at) for row in rows.defer("raw").order_by("pk"))


def learn_who_keeps_copies(workspace: Workspace, copies: Copies, *, at: datetime) -> int:
    """From a message that surely left: only where its copy was found is absence evidence later."""
    unknown = Mailbox.objects.filter(workspace=workspace, keeps_copies=None, removed_at=None)
    return sum(_learn(mailbox, copies, at) for mailbox in unknown.exclude(sent_at=None))


def in_question(workspace: Workspace) -> QuerySet[Message]:
    """Those that a person decides."""
    rows = _in_doubt(workspace).filter(asked_at__isnull=False)
    return rows.select_related("party", "member").defer("raw").order_by("pk")


def it_left(message: Message, *, at: datetime, evidence: str = BY_PERSON) -> bool:
    """False: it was decided before."""
    rows = _in_doubt(message.workspace_id).filter(pk=message.pk)
    return rows.update(state=SENT, evidence=evidence, ended_at=at, lease_until=None, claim="") == 1


def send_again(message: Message, *, at: datetime) -> bool:
    """The same bytes under the same Message-ID. False: it was decided before."""
    rows = _in_doubt(message.workspace_id).filter(pk=message.pk)
    again = {"not_before": at, "lease_until": None, "claim": "", "asked_at": None}
    return rows.update(state=QUEUED, **again) == 1


def heard_of(workspace: Workspace, name: str, what: str, *, at: datetime) -> Message | None:
    """A report, a reply or a complaint named this message, by its Message-ID or its envelope.
    Also a report that it failed proves that it was taken. A weaker word never takes the place of a
    stronger one: each has a moment of its own, and the first one stays."""
    if what not in LATER:
        raise ValueError(f"Nothing is kept of {what!r}; it is one of {', '.join(LATER)}.")
    row = _named(workspace, name)
    if row is None:
        return None
    it_left(row, at=at, evidence=BY_REPORT)
    Message.objects.filter(pk=row.pk, **{f"{what}_at": None}).update(**{f"{what}_at": at})
    return row


LATER = ("delivered", "delayed", "bounced", "replied", "complained", "seen")


def ours_among(workspace: Workspace, message_ids: set[str]) -> set[str]:
    """Which of these mails left through here: their copies in the Sent folder are no news."""
    rows = Message.objects.filter(workspace=workspace, message_id__in=message_ids)
    return set(rows.values_list("message_id", flat=True))


def _named(workspace: Workspace, name: str) -> Message | None:
    for column in ("message_id", "envelope"):
        if row := Message.objects.filter(workspace=workspace, **{column: name}).first():
            return row
    return None


def _learn(mailbox: Mailbox, copies: Copies, at: datetime) -> int:
    rows = Message.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox, state=SENT)
    sure = rows.filter(evidence=BY_ANSWER, ended_at__lte=at - LONG_ENOUGH).defer("raw")
    last = sure.order_by("-pk").first()
    looked = copies(mailbox, last.message_id) if last else None
    if not (last and last.ended_at and looked):
        return 0
    if not looked.found and looked.read_at < last.ended_at + LONG_ENOUGH:
        return 0
    unknown = Mailbox.objects.filter(pk=mailbox.pk, keeps_copies=None)
    return unknown.update(keeps_copies=looked.found)


def _resolve(row: Message, copies: Copies, at: datetime) -> int:
    since = row.handover_at or row.queued_at
    looked = copies(row.mailbox, row.message_id)
    if looked and looked.found:
        return int(it_left(row, at=at, evidence=BY_COPY))
    if looked and row.mailbox.keeps_copies and looked.read_at >= since + LONG_ENOUGH:
        return int(send_again(row, at=at))
    if row.party_id is None:  # a mailbox wrote to itself, and will again: nobody need know
        return int(at >= since + ASK_AFTER and _let_lie(row))
    return int(at >= since + ASK_AFTER and _ask(row, at))


def _let_lie(row: Message) -> bool:
    rows = _in_doubt(row.workspace_id).filter(pk=row.pk)
    return rows.update(state=CANCELLED, lease_until=None, claim="") == 1


def _ask(row: Message, at: datetime) -> bool:
    asked = _in_doubt(row.workspace_id).filter(pk=row.pk, asked_at=None).update(asked_at=at) == 1
    if asked:
        ring(row, IN_QUESTION, at=at)
    return asked


def _in_doubt(workspace: Workspace | int) -> QuerySet[Message]:
    return Message.objects.filter(workspace=workspace, state=IN_DOUBT)
