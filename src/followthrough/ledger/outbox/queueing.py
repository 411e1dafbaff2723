"""A mail is queued in the transaction of what it is written for: both are kept, or neither."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
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
    sender: str
    recipient: str
    subject: str
    words: str
    raw: bytes
    attached: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, kw_only=True)
class Touch:
    """Which step of which plan a mail is. `version` is which of two wordings it has, "" where
    there is one; after `not_after` it waits for the next day."""

    plan: str
    place: int
    version: str
    not_after: datetime


@dataclass(frozen=True, kw_only=True)
class For:
    """What it is written for. `key` names it: what is queued twice under one key leaves once.

    `followup` is the one that it does. `automatic`: nobody pressed send. `thread` is the thread of
    the mail that it answers; without one it begins its own. `then` comes true with it. `touch`: it
    is a step of a plan.
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
    touch: Touch | None = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """A mail that may be queued; it leaves from `not_before` on."""

    ready: Ready
    what: For
    not_before: datetime


def queue(ready: Ready, what: For, *, at: datetime, not_before: datetime | None = None) -> Message:
    """It leaves at `not_before`, else as soon as there was time for Undo. Queued before under the
    same key: that one."""
    with transaction.atomic():
        what = replace(what, party=_as_they_are_now(what))
        made = Written(ready=ready, what=what, not_before=not_before or at + TIME_FOR_UNDO)
        [row] = queue_all([made], at=at)
    if isinstance(row, CouldNotQueue):
        raise row
    return row


def queue_all(mails: Sequence[Written], *, at: datetime) -> list[Message | CouldNotQueue]:
    """Each with its row, or with why there is none; in a constant number of statements. Whoever
    they go to is locked by the caller, and as they are now."""
    dead = _dead_among(mails) if mails else set()
    found = [_row(one, at, dead) for one in mails]
    kept = iter(_kept([one for one in found if isinstance(one, Message)]))
    return [one if isinstance(one, CouldNotQueue) else next(kept) for one in found]


def _as_they_are_now(what: For) -> Party:
    """Locked, so that whoever refuses mail has done so already, or finds this one and stops it.
    What leaves by itself is written under that lock."""
    if what.automatic or what.purpose == TRANSACTIONAL:
        return what.party
    return lock({what.party.pk})[what.party.pk]


def _row(mail: Written, at: datetime, dead: Collection[tuple[int, str]]) -> Message | CouldNotQueue:
    try:
        _may_be_sent(mail, dead)
    except CouldNotQueue as why:
        return why
    return _made(mail, at)


def _made(mail: Written, at: datetime) -> Message:
    ready, what = mail.ready, mail.what
    followup = what.followup
    row = Message(
        workspace_id=what.party.workspace_id, mailbox=what.mailbox, member=what.member,
        party=what.party, followup=followup, did=followup.key if followup else "",
        matter=what.matter or (followup.matter.key if followup else ""),
        thread=what.thread or thread_named(ready.message_id), key=what.key, purpose=what.purpose,
        automatic=what.automatic, message_id=ready.message_id, envelope=ready.envelope,
        sender=ready.sender, recipient=ready.recipient,
        canonical=canonical_email(ready.recipient),
        domain=ready.recipient.rpartition("@")[2].lower(), subject=ready.subject[:300],
        words=ready.words, raw=ready.raw, attached=list(ready.attached), queued_at=at,
        not_before=mail.not_before, then=list(what.then),
    )  # fmt: skip
    if touch := what.touch:
        row.plan, row.place, row.version = touch.plan, touch.place, touch.version
        row.not_after = touch.not_after
    return row


def _kept(rows: Sequence[Message]) -> list[Message]:
    """What was queued under one of their keys before stays as it is."""
    try:
        with transaction.atomic():
            insert_numbered(rows)
    except IntegrityError:
        if len(rows) > 1:
            return [kept for row in rows for kept in _kept([row])]
        known = queued_as(rows[0].key, rows[0].workspace_id)
        if known is None:
            raise
        return [known]
    return list(rows)


def queued_as(key: str, workspace: int) -> Message | None:
    """What was written under this key before."""
    return next(iter(rows_of(Message, {"workspace": [workspace], "key": [key]})), None)


def _may_be_sent(mail: Written, dead: Collection[tuple[int, str]]) -> None:
    """The guards, said to whoever writes. They hold again when it is claimed and handed over."""
    ready, what, party = mail.ready, mail.what, mail.what.party
    if what.mailbox.state != WORKS or what.mailbox.removed_at:
        raise CouldNotQueue(
            says("Nothing can be sent from {address} at the moment.", address=what.mailbox.address)
        )
    if not (what.mailbox.shared or what.mailbox.member_id == what.member.pk):
        raise CouldNotQueue(says("{address} belongs to somebody else.", address=ready.sender))
    if party.forgotten:
        raise CouldNotQueue(says("They asked to be forgotten."))
    if what.purpose != TRANSACTIONAL and {"*", "email"} & set(party.refuses):
        raise CouldNotQueue(says("{who} does not want mail from us.", who=party.name))
    if (party.workspace_id, canonical_email(ready.recipient)) in dead:
        raise CouldNotQueue(says("Mail to {address} came back.", address=ready.recipient))


def _dead_among(mails: Sequence[Written]) -> set[tuple[int, str]]:
    """In which workspace which address is dead, whoever has it."""
    asked: dict[str, Collection[Any]] = {
        "workspace": {one.what.party.workspace_id for one in mails},
        "kind": ["email"],
        "canonical": {canonical_email(one.ready.recipient) for one in mails},
    }
    names = ("workspace", "canonical")
    return {(shop, one) for shop, one in select(Address, names, asked, "AND dead_by <> ''")}
