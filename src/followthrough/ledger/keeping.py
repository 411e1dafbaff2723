"""What people decide about a mailbox that is there: it sends again, an address is not ours; and it
leaves with its member."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from followthrough.ledger import mailboxes
from followthrough.ledger.models import Mailbox, Member, Pace, Reading
from followthrough.ledger.models.mailboxes import BY_KEY, PAUSED, REFUSED, WORKS


@dataclass(frozen=True, kw_only=True)
class Stop:
    """What keeps a mailbox from sending, and since when."""

    state: str
    problem: str
    since: datetime | None


def stop_of(mailbox: Mailbox) -> Stop | None:
    """None where nothing does that a person decides: a server that refuses a password is asked
    again by itself, but a service cannot be asked without a mail."""
    decided = mailbox.state == PAUSED or (mailbox.state == REFUSED and mailbox.sign_in == BY_KEY)
    if not decided:
        return None
    return Stop(state=mailbox.state, problem=mailbox.problem, since=mailbox.problem_since)


def let_send(mailbox: Mailbox) -> bool:
    """Whoever looked into what was wrong says so. False: nothing stops it."""
    if stop_of(mailbox) is None:
        return False
    with transaction.atomic():
        Pace.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox).update(
            refused=[], rests_until=None
        )
        return _moved(mailbox, mailbox.state, Stop(state=WORKS, problem="", since=None))


def stop_again(mailbox: Mailbox, stop: Stop) -> bool:
    return _moved(mailbox, WORKS, stop)


def _moved(mailbox: Mailbox, was: str, now: Stop) -> bool:
    rows = Mailbox.objects.filter(workspace=mailbox.workspace_id, pk=mailbox.pk, state=was)
    return rows.update(state=now.state, problem=now.problem, problem_since=now.since) == 1


# --- addresses that its Sent folder writes from ----------------------------------------------


def aliases_of(mailbox: Mailbox) -> list[str]:
    row = Reading.objects.filter(workspace=mailbox.workspace_id, mailbox=mailbox).first()
    return list(row.aliases) if row else []


def disown(mailbox: Mailbox, address: str) -> bool:
    """What comes from there is somebody else's from now on. False: it was not ours."""
    return _rewritten(mailbox, address, ours=False)


def own(mailbox: Mailbox, address: str) -> bool:
    return _rewritten(mailbox, address, ours=True)


def _rewritten(mailbox: Mailbox, address: str, *, ours: bool) -> bool:
    with transaction.atomic():
        rows = Reading.objects.select_for_update()
        row = rows.filter(workspace=mailbox.workspace_id, mailbox=mailbox).first()
        if row is None or address not in (row.not_ours if ours else row.aliases):
            return False
        others = {*row.aliases, *row.not_ours} - {address}
        row.aliases = sorted((others & {*row.aliases}) | ({address} if ours else set()))
        row.not_ours = sorted((others & {*row.not_ours}) | (set() if ours else {address}))
        row.save(update_fields=["aliases", "not_ours"])
        return True


# --- leaving ---------------------------------------------------------------------------------


def leave_with(member: Member, *, to: Member, at: datetime) -> None:
    """Their own go, and a day later nobody can sign in there any more: see mailboxes.let_go.
    Whoever takes over looks after the shared ones."""
    rows = Mailbox.objects.filter(workspace=member.workspace_id, member=member, removed_at=None)
    rows.filter(shared=False).update(removed_at=at, left=True)
    rows.filter(shared=True).update(member=to)


def come_back_with(member: Member) -> None:
    """Those whose password is still there, and whose address nobody connected meanwhile."""
    rows = Mailbox.objects.filter(workspace=member.workspace_id, member=member, left=True)
    for one in rows:
        mailboxes.bring_back(one)
    rows.update(left=False)
