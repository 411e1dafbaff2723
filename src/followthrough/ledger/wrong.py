"""What is wrong with the machine now: loops that stand still, mailboxes that nothing goes through.

Each is seen from outside of it: by what it left behind and when, never by asking it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from followthrough.core.saying import Saying, says
from followthrough.ledger.models import (
    Canary,
    Checked,
    Fault,
    Heartbeat,
    Mailbox,
    Message,
    Pace,
    Ping,
    Reading,
    Workspace,
)
from followthrough.ledger.models.mailboxes import PAUSED, REFUSED
from followthrough.ledger.models.outbox import FAILED, SENT
from followthrough.ledger.outbox.claiming import waiting_since

# How long each loop may leave no sign of life: several times as long as it takes.
SOON, HOURLY, NIGHTLY = timedelta(minutes=15), timedelta(hours=3), timedelta(hours=26)
AUDIT = "audit"  # what would be dropped has a place of its own on each page
ALIVE = "alarms"  # looks around at every turn: its sign is that of all
LIMITS = {
    "plans": SOON, "alarms": SOON, "reminders": SOON, "mail": SOON, "sending": SOON,
    "answers": SOON, "plans by themselves": SOON, "doubts": SOON, "intakes": SOON,
    "receipts": SOON, "findable": SOON, "terms": SOON,
    "likenesses": SOON, "mail sums": HOURLY, "audit": timedelta(hours=1), "sweep": NIGHTLY,
    "canaries": HOURLY,
}  # fmt: skip
UNREAD, UNSENT = timedelta(minutes=15), timedelta(hours=1)
COMES_BACK = timedelta(minutes=30)  # a mail to itself
AT_ONCE, PATIENTLY, LONG = timedelta(0), timedelta(minutes=10), timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`what` is said while it is so, `over` once it is not. `after`: so long it is watched before
    anybody is alarmed; on the page it stands at once."""

    what: Saying
    over: Saying
    after: timedelta = AT_ONCE


STANDS = Kind(
    what=says("No bell rings and no mail is read: the machine stands still"),
    over=says("The machine runs again"),
)
LOOP = Kind(
    what=says("A part of the machine stands still: {step}"), over=says("All of it runs again")
)
FAILS = Kind(
    what=says("A part of the machine fails: {step}"), over=says("All of it runs again"),
    after=PATIENTLY,
)  # fmt: skip
NOT_READ = Kind(
    what=says("Nothing was read from {address}"),
    over=says("{address} can be read again"),
    after=LONG,
)
NOT_SENT = Kind(
    what=says("Nothing was sent from {address}"), over=says("Mail from {address} is sent again")
)
NOT_BACK = Kind(
    what=says("A test mail of {address} to itself has not come back"),
    over=says("A test mail of {address} to itself came back"),
)
DROPPED = Kind(what=says("Somebody would be dropped"), over=says("Everybody has a next step again"))
NOT_CALLED = Kind(
    what=says("The address outside that should hear that all is well cannot be called"),
    over=says("The address outside is called again"), after=LONG,
)  # fmt: skip
KINDS = {
    "stands": STANDS, "loop": LOOP, "fails": FAILS, "unread": NOT_READ, "unsent": NOT_SENT,
    "canary": NOT_BACK, AUDIT: DROPPED, "ping": NOT_CALLED,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """`told`: an alarm of its own rings for it already. `what` fits into the books."""

    kind: str
    since: datetime
    of: str = ""
    mailbox: Mailbox | None = None
    told: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.of}" if self.of else self.kind

    @property
    def what(self) -> Saying:
        return said(KINDS[self.kind].what, self.mailbox, self.of)


def said(words: Saying, mailbox: Mailbox | None, of: str) -> Saying:
    address = mailbox.address[:60] if mailbox else ""
    return says(words.template, address=address, step=of) if "{" in words.template else words


def wrong_now(workspace: Workspace, *, at: datetime, awake: datetime) -> list[Wrong]:
    """Before `awake` nobody could have done anything: what follows from that is not told again."""
    found = [*_loops(workspace, at)]
    if not any(one.kind == "stands" for one in found):
        found += [*_unread(workspace, at, awake), *_unsent(workspace, at, awake)]
        found += _not_back(workspace, at, awake)
    return [*found, *_dropped(workspace), *_not_called(workspace, at, awake)]


def _loops(workspace: Workspace, at: datetime) -> Iterator[Wrong]:
    beats = Heartbeat.objects.filter(workspace=workspace, name__in=LIMITS)
    known = {beat.name: beat for beat in beats}
    alive = known.get(ALIVE)
    if alive and at - alive.at > SOON:
        yield Wrong(kind="stands", since=alive.at)
        return
    for name, beat in sorted(known.items()):
        if at - beat.at > LIMITS[name]:
            yield Wrong(kind="loop", of=name, since=beat.at)
        elif beat.problem:
            yield Wrong(kind="fails", of=name, since=beat.at)


