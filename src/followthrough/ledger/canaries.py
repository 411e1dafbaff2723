"""A mail of a mailbox to itself, once a day: it proves that sending and reading work, and tells
nobody's timeline anything."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from followthrough.core.saying import says
from followthrough.ledger.addresses import canonical_email
from followthrough.ledger.models import Attempt, Canary, Mailbox, Message, StoredMail, Workspace
from followthrough.ledger.models.mailboxes import WORKS
from followthrough.ledger.models.outbox import BY_COPY, FAILED, SENT, TRANSACTIONAL
from followthrough.ledger.models.reading import ASIDE, COPY, WAITING
from followthrough.ledger.models.reading import SENT as SENT_FOLDER
from followthrough.ledger.outbox.doubts import it_left
from followthrough.ledger.outbox.queueing import Ready
from followthrough.ledger.wrong import COMES_BACK, UNREAD

DAY = timedelta(hours=23, minutes=50)  # so that it comes at about the same hour
KNOWN_FOR = timedelta(days=5)  # a report about one may come as late
KEPT = timedelta(days=30)
A_TEST = says("a test mail of this mailbox to itself")


def flies(mailbox: Mailbox) -> bool:
    """As was chosen; else where the team shares it: a private inbox is left in peace."""
    return mailbox.shared if mailbox.canary is None else mailbox.canary


def due(workspace: Workspace, *, at: datetime) -> list[Mailbox]:
    """Mailboxes that are read just now, and have not written to themselves for a day."""
    wanted = Q(canary=True) | Q(canary=None, shared=True)
    rows = Mailbox.objects.filter(
        wanted, workspace=workspace, removed_at=None, state=WORKS, member__active=True,
        read_at__gt=at - UNREAD, readings__caught_up_at__isnull=False,
    )  # fmt: skip
    lately = Canary.objects.filter(workspace=workspace, at__gt=at - DAY).values("mailbox")
    return list(rows.exclude(pk__in=lately).select_related("member__workspace").order_by("pk"))


def addresses_of(mailbox: Mailbox, token: str) -> list[tuple[str, bool]]:
    """To where, and whether with a plus: that is tried until it is known."""
    name, _, domain = mailbox.address.rpartition("@")
    plain = [(mailbox.address, False)]
    return plain if mailbox.plus_works is not None else [*plain, (f"{name}+{token}@{domain}", True)]


def send(mailbox: Mailbox, ready: Ready, *, plus: bool, at: datetime) -> bool:
    """Through the outbox, as any other mail. False: another worker was faster."""
    day = f"{at:%Y-%m-%d.%H}"
    row = Message(
        workspace_id=mailbox.workspace_id, mailbox=mailbox, member_id=mailbox.member_id,
        thread=ready.message_id, key=f"canary:{mailbox.pk}:{day}:{int(plus)}",
        purpose=TRANSACTIONAL, message_id=ready.message_id, envelope=ready.envelope,
        sender=ready.sender, recipient=ready.recipient,
        canonical=canonical_email(ready.recipient), subject=ready.subject[:300], raw=ready.raw,
        queued_at=at, not_before=at, told_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            Canary.objects.create(
                workspace_id=mailbox.workspace_id, mailbox=mailbox, message=row,
                token=ready.envelope, plus=plus, at=at,
            )  # fmt: skip
    except IntegrityError:
        return False
    return True


# --- what came back -----------------------------------------------------------------------------


def set_aside(
    mailbox: Mailbox, rows: Sequence[StoredMail], raws: Mapping[int, bytes], *, at: datetime
) -> None:
    """Of these mails that are about to be stored, those that are ours to ourselves or report of
    one: nobody wrote them, and nobody's timeline has them."""
    known = list(_of(mailbox).filter(at__gt=at - KNOWN_FOR)) if rows else []
    for row in rows if known else ():
        raw = raws.get(row.uid, b"")
        here = row.folder.role != SENT_FOLDER and row.state in (WAITING, COPY)
        if here and (one := _in(raw, known)):
            row.state, row.raw, row.reason = ASIDE, None, str(A_TEST)
            became = _came if _is_itself(raw, one) else _lost
            became(one, at=at)


def settle(workspace: Workspace, *, at: datetime) -> int:
    """Those with a plus that did not come although their time is over; and old ones go."""
    late = Canary.objects.filter(
        workspace=workspace, plus=True, came_at=None, lost_at=None,
        message__state__in=(SENT, FAILED), message__ended_at__lte=at - COMES_BACK,
        mailbox__read_at__gte=F("message__ended_at") + COMES_BACK,
    )  # fmt: skip
    some = list(late.select_related("mailbox"))
    for one in some:
        _lost(one, at=at)
    old = Canary.objects.filter(workspace=workspace, at__lt=at - KEPT)
    messages = list(old.values_list("message_id", flat=True))
    old.delete()
    Attempt.objects.filter(workspace=workspace, message__in=messages).delete()
    Message.objects.filter(workspace=workspace, pk__in=messages).delete()
    return len(some)


def _of(mailbox: Mailbox) -> QuerySet[Canary]:
    rows = Canary.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox)
    return rows.select_related("message", "mailbox").defer("message__raw")


def _in(raw: bytes, known: Sequence[Canary]) -> Canary | None:
    return next((one for one in known if one.token.encode() in raw), None)


def _is_itself(raw: bytes, one: Canary) -> bool:
    """A report has it further below."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    return any(
        line.startswith(b"message-id:") and one.token.encode() in line
        for line in head.replace(b"\n ", b" ").replace(b"\n\t", b" ").split(b"\n")
    )


def _came(one: Canary, *, at: datetime) -> None:
    """Whatever came also left."""
    Canary.objects.filter(pk=one.pk, came_at=None).update(came_at=at, lost_at=None)
    it_left(one.message, at=at, evidence=BY_COPY)
    if one.plus:
        Mailbox.objects.filter(pk=one.mailbox_id).update(plus_works=True)


def _lost(one: Canary, *, at: datetime) -> None:
    Canary.objects.filter(pk=one.pk, came_at=None).update(lost_at=at)
    if one.plus:
        Mailbox.objects.filter(pk=one.mailbox_id, plus_works=None).update(plus_works=False)
