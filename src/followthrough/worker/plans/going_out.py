"""What is due by itself is put into the outbox: within their hours, one a day, never in a burst."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from followthrough.channels.email.writing import (
    CouldNotWrite,
    Draft,
    composed,
    mailboxes_of,
    sender_for,
)
from followthrough.core.facts import StepByHand
from followthrough.core.running import step_in
from followthrough.core.saying import says
from followthrough.core.terms import Terms
from followthrough.ledger import by_itself, heartbeats
from followthrough.ledger.leaving import leave_address
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Address, FollowUp, Mailbox, Member, Workspace
from followthrough.ledger.models.outbox import FAILED, MARKETING
from followthrough.ledger.outbox import switches
from followthrough.ledger.outbox.pace import GAP, LATE
from followthrough.ledger.outbox.queueing import (
    TIME_FOR_UNDO,
    CouldNotQueue,
    Touch,
    Written,
    queue_all,
)
from followthrough.ledger.outbox.stopping import UNDONE
from followthrough.ledger.outbox.telling import ring_for
from followthrough.ledger.reach import addresses_of
from followthrough.ledger.record import record
from followthrough.ledger.terms import terms_of
from followthrough.worker.plans.words import Missing, written_for

STEP = "plans by themselves"  # as the loop and the health page call it
MANY, SLICE = 200, 20  # in a turn, and in a transaction
TRIES = 5  # so often a mail of one step is taken back and written anew


@dataclass(kw_only=True)
class Going:
    """One turn. `spaced` says when the last one from a mailbox leaves; `late` counts for whom."""

    workspace: Workspace
    at: datetime
    terms: Terms
    spaced: dict[int, datetime] = field(default_factory=dict)
    late: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    boxes: dict[int, list[Mailbox]] = field(default_factory=dict)  # by who may write from them
    known: dict[int, list[Address]] = field(default_factory=dict)  # of the people of this slice


def send_steps(workspace: Workspace, now: datetime) -> str:
    """At each turn of the handle; a look first, as there is mostly nothing to do."""
    if not by_itself.anything(workspace, at=now):
        return ""
    last = heartbeats.last(workspace, STEP)
    woke = switches.woke(workspace, last.at if last else None, at=now)
    by_itself.take_back_what_is_otherwise(workspace, at=now)
    by_itself.keep_hours(workspace, at=now)
    going = Going(workspace=workspace, at=now, terms=terms_of(workspace))
    duties = by_itself.due(workspace, at=now, most=MANY)
    for start in range(0, len(duties), SLICE):
        _put_out(going, duties[start : start + SLICE])
    failed = _given_to_people(workspace, now)
    if woke:
        _tell_what_was_late(going)
    said = [f"{len(duties)} written" if duties else "", f"{failed} by hand" if failed else ""]
    return ", ".join(filter(None, said))


def _put_out(going: Going, duties: list[FollowUp]) -> None:
    """The people of a slice are locked, so that nobody decides anew while their mail is written."""
    with transaction.atomic():
        as_they_are = lock({duty.party_id for duty in duties})
        still = set(by_itself.still_due([duty.pk for duty in duties], at=going.at))
        tried = by_itself.taken_back_before(still)
        ours = [duty for duty in duties if duty.pk in still]
        for duty in ours:
            duty.party = as_they_are[duty.party_id]
        going.known = addresses_of({duty.party for duty in ours})
        written = [(duty, _written(going, duty, tried.get(duty.pk, []))) for duty in ours]
        fit = [(duty, mail) for duty, mail in written if mail is not None]
        rows = queue_all([mail for _, mail in fit], at=going.at)
        for (duty, _), row in zip(fit, rows, strict=True):
            if isinstance(row, CouldNotQueue):
                _by_hand(duty, "address", going.at)


def _written(going: Going, duty: FollowUp, before: list[str]) -> Written | None:
    """None where a person does it instead. `before` is why earlier mails of this very step were
    taken back."""
    member = duty.sender
    if member is None:
        return None
    duty.workspace = duty.party.workspace = member.workspace = going.workspace
    if str(UNDONE) in before or len(before) >= TRIES:
        _by_hand(duty, "stopped" if str(UNDONE) in before else "refused", going.at)
        return None
    try:
        return _mail(going, duty, member, len(before))
    except Missing as missing:
        _by_hand(duty, missing.what, going.at)
    except CouldNotWrite:
        _by_hand(duty, "address", going.at)
    return None


def _mail(going: Going, duty: FollowUp, member: Member, tries: int) -> Written:
    mailbox = _mailbox_for(going, duty, member)
    if mailbox is None or mailbox.read_at is None:
        raise Missing("mailbox")  # their answer could not be seen
    words = written_for(duty, member, going.at)
    known = going.known[duty.party_id]
    hours = by_itself.hours_for(duty.party, going.terms, going.at, known)
    opens = max(_in_turn(going, duty, mailbox, hours.opens), duty.opened_at + TIME_FOR_UNDO)
    touch = Touch(
        plan=words.plan.key, place=words.place, version=words.version, not_after=hours.closes
    )
    draft = Draft(
        party=duty.party, member=member, subject=words.subject, text=words.text, mailbox=mailbox,
        followup=duty, automatic="auto-generated", purpose=MARKETING, answers=words.answers,
        leave=leave_address(duty.party), touch=touch, addresses=known,
    )  # fmt: skip
    return composed(draft, key=f"step:{duty.pk}:{tries}", at=going.at, not_before=opens)


def _mailbox_for(going: Going, duty: FollowUp, member: Member) -> Mailbox | None:
    """Where there is but one, nobody need look where they wrote to last."""
    if member.pk not in going.boxes:
        going.boxes[member.pk] = list(mailboxes_of(member))
    boxes = going.boxes[member.pk]
    return next(iter(boxes), None) if len(boxes) < 2 else sender_for(duty.party, member)


def _in_turn(going: Going, duty: FollowUp, mailbox: Mailbox, opens: datetime) -> datetime:
    """What is late leaves one after the other."""
    if opens - duty.due < LATE:
        return opens
    count, since = going.late.get(duty.sender_id or 0, (0, duty.due))
    going.late[duty.sender_id or 0] = (count + 1, min(since, duty.due))
    if mailbox.pk not in going.spaced:
        last = by_itself.last_planned([mailbox]).get(mailbox.pk, opens - GAP)
        going.spaced[mailbox.pk] = last
    going.spaced[mailbox.pk] = max(opens, going.spaced[mailbox.pk] + GAP)
    return going.spaced[mailbox.pk]


# --- what a person does instead ---------------------------------------------------------------


def _by_hand(duty: FollowUp, missing: str, at: datetime) -> None:
    run, step = step_in(duty.occasion)
    fact = StepByHand(at=at, matter=duty.matter.key, run=run, step=step, missing=missing)
    record(duty.party, fact, source=f"by hand:{duty.pk}:{at.isoformat()}", at=at)


def _given_to_people(workspace: Workspace, at: datetime) -> int:
    """A mail that no server took is somebody's to look at, and is not written again."""
    stuck = FollowUp.objects.filter(
        workspace=workspace, settled_at=None, sender__isnull=False, messages__state=FAILED,
        messages__told_at__isnull=False,
    )  # fmt: skip
    found = list(stuck.select_related("party", "matter").distinct())
    for duty in found:
        _by_hand(duty, "refused", at)
    return len(found)


def _tell_what_was_late(going: Going) -> None:
    """Each in whose name something left late hears it once."""
    members = Member.objects.in_bulk(list(going.late))
    for pk, (n, since) in going.late.items():
        hours, minutes = divmod(int((going.at - since).total_seconds()) // 60, 60)
        what = says(
            "Mails of your plans leave late: {n}, by up to {h} h {m} min", n=n, h=hours, m=minutes
        )
        ring_for(members[pk], what, followup=None, at=going.at)
