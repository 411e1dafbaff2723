"""Mailboxes of a team: connected, read by one worker at a time, and who is told when one fails."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from followthrough.core.saying import Saying, says
from followthrough.ledger import alarms
from followthrough.ledger.credentials import seal_secret
from followthrough.ledger.models import (
    AccessToken,
    Address,
    Alarm,
    Mailbox,
    Member,
    Pace,
    Reading,
    StoredMail,
    Workspace,
)
from followthrough.ledger.models.mailboxes import BY_KEY, PAUSED, REFUSED, WORKS
from followthrough.ledger.models.members import ADMINISTRATOR
from followthrough.ledger.models.reading import ASIDE, WAITING
from followthrough.ledger.names import hashed

LEASE = timedelta(minutes=5)  # the longest that one portion of a slow server may take
EVERY = timedelta(minutes=1)
SLOWEST = timedelta(minutes=10)  # between two tries at a server that does not answer
ONCE_AN_HOUR = timedelta(hours=1)  # a password is not tried more often
LONG = timedelta(hours=1)  # without being read, until somebody is told
KEPT = timedelta(days=1)  # after a mailbox was removed
LONGEST_ALARM = 120
LISTENED_TO = 50  # that one worker hears of at once; the others it looks into in turn
IS_READ = (
    Q(mailbox__removed_at=None)
    & ~Q(mailbox__sign_in=BY_KEY)  # it only sends
    & (Q(mailbox__shared=True) | Q(mailbox__member__active=True))
)
LET_IN_NO_MORE = says("{address} does not let us in any more")
NOT_READ = says("{address} could not be read for an hour")
WAS_REMOVED = says("its mailbox was removed before it was read")
ALREADY_THERE = says("This mailbox is connected already.")


class AlreadyConnected(Exception):
    """Said to the person as it stands."""


def connect(member: Member, secret: str, *, at: datetime, **values: Any) -> Mailbox:
    """A mailbox of theirs; it is read from the next turn of the handle on."""
    mailbox = Mailbox(workspace=member.workspace, member=member, added_at=at, **values)
    mailbox.address = mailbox.address.strip().lower()
    seal_secret(mailbox, secret)
    try:
        with transaction.atomic():
            mailbox.save()
            Reading.objects.create(workspace=member.workspace, mailbox=mailbox)
    except IntegrityError:
        raise AlreadyConnected(ALREADY_THERE) from None
    return mailbox


def change_secret(mailbox: Mailbox, secret: str) -> None:
    """Another password: it is tried at once."""
    seal_secret(mailbox, secret)
    mailbox.state, mailbox.problem, mailbox.problem_since = WORKS, "", None
    mailbox.save(update_fields=["secret", "state", "problem", "problem_since"])
    _of(mailbox).update(try_at=None, told_at=None, failing_since=None)
    Pace.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox).update(rests_until=None)


def give_to(mailbox: Mailbox, member: Member) -> None:
    """Somebody else of the team looks after it: who is new in it is theirs."""
    if member.workspace_id != mailbox.workspace_id:
        raise PermissionError(f"{member} is not of {mailbox.workspace}.")
    mailbox.member = member
    mailbox.save(update_fields=["member"])


def remove(mailbox: Mailbox, *, at: datetime) -> bool:
    """What it told stays. False: somebody removed it already."""
    return _living(mailbox.workspace).filter(pk=mailbox.pk).update(removed_at=at) == 1


def bring_back(mailbox: Mailbox) -> bool:
    """False: it is there, or its address was connected anew, or its password is gone."""
    gone = Mailbox.objects.filter(workspace=mailbox.workspace_id, pk=mailbox.pk)
    try:
        with transaction.atomic():
            return gone.exclude(removed_at=None).exclude(secret="").update(removed_at=None) == 1
    except IntegrityError:
        return False


def let_go(workspace: Workspace, *, at: datetime) -> int:
    """Of mailboxes that were removed a day ago nothing is kept that only reading needs: they are
    not coming back by an Undo."""
    gone = Mailbox.objects.filter(workspace=workspace, removed_at__lte=at - KEPT)
    gone = gone.exclude(secret="")
    unread = StoredMail.objects.filter(workspace=workspace, mailbox__in=gone, state=WAITING)
    unread.update(raw=None, state=ASIDE, reason=str(WAS_REMOVED))
    AccessToken.objects.filter(workspace=workspace, mailbox__in=gone).delete()
    return gone.update(secret="")


def of_member(member: Member) -> QuerySet[Mailbox]:
    """What they may see and change: their own, shared ones where they manage, all where they
    administer."""
    mine = Q(member=member)
    if member.manages:
        mine |= Q(shared=True)
    rows = _living(member.workspace)
    rows = rows if member.administers else rows.filter(mine)
    return rows.select_related("member").order_by("address")


def our_addresses(workspace: Workspace) -> dict[str, str]:
    """Whose each address is that one of us writes from; who left wrote for us all the same."""
    members = Member.objects.filter(workspace=workspace).order_by("pk")
    found = {email.lower(): str(pk) for pk, email in members.values_list("pk", "user__email")}
    readings = Reading.objects.filter(workspace=workspace).select_related("mailbox")
    for reading in readings:
        whose = str(reading.mailbox.member_id)
        for address in (reading.mailbox.address, *reading.aliases):
            found.setdefault(address, whose)
    return found


def theirs_among(workspace: Workspace, addresses: set[str]) -> set[str]:
    """Which of them are those of people on the books, or have written to us."""
    known = Address.objects.filter(workspace=workspace, kind="email", canonical__in=addresses)
    theirs = {hashed(one): one for one in addresses}
    wrote = StoredMail.objects.filter(workspace=workspace, sender__in=list(theirs), ours=False)
    return {
        *known.values_list("canonical", flat=True),
        *(theirs[one] for one in wrote.values_list("sender", flat=True)),
    }


# --- what the worker does ------------------------------------------------------------------


def to_read(workspace: Workspace) -> QuerySet[Reading]:
    """Not those of members who left; shared ones go on."""
    return _readings(workspace).filter(IS_READ).order_by("pk")


def to_think_about(workspace: Workspace) -> QuerySet[Reading]:
    """Those that are read, and those that ended while they were being brought in."""
    half = Q(intake__isnull=False, intake__finished_at=None)
    return _readings(workspace).filter(Q(mailbox__removed_at=None) | half).order_by("pk")


def next_in_turn(ids: Collection[int], *, at: datetime) -> Reading | None:
    """Of these the one that nobody reads and that has waited longest."""
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    due = Q(try_at=None) | Q(try_at__lte=at)
    rows = Reading.objects.filter(IS_READ, free, due, pk__in=ids)
    rows = rows.select_related("mailbox__workspace", "mailbox__member")
    return rows.order_by(F("try_at").asc(nulls_first=True), "pk").first()


def claim(reading: Reading, *, lease: str, at: datetime, hinted: bool = False) -> bool:
    """Whether this worker may look at it now; the row is fresh afterwards. `hinted`: the server
    said that something came, so it need not be due."""
    free = Q(lease=lease) | Q(lease_until=None) | Q(lease_until__lte=at)
    due = Q() if hinted else Q(try_at=None) | Q(try_at__lte=at)
    rows = Reading.objects.filter(free, due, workspace=reading.workspace_id, pk=reading.pk)
    mine = rows.filter(mailbox__removed_at=None).update(lease=lease, lease_until=at + LEASE)
    if mine:
        reading.refresh_from_db()
    return mine == 1


def holds(reading: Reading, *, at: datetime) -> bool:
    """Renews the lease; False where another worker has it by now."""
    mine = Reading.objects.filter(
        workspace=reading.workspace_id, pk=reading.pk, lease=reading.lease
    )
    return mine.update(lease_until=at + LEASE) == 1


def worked(reading: Reading, *, at: datetime) -> None:
    """It was read to its end; whatever was wrong with it is over."""
    if reading.told_at:
        told = (_told_of(reading.mailbox, what) for what in (LET_IN_NO_MORE, NOT_READ))
        alarms.are_over(reading.workspace_id, *told, at=at)
    _of(reading.mailbox).update(
        failing_since=None, told_at=None, try_at=at + EVERY, lease="", lease_until=None
    )
    row = Mailbox.objects.filter(workspace=reading.workspace_id, pk=reading.mailbox_id)
    row.update(read_at=at)
    if reading.failing_since:  # what sending found wrong is not over
        row.exclude(state=PAUSED).update(state=WORKS, problem="", problem_since=None)


def let_others(reading: Reading, *, at: datetime) -> None:
    """Give the lease back: the connection was lost, and whoever comes next looks at once."""
    mine = _of(reading.mailbox).filter(lease__in=("", reading.lease))
    mine.update(try_at=at, lease="", lease_until=None)


def failed(reading: Reading, said: Saying, *, refused: bool, at: datetime) -> None:
    """Somebody is told once: at once where only a person can mend it, else after an hour."""
    since = reading.failing_since or at
    pause = ONCE_AN_HOUR if refused else min(max((at - since) / 2, EVERY), SLOWEST)
    tell = reading.told_at is None and (refused or at - since >= LONG)
    with transaction.atomic():
        _of(reading.mailbox).update(
            failing_since=since, try_at=at + pause, lease="", lease_until=None,
            told_at=at if tell else F("told_at"),
        )  # fmt: skip
        row = Mailbox.objects.filter(workspace=reading.workspace_id, pk=reading.mailbox_id)
        row.exclude(state=PAUSED).update(problem=str(said)[:300], problem_since=since)
        if refused:
            row.exclude(state=PAUSED).update(state=REFUSED)
        if tell:
            _ring(reading.mailbox, LET_IN_NO_MORE if refused else NOT_READ, at)


def _ring(mailbox: Mailbox, what: Saying, at: datetime) -> None:
    """Whose mailbox it is, and the administrators."""
    said = _told_of(mailbox, what)
    whom = Member.objects.filter(
        Q(pk=mailbox.member_id) | Q(role=ADMINISTRATOR), workspace=mailbox.workspace_id, active=True
    )
    rows = [Alarm(workspace_id=mailbox.workspace_id, member=one, at=at, what=said) for one in whom]
    Alarm.objects.bulk_create(rows, ignore_conflicts=True)


def _told_of(mailbox: Mailbox, what: Saying) -> str:
    return str(says(what.template, address=mailbox.address[:70]))[:LONGEST_ALARM]


def _readings(workspace: Workspace) -> QuerySet[Reading]:
    rows = Reading.objects.filter(workspace=workspace)
    return rows.select_related("mailbox__workspace", "mailbox__member", "intake__member")


def _of(mailbox: Mailbox) -> QuerySet[Reading]:
    return Reading.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox)


def _living(workspace: Workspace) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(workspace=workspace, removed_at=None)
