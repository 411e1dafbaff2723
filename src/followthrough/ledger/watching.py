"""Faults of the machine: noted when they begin, told once, and told again when they are over."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from followthrough.core.saying import Saying
from followthrough.ledger import alarms, heartbeats
from followthrough.ledger.models import Fault, Mailbox, Member, Workspace
from followthrough.ledger.models.members import ADMINISTRATOR
from followthrough.ledger.outbox.telling import ring_for
from followthrough.ledger.wrong import KINDS, Wrong, is_mended, said, wrong_now

AWAKE, WATCHED = "awake", "watched"  # since when without a gap, and when last
GAP = timedelta(minutes=5)
KEPT = timedelta(days=90)


def look(workspace: Workspace, *, at: datetime, alone: bool = False) -> list[Fault]:
    """What is wrong by now, noted; whoever is concerned is alarmed of what is new and of what is
    over. Two may look at once. `alone`: the loop does not, and so its time is no time awake."""
    awake = at if alone else _awake_since(workspace, at)
    found = {one.key: one for one in wrong_now(workspace, at=at, awake=awake)}
    for fault in _open(workspace):
        if fault.key not in found:
            _end(fault, at)
    known = {fault.key: fault for fault in _open(workspace)}
    for key, one in found.items():
        noted = known.get(key) or _begin(workspace, one, at)
        if noted and noted.told_at is None:
            _tell(noted, one, at)
    return list(_open(workspace))


def concerning(member: Member) -> list[Fault]:
    """What is wrong and theirs to know: of their own mailboxes, and all where they administer."""
    rows = _open(member.workspace)
    if not member.administers:
        rows = rows.filter(mailbox__member=member)
    return list(rows.order_by("since", "pk"))


def discard_old(workspace: Workspace, *, at: datetime) -> int:
    old = Fault.objects.filter(workspace=workspace, over_at__lt=at - KEPT)
    return old.delete()[0]


def _awake_since(workspace: Workspace, at: datetime) -> datetime:
    """After an outage everything gets the time that it needs, before it is called late."""
    last = heartbeats.last(workspace, WATCHED)
    awake = heartbeats.last(workspace, AWAKE)
    if last is None or awake is None or at - last.at > GAP:
        heartbeats.beat(workspace, AWAKE, at=at)
        heartbeats.beat(workspace, WATCHED, at=at)
        return at
    heartbeats.beat(workspace, WATCHED, at=at)
    return awake.at


def _open(workspace: Workspace) -> QuerySet[Fault]:
    rows = Fault.objects.filter(workspace=workspace, over_at=None)
    return rows.select_related("mailbox__member")


def _begin(workspace: Workspace, one: Wrong, at: datetime) -> Fault | None:
    """None: another worker was faster, and tells of it."""
    fault = Fault(
        workspace=workspace, mailbox=one.mailbox, key=one.key, what=str(one.what)[:200],
        since=one.since, told_at=at if one.told else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            fault.save(force_insert=True)
    except IntegrityError:
        return None
    return fault


def _tell(fault: Fault, one: Wrong, at: datetime) -> None:
    if not one.told and at - min(one.since, fault.since) < KINDS[one.kind].after:
        return
    mine = Fault.objects.filter(workspace=fault.workspace_id, pk=fault.pk, told_at=None)
    with transaction.atomic():
        if mine.update(told_at=at) and not one.told:
            _ring(fault, one.what, at)


def _end(fault: Fault, at: datetime) -> None:
    """Whoever was told hears that it is mended; nobody else need know that it was."""
    mine = Fault.objects.filter(workspace=fault.workspace_id, pk=fault.pk, over_at=None)
    kind, _, of = fault.key.partition(":")
    with transaction.atomic():
        if not mine.update(over_at=at) or not fault.told_at:
            return
        alarms.are_over(fault.workspace_id, fault.what, at=at)
        if is_mended(fault, kind):
            _ring(fault, said(KINDS[kind].over, fault.mailbox, of), at)


def _ring(fault: Fault, what: Saying, at: datetime) -> None:
    for member in _whom(fault.workspace_id, fault.mailbox):
        ring_for(member, what, followup=None, at=at)


def _whom(workspace: int, mailbox: Mailbox | None) -> Iterable[Member]:
    """Whose mailbox it is, and who administers."""
    concerned = Q(role=ADMINISTRATOR)
    if mailbox:
        concerned |= Q(pk=mailbox.member_id)
    return Member.objects.filter(concerned, workspace=workspace, active=True).order_by("pk")