def _unread(workspace: Workspace, at: datetime, awake: datetime) -> Iterator[Wrong]:
    """One whose first mails are being fetched, or that is being read now, is not."""
    whole = Q(mailbox__shared=True) | Q(mailbox__member__active=True)
    rows = Reading.objects.filter(whole, workspace=workspace, mailbox__removed_at=None)
    rows = rows.exclude(mailbox__imap_host="")  # it only sends
    for row in rows.select_related("mailbox__member").order_by("pk"):
        box = row.mailbox
        since = box.read_at or box.added_at
        busy = row.lease_until and row.lease_until > at and not row.failing_since
        if at - max(since, awake) > UNREAD and not busy:
            told = bool(row.told_at) or box.state == REFUSED
            yield Wrong(kind="unread", of=str(box.pk), mailbox=box, since=since, told=told)


def _unsent(workspace: Workspace, at: datetime, awake: datetime) -> Iterator[Wrong]:
    """Mail waits, and none left for an hour. What we keep back ourselves, what waits for its
    server's patience, or for the next day's budget, does not count."""
    oldest = waiting_since(workspace, before=at - UNSENT, at=at)
    resting = Pace.objects.filter(workspace=workspace, mailbox__in=oldest, rests_until__gt=at)
    rests = set(resting.values_list("mailbox", flat=True))
    for box in Mailbox.objects.filter(pk__in=oldest).select_related("member").order_by("pk"):
        since = max(oldest[box.pk], box.sent_at or oldest[box.pk])
        held = box.state not in (REFUSED, PAUSED) and (box.pk in rests or _is_spent(box, at))
        if at - max(since, awake) > UNSENT and not held:
            told = box.state in (REFUSED, PAUSED)
            yield Wrong(kind="unsent", of=str(box.pk), mailbox=box, since=since, told=told)


def _is_spent(box: Mailbox, at: datetime) -> bool:
    left = Message.objects.filter(
        workspace=box.workspace_id, mailbox=box, handover_at__gt=at - DAY
    ).aggregate(n=Count("pk"))
    return bool(left["n"] >= box.per_day)


def _not_back(workspace: Workspace, at: datetime, awake: datetime) -> Iterator[Wrong]:
    """The last of each mailbox that should be back by now."""
    rows = Canary.objects.filter(
        workspace=workspace, plus=False, mailbox__removed_at=None,
        message__state__in=(SENT, FAILED), message__ended_at__lte=at - COMES_BACK,
    ).select_related("mailbox__member", "message").defer("message__raw")  # fmt: skip
    last = {row.mailbox_id: row for row in rows.filter(at__gt=at - 2 * DAY).order_by("at")}
    for row in last.values():
        since = row.message.ended_at or row.at
        box = row.mailbox
        if row.came_at is None and at - max(since, awake) > COMES_BACK and box.canary is not False:
            yield Wrong(kind="canary", of=str(box.pk), mailbox=box, since=since)


def _dropped(workspace: Workspace) -> Iterator[Wrong]:
    """The audit rings by itself, each time that its number is another."""
    last = Checked.objects.filter(workspace=workspace).order_by("-at").first()
    if last and last.uncovered:
        yield Wrong(kind=AUDIT, since=last.at, told=True)


def _not_called(workspace: Workspace, at: datetime, awake: datetime) -> Iterator[Wrong]:
    row = Ping.objects.filter(workspace=workspace).exclude(address="").exclude(problem="").first()
    if row and row.tried_at:
        late = timedelta(minutes=3 * row.minutes)
        since = row.worked_at or row.tried_at
        if at - max(since, awake) > late or row.worked_at is None:
            yield Wrong(kind="ping", since=since)


# --- and what is over ---------------------------------------------------------------------------


def is_mended(fault: Fault, kind: str) -> bool:
    """Whether it works again. What nobody looks at any more, as its mailbox was removed or its
    address was taken away, ended otherwise."""
    box, since = fault.mailbox, fault.since
    if box and (box.removed_at or not (box.shared or box.member.active)):
        return False
    if kind == "unsent":
        return bool(box and box.sent_at and box.sent_at > since)
    if kind == "canary":
        return Canary.objects.filter(mailbox=box, plus=False, came_at__gt=since).exists()
    if kind == "ping":
        rows = Ping.objects.filter(workspace=fault.workspace_id, worked_at__gt=since)
        return rows.exclude(address="").exists()
    return True
