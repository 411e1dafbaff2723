"""The letters that leave at once: “it has arrived”. Each enquiry has one, or a reason why not."""

from datetime import datetime

from django.db import transaction

from followthrough.channels.email.writing import CouldNotWrite, Draft, write
from followthrough.ledger import at_once
from followthrough.ledger.models import (
    Acknowledgement,
    Connection,
    Mailbox,
    Matter,
    Message,
    Workspace,
)
from followthrough.ledger.models.outbox import TRANSACTIONAL
from followthrough.ledger.topics import bare_topic


def answer_at_once(workspace: Workspace, now: datetime) -> str:
    some = [pk for pk in at_once.to_write(workspace) if _answer(workspace, pk, now)]
    return f"{len(some)} answered at once" if some else ""


def _answer(workspace: Workspace, pk: int, now: datetime) -> bool:
    with transaction.atomic():
        row = at_once.locked(workspace, pk)
        if row is None:
            return False
        if why := at_once.why_not(row, at=now):
            at_once.settle(row, None, why)
            return False
        try:
            with transaction.atomic():
                message = _queued(row, now)
        except CouldNotWrite as refused:
            at_once.settle(row, None, refused.args[0])
            return False
        at_once.settle(row, message, "" if message else at_once.NO_MAILBOX)
        return message is not None


def _queued(row: Acknowledgement, now: datetime) -> Message | None:
    by = _by(row)
    sender = at_once.sender_of(by)
    if sender is None:
        return None
    member = at_once.who_writes(by)
    told = {"name": _first_name(row), "topic": _topic(row, by), "me": member.name}
    draft = Draft(
        party=row.party, member=member, mailbox=sender, to=row.to,
        subject=at_once.filled(at_once.in_their_tongue(by, at_once.SUBJECT), **told),
        text=at_once.filled(at_once.own_words(by), **told),
        matter=_matter_of(row), answers=row.mailbox_id is not None,
        automatic="auto-replied", purpose=TRANSACTIONAL,
    )  # fmt: skip
    made = write(draft, key=f"at once:{row.source}", at=now, not_before=now)
    made.not_after = row.at + at_once.TOO_LATE
    made.save(update_fields=["not_after"])
    return made


def _matter_of(row: Acknowledgement) -> str:
    """Where a mail of theirs began a talk, in which the answer belongs."""
    newest = Matter.objects.filter(
        workspace=row.workspace_id, party=row.party_id, closed_at=None
    ).order_by("-pk")  # fmt: skip
    return newest.values_list("key", flat=True).first() or ""


def _by(row: Acknowledgement) -> Connection | Mailbox:
    by = row.connection or row.mailbox
    if by is None:
        raise ValueError(f"Nobody asked by anything: {row}")
    return by


def _first_name(row: Acknowledgement) -> str:
    """ "" where nobody has told us one."""
    name = row.party.name.split()
    return "" if not name or "@" in row.party.name else name[0]


def _topic(row: Acknowledgement, by: Connection | Mailbox) -> str:
    """A whole sentence cannot be said inside another one."""
    topic = bare_topic(row.topic).rstrip(".?!…")
    if 0 < len(topic) <= at_once.LONGEST_TOPIC:
        return f"“{topic}”"
    return at_once.in_their_tongue(by, at_once.YOUR_ENQUIRY)
