"""What is to be written to somebody becomes a mail that waits: to whom, from where, as an answer.

The one way in which a mail is queued: for whoever presses send, and for plans and answers that go
out by themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, QuerySet, When

from followthrough.channels.email.imprint import below_the_words
from followthrough.channels.email.letter import CannotBeMailed, File, Letter, clean, ready
from followthrough.channels.email.looks import html_of
from followthrough.channels.email.tracking import Sheet, tracked
from followthrough.core.saying import says
from followthrough.ledger import mail_heads
from followthrough.ledger.addresses import canonical_email
from followthrough.ledger.books import family_of
from followthrough.ledger.mail_heads import Head
from followthrough.ledger.models import Address, FollowUp, Mailbox, Member, Message, Party
from followthrough.ledger.models.mailboxes import BY_KEY, WORKS
from followthrough.ledger.models.outbox import CONVERSATION
from followthrough.ledger.outbox.queueing import (
    TIME_FOR_UNDO,
    CouldNotQueue,
    For,
    Ready,
    Touch,
    Written,
    queue,
    queued_as,
)
from followthrough.ledger.reach import addresses_of

ANSWERING = ("re:", "aw:", "sv:", "antw:", "tr:", "rv:")


class CouldNotWrite(Exception):
    """Said to the person as it stands."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is to be written to somebody. Without `to` their first living address; without
    `mailbox` the right sender for them.

    `answers`: it goes into the conversation in which they and we last wrote about the matter,
    under that subject; where there is none, it begins one. `automatic` is "auto-replied" or
    "auto-generated" (RFC 3834), and "" where a person pressed send. `leave` is the address at which
    one press ends such mail (RFC 8058): for plans and mail to many only. `then` comes true with
    it: what it keeps, and the next step (`ledger/outbox/then.py`). `touch`: it is a step of a plan.
    `addresses` are theirs, where they were looked up before.
    """

    party: Party
    member: Member
    subject: str
    text: str
    to: str = ""
    mailbox: Mailbox | None = None
    followup: FollowUp | None = None
    matter: str = ""
    answers: bool = True
    files: Sequence[File] = ()
    automatic: str = ""
    leave: str = ""
    purpose: str = CONVERSATION
    then: Sequence[dict[str, Any]] = ()
    touch: Touch | None = None
    addresses: Sequence[Address] | None = None


def write(draft: Draft, *, key: str, at: datetime, not_before: datetime | None = None) -> Message:
    """Queued, and gone after the time for Undo. What was written under this key before: that one.

    Raises CouldNotWrite, with nothing kept.
    """
    known = queued_as(key, draft.party.workspace_id)
    if known is not None:
        return known
    made = composed(draft, key=key, at=at, not_before=not_before)
    try:
        return queue(made.ready, made.what, at=at, not_before=made.not_before)
    except CouldNotQueue as error:
        raise CouldNotWrite(*error.args) from error


def composed(
    draft: Draft, *, key: str, at: datetime, not_before: datetime | None = None
) -> Written:  # fmt: skip
    """As it will leave, byte for byte, and not queued yet. Raises CouldNotWrite."""
    mailbox = draft.mailbox or sender_for(draft.party, draft.member)
    if mailbox is None:
        raise CouldNotWrite(says("There is no mailbox that you can write from."))
    head = answered_by(draft.party, matter_of(draft)) if draft.answers else None
    try:
        made = _ready(draft, mailbox, head, key, at)
    except CannotBeMailed as error:
        raise CouldNotWrite(*error.args) from error
    what = _for(draft, mailbox, head, key)
    return Written(ready=made, what=what, not_before=not_before or at + TIME_FOR_UNDO)


def sender_for(party: Party, member: Member) -> Mailbox | None:
    """The mailbox that they wrote to last, else the member's own, else a shared one."""
    usable = list(mailboxes_of(member))
    last = mail_heads.last_mailbox(party)
    first = [one for one in usable if last and one.pk == last.pk]
    own = [one for one in usable if one.member_id == member.pk and not one.shared]
    return next(iter([*first, *own, *usable]), None)


def mailboxes_of(member: Member) -> QuerySet[Mailbox]:
    """Those that the member may write from now: their own, and the shared ones. What only sends
    comes last, since answers to it are not seen."""
    rows = Mailbox.objects.filter(
        workspace=member.workspace_id, state=WORKS, removed_at=None
    ).select_related("workspace", "member")
    only_sends = Case(When(sign_in=BY_KEY, then=1), default=0)
    return (rows.filter(member=member) | rows.filter(shared=True)).order_by(only_sends, "pk")


def answered_by(party: Party, matter: str) -> Head | None:
    """The mail that a draft about this matter answers."""
    return mail_heads.last_of(party, matter)


def matter_of(draft: Draft) -> str:
    return draft.matter or (draft.followup.matter.key if draft.followup else "")


def subject_answering(head: Head) -> str:
    subject = clean(head.subject)
    return subject if subject.lower().startswith(ANSWERING) else f"Re: {subject}".strip()


def living_addresses(draft: Draft) -> list[Address]:
    """Mail addresses of theirs that work, as far as anybody knows."""
    known = draft.addresses
    if known is None:
        known = addresses_of([draft.party])[draft.party.pk]
    return [one for one in known if one.kind == "email" and not one.dead_by]


def mail_addresses(party: Party) -> QuerySet[Address]:
    rows = Address.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), kind="email"
    )
    return rows.select_related("person").order_by("pk")


def _ready(
    draft: Draft, mailbox: Mailbox, head: Head | None, key: str, at: datetime
) -> Ready:  # fmt: skip
    """What we keep of it are the words as they were written, wherever their links lead over us."""
    sheet = Sheet(party=draft.party, key=key, matter=matter_of(draft))
    letter = _letter(draft, mailbox, head)
    return replace(ready(tracked(letter, sheet, at=at), at=at), words=letter.text)


def _letter(draft: Draft, mailbox: Mailbox, head: Head | None) -> Letter:
    to, name = _to(draft, head)
    below = below_the_words(mailbox, draft.purpose)
    return Letter(
        sender=mailbox.address, name=mailbox.name or draft.member.name, to=to, to_name=name,
        subject=subject_answering(head) if head else draft.subject, text=draft.text,
        html=html_of(draft.text, below) if mailbox.html else "",
        signature=below, files=draft.files,
        answers=f"<{head.message_id}>" if head else "",
        references=[f"<{one}>" for one in head.references] if head else (),
        automatic=draft.automatic, leave=draft.leave,
    )  # fmt: skip


def _to(draft: Draft, head: Head | None) -> tuple[str, str]:
    """Where they wrote from last, if that works; a name only of whom the address is."""
    living = living_addresses(draft)
    wanted = canonical_email(draft.to or (head.address if head else ""))
    theirs = {canonical_email(one.value): one for one in living}
    found = theirs.get(wanted)
    if draft.to:
        return draft.to, _name(draft.party, found) if found else ""
    found = found or next(iter(living), None)
    if found is None:
        raise CouldNotWrite(says("There is no mail address of {who} here.", who=draft.party.name))
    return found.value, _name(draft.party, found)


def _name(party: Party, address: Address) -> str:
    return address.person.name if address.person else party.name


def _for(draft: Draft, mailbox: Mailbox, head: Head | None, key: str) -> For:
    return For(
        key=key, party=draft.party, member=draft.member, mailbox=mailbox, followup=draft.followup,
        matter=matter_of(draft), thread=head.thread if head else "", purpose=draft.purpose,
        automatic=bool(draft.automatic), then=draft.then, touch=draft.touch,
    )  # fmt: skip
