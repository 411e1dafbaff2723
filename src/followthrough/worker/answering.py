"""The letters that leave at once: “it has arrived”. Each enquiry has one, or a reason why not."""

import re
from datetime import datetime

from django.db import transaction

from followthrough.channels.email.letter import CannotBeMailed, Letter, ready
from followthrough.ledger import at_once
from followthrough.ledger.models import Acknowledgement, Connection, Mailbox, Message, Workspace
from followthrough.ledger.models.outbox import TRANSACTIONAL
from followthrough.ledger.outbox.queueing import CouldNotQueue, For, queue

ANSWERS = re.compile(r"^\s*(re|aw|sv|antw|ref|rép|ré)\s*:\s*", re.IGNORECASE)


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
        except (CannotBeMailed, CouldNotQueue) as refused:
            at_once.settle(row, None, refused.args[0])
            return False
        at_once.settle(row, message, "" if message else at_once.NO_MAILBOX)
        return message is not None


def _queued(row: Acknowledgement, now: datetime) -> Message | None:
    by = _by(row)
    sender = at_once.sender_of(by)
    if sender is None:
        return None
    letter = ready(_letter(row, by, sender), at=now)
    what = For(
        key=f"at once:{row.source}", party=row.party, member=at_once.who_writes(by),
        mailbox=sender, purpose=TRANSACTIONAL, automatic=True,
    )  # fmt: skip
    return queue(letter, what, at=now, not_before=now)


def _letter(row: Acknowledgement, by: Connection | Mailbox, sender: Mailbox) -> Letter:
    member = at_once.who_writes(by)
    name, topic = _first_name(row), _topic(row, by)
    told = {"name": name, "topic": topic, "me": member.name}
    about = row.topic or topic
    by_mail = f"Re: {ANSWERS.sub('', about)}"
    said = at_once.filled(at_once.in_their_tongue(by, at_once.SUBJECT), **told)
    return Letter(
        sender=sender.address, name=sender.name or member.name, to=row.to, to_name=row.party.name,
        subject=by_mail if row.answers else said,
        text=at_once.filled(at_once.own_words(by), **told),
        answers=row.answers, automatic="auto-replied",
    )  # fmt: skip


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
    topic = ANSWERS.sub("", row.topic).strip().rstrip(".?!…")
    if 0 < len(topic) <= at_once.LONGEST_TOPIC:
        return f"“{topic}”"
    return at_once.in_their_tongue(by, at_once.YOUR_ENQUIRY)
