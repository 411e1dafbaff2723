"""What holds all that leaves by itself: for the team, or in the name of one of us."""

from datetime import datetime, timedelta
from secrets import token_hex

from django.db.models import Q

from followthrough.core.saying import says
from followthrough.ledger.lateness import long_before
from followthrough.ledger.models import Alarm, Member, Sending, Workspace
from followthrough.ledger.outbox.telling import ring_administrators

BY_HAND, CLOCK = "hand", "clock"
# Whoever sees nothing for so long was not there: what was due meanwhile is late.
AWAY = timedelta(minutes=10)
JUMPED = says("The clock went forward at once, so nothing leaves by itself. Say that it is right")


def sending_of(workspace: Workspace) -> Sending:
    found = Sending.objects.filter(workspace=workspace).first()
    if found is None:
        Sending.objects.get_or_create(workspace=workspace, defaults={"installation": token_hex(16)})
        found = Sending.objects.get(workspace=workspace)
    return found


def hold(workspace: Workspace, *, at: datetime, why: str = BY_HAND) -> bool:
    """Nothing leaves by itself from this commit on. False: it was held before."""
    sending_of(workspace)
    rows = Sending.objects.filter(workspace=workspace, held_at=None)
    news = rows.update(held_at=at, held_why=why) == 1
    if news and why == CLOCK:
        ring_administrators(workspace, JUMPED, at=at)
    return news


def let_go_on(workspace: Workspace, *, at: datetime) -> bool:
    """What was due long before is asked about first, where it was held for so long. False: nothing
    was held."""
    rung = Alarm.objects.filter(workspace=workspace, followup=None, what=str(JUMPED), seen_at=None)
    rung.update(seen_at=at)
    rows = Sending.objects.filter(workspace=workspace, held_at__isnull=False)
    long = Q(held_at__lt=long_before(workspace, at)) | Q(held_why=CLOCK)
    rows.filter(long).update(awake_since=at)
    return rows.update(held_at=None, held_why="") == 1


def hold_of(member: Member, *, at: datetime) -> bool:
    rows = Member.objects.filter(pk=member.pk, mails_held_at=None)
    return rows.update(mails_held_at=at) == 1


def let_go_on_of(member: Member, *, at: datetime) -> bool:
    """What was due long before is asked about first, as above; of theirs alone."""
    rows = Member.objects.filter(pk=member.pk, mails_held_at__isnull=False)
    rows.filter(mails_held_at__lt=long_before(member.workspace, at)).update(awake_since=at)
    return rows.update(mails_held_at=None) == 1


def woke(workspace: Workspace, last: datetime | None, *, at: datetime) -> bool:
    """Whether nobody was there for a while before this turn; that is kept where it was long. What
    waited for a mailbox to have room was not late by it."""
    if last is not None and at - last <= AWAY:
        return False
    if last is None or last < long_before(workspace, at):
        ask_anew(workspace, at=at)
    return True


def ask_anew(workspace: Workspace, *, at: datetime) -> None:
    """As though nobody had been there until now: what was due long before waits for a person."""
    sending_of(workspace)
    Sending.objects.filter(workspace=workspace).update(awake_since=at)
