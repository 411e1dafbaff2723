"""A yes or a no to what was found: on the list, spread over days; or left out, which teaches."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction

from followthrough.core import facts
from followthrough.core.calendar import Calendar
from followthrough.core.facts import Fact
from followthrough.ledger import alarms, lessons
from followthrough.ledger.holding import HELD, hold_again, release
from followthrough.ledger.models import Address, Detail, FollowUp, Member, Party, Person, Proposal
from followthrough.ledger.parties import Known, add_addresses
from followthrough.ledger.proposals import (
    ACCEPTED,
    DETAILS,
    DISMISSED,
    OPEN,
    PERSONAL,
    PHONE,
    PROMISED,
    THEY_PROMISED,
    TITLE,
    mark,
)
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.terms import terms_of
from followthrough.ledger.undo import undo

OVER_DAYS = 3
AT_ONCE, MOST = 5, 20  # people a day: few need no spreading, and no day gets more
WITHIN = timedelta(days=2)  # a word without a day
NOT_BUSINESS = ("mistake", "Not business")


def accept(proposals: Sequence[Proposal], *, by: Member, at: datetime) -> None:
    """Onto the list, the most urgent first. A word given becomes a promise."""
    with transaction.atomic():
        _release([one.followup for one in proposals if one.followup], by, at)
        record_many([_word(one, by, at) for one in proposals if _is_word(one)], at=at)
        for one in proposals:
            if one.kind in DETAILS:
                _write_down(one, at)
        against = [one for one in proposals if not one.ticked]
        mark(proposals, ACCEPTED, by=by, at=at)
        lessons.teach(by.workspace, against, at=at)


def dismiss(
    proposals: Sequence[Proposal], *, by: Member, at: datetime, teaching: bool = True
) -> None:
    """Left out: what was held back ends with the reason. Teaches where we had ticked it."""
    with transaction.atomic():
        rows = [one for one in proposals if one.followup and not one.followup.settled_at]
        record_many([_ending(one, by, at) for one in rows], at=at)
        against = [one for one in proposals if one.ticked and one.kind not in DETAILS]
        mark(proposals, DISMISSED, by=by, at=at)
        if teaching:
            lessons.teach(by.workspace, against, at=at)


def take_back(proposals: Iterable[Proposal], *, by: Member, at: datetime) -> int:
    """Undecided again, with all that the decision had done; how many."""
    with transaction.atomic():
        back = [one for one in proposals if one.state in (ACCEPTED, DISMISSED)]
        for one in back:
            undo(one.party, source=_source(one), by=by, at=at)
            _unwrite(one)
        lessons.teach(by.workspace, [one for one in back if _taught(one)], by=-1, at=at)
        _hold_again(back, at)
        mark(back, OPEN, by=by, at=at)
        return len(back)


def _is_word(one: Proposal) -> bool:
    return one.kind in (PROMISED, THEY_PROMISED)


def _taught(one: Proposal) -> bool:
    return one.kind not in DETAILS and one.ticked == (one.state == DISMISSED)


def _source(one: Proposal) -> str:
    """A word taken back and said yes to again is news."""
    stamp = one.decided_at.isoformat() if one.decided_at else ""
    return f"proposal:{one.pk}:{stamp}"


def _word(one: Proposal, by: Member, at: datetime) -> Heard:
    one.decided_at = at
    due = one.due or one.said_at + WITHIN
    how = "call" if one.value == "call" else ""
    fact: Fact = (
        facts.WePromised(at=one.said_at, due=due, how=how, by=str(by.pk))
        if one.kind == PROMISED
        else facts.TheyPromised(at=one.said_at, due=due, how=how)
    )
    return Heard(
        party=one.party, source=_source(one), facts=[fact], words=[(one.sentence[:300], "")]
    )


def _ending(one: Proposal, by: Member, at: datetime) -> Heard:
    """A matter that only this mail opened is over; of an older one only this follow-up goes."""
    one.decided_at = at
    row = one.followup
    if row is None:
        raise ValueError("Only what holds a follow-up back is ended.")
    common: dict[str, Any] = {"at": at, "by": str(by.pk)}
    outcome, reason = NOT_BUSINESS
    fact: Fact = (
        facts.Waived(what=row.key, matter=row.matter.key, **common)
        if _is_older(row)
        else facts.Closed(matter=row.matter.key, outcome=outcome, reason=reason, **common)
    )
    return Heard(party=one.party, source=_source(one), facts=[fact])


def _is_older(row: FollowUp) -> bool:
    """Whether the matter owes something beside what was found in it."""
    others = FollowUp.objects.filter(
        workspace=row.workspace_id, matter=row.matter_id, settled_at=None
    )
    return others.exclude(show_at=HELD).exists()


def _release(rows: Sequence[FollowUp], by: Member, at: datetime) -> None:
    calendar = terms_of(by.workspace).calendar_of(str(by.pk))
    standing = [row for row in rows if row.settled_at is None]
    release(standing, _days(len(standing), calendar, at))


def _days(count: int, calendar: Calendar, at: datetime) -> list[datetime]:
    """A day for each: today, whatever day that is, and then working days."""
    daily = min(MOST, max(AT_ONCE, ceil(count / OVER_DAYS)))
    day = calendar.local(at).date()
    found: list[datetime] = []
    while len(found) < count:
        found += [calendar.day_start(day)] * min(daily, count - len(found))
        day = calendar.working_day_after(day, 1)
    return found


def _hold_again(proposals: Iterable[Proposal], at: datetime) -> None:
    """What was settled by the decision stands on the books as a new row of the same name."""
    for one in proposals:
        if one.followup:
            one.followup = _standing(one.followup)
    rows = [one.followup for one in proposals if one.followup]
    hold_again(rows)
    for row in rows:
        alarms.stay_silent(row.workspace, {row.party_id}, since=at, at=at)


def _standing(row: FollowUp) -> FollowUp | None:
    same = FollowUp.objects.filter(
        workspace=row.workspace_id, party=row.party_id, matter=row.matter_id, rule=row.rule,
        occasion=row.occasion, settled_at=None,
    )  # fmt: skip
    return same.first() or row


def _write_down(one: Proposal, at: datetime) -> None:
    if one.kind == PHONE:
        add_addresses(one.party, Known(phones=(one.value,)), at=at)
    elif one.kind == TITLE:
        _people(one.party).filter(role="").update(role=one.value[:120])
    elif one.kind == PERSONAL:
        Detail.objects.create(
            workspace_id=one.workspace_id, party=one.party, kind=PERSONAL, said_at=one.said_at,
            text=one.value[:300], month=one.due.month if one.due else None, by_id=one.member_id,
        )  # fmt: skip


def _unwrite(one: Proposal) -> None:
    if one.state != ACCEPTED:
        return
    if one.kind == PHONE:
        Address.objects.filter(
            workspace=one.workspace_id, party=one.party_id, kind="phone", value=one.value
        ).delete()
    elif one.kind == TITLE:
        _people(one.party).filter(role=one.value[:120]).update(role="")
    elif one.kind == PERSONAL:
        told = Detail.objects.filter(workspace=one.workspace_id, party=one.party_id, kind=PERSONAL)
        told.filter(text=one.value[:300], said_at=one.said_at).delete()


def _people(party: Party) -> Any:
    return Person.objects.filter(workspace=party.workspace_id, party=party)
