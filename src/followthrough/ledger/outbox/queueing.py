"""A mail is queued in the transaction of what it is written for: both are kept, or neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from followthrough.core.saying import says
from followthrough.ledger.addresses import canonical_email
from followthrough.ledger.locks import lock
from followthrough.ledger.mail_heads import thread_named
from followthrough.ledger.models import Address, FollowUp, Mailbox, Member, Message, Party
from followthrough.ledger.models.mailboxes import WORKS
from followthrough.ledger.models.outbox import CONVERSATION, TRANSACTIONAL
from followthrough.ledger.statements import insert_numbered, select
from followthrough.ledger.whole import rows_of

TIME_FOR_UNDO = timedelta(seconds=10)


class CouldNotQueue(Exception):
    """Said to the person as it stands."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A mail as it will leave, byte for byte: what `channels.email.building` makes of a letter."""

    message_id: str
    envelope: str
    reply_token: str
    sender: str
    recipient: str
    subject: str
    words: str
    raw: bytes
    attached: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, kw_only=True)
class For:
    """What it is written for. `key` names it: what is queued twice under one key leaves once.

    `followup` is the one that it does. `automatic`: nobody pressed send. `thread` is the thread of
    the mail that it answers; without one it begins its own. `then` comes true with it.
    """

    key: str
    party: Party
    member: Member
    mailbox: Mailbox
    followup: FollowUp | None = None
    matter: str = ""
    thread: str = ""
    purpose: str = CONVERSATION
    automatic: bool = False
    then: Sequence[dict[str, Any]] = ()


def queue(ready: Ready, what: For, *, at: datetime, not_before: datetime | None = None) -> Message:
    """It leaves at `not_before`, else as soon as there was time for Undo. Queued before under the
    same key: that one."""
    with transaction.atomic():
        _may_be_sent(ready, what, _as_they_are_now(what))
        return _kept(_row(ready, what, at, not_before or at + TIME_FOR_UNDO))


def _as_they_are_now(what: For) -> Party:
    """Locked, so that whoever refuses mail has done so already, or finds this one and stops it.
    What leaves by itself is written under that lock."""
    if what.automatic or what.purpose == TRANSACTIONAL:
        return what.party
    return lock({what.party.pk})[what.party.pk]


def _row(ready: Ready, what: For, at: datetime, not_before: datetime) -> Message:
    followup = what.followup
    return Message(
        workspace_id=what.party.workspace_id, mailbox=what.mailbox, member=what.member,
        party=what.party, followup=followup, did=followup.key if followup else "",
        matter=what.matter or (followup.matter.key if followup else ""),
        thread=what.thread or thread_named(ready.message_id), key=what.key, purpose=what.purpose,
        automatic=what.automatic, message_id=ready.message_id, envelope=ready.envelope,
        reply_token=ready.reply_token, sender=ready.sender, recipient=ready.recipient,
        canonical=canonical_email(ready.recipient),
        domain=ready.recipient.rpartition("@")[2].lower(), subject=ready.subject[:300],
        words=ready.words, raw=ready.raw, attached=list(ready.attached), queued_at=at,
        not_before=not_before, then=list(what.then),
    )  # fmt: skip


def _kept(row: Message) -> Message:
    try:
        with transaction.atomic():
            insert_numbered([row])
    except IntegrityError:
        known = queued_as(row.key, row.workspace_id)
        if known is None:
            raise
        return known
    return row


def queued_as(key: str, workspace: int) -> Message | None:
    """What was written under this key before."""
    return next(iter(rows_of(Message, {"workspace": [workspace], "key": [key]})), None)


def _may_be_sent(ready: Ready, what: For, party: Party) -> None:
    """The guards, said to whoever writes. They hold again when it is claimed and handed over."""
    who = party.name
    if what.mailbox.state != WORKS or what.mailbox.removed_at:
        raise CouldNotQueue(
            says("Nothing can be sent from {address} at the moment.", address=what.mailbox.address)
        )
    if not (what.mailbox.shared or what.mailbox.member_id == what.member.pk):
        raise CouldNotQueue(says("{address} belongs to somebody else.", address=ready.sender))
    if party.forgotten:
        raise CouldNotQueue(says("They asked to be forgotten."))
    if what.purpose != TRANSACTIONAL and {"*", "email"} & set(party.refuses):
        raise CouldNotQueue(says("{who} does not want mail from us.", who=who))
    if _is_dead(party, ready.recipient):
        raise CouldNotQueue(says("Mail to {address} came back.", address=ready.recipient))


def _is_dead(party: Party, address: str) -> bool:
    theirs: dict[str, list[Any]] = {
        "workspace": [party.workspace_id],
        "kind": ["email"],
        "canonical": [canonical_email(address)],
    }
    return any(True for _ in select(Address, ("id",), theirs, "AND dead_by <> ''"))
