"""A yes or a no to what was found: on the list, spread over days; or left out, which teaches."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from followthrough.core import facts
from followthrough.core.calendar import Calendar
from followthrough.core.facts import Fact
from followthrough.core.saying import says
from followthrough.ledger import alarms, lessons
from followthrough.ledger.books import family_of
from followthrough.ledger.holding import hold_again, release
from followthrough.ledger.models import (
    Address,
    Detail,
    FollowUp,
    Member,
    Party,
    Person,
    Proposal,
)
from followthrough.ledger.models import Fact as FactRow
from followthrough.ledger.names import hashed
from followthrough.ledger.parties import Known, add_addresses
from followthrough.ledger.proposals import (
    ACCEPTED,
    AWAY,
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
NOT_BUSINESS = ("mistake", says("Not business"))


def accept(proposals: Iterable[Proposal], *, by: Member, at: datetime) -> list[Proposal]:
    """Onto the list, the most urgent first. A word given becomes a promise. Those that it was."""
    with transaction.atomic():
        standing = _locked(proposals, OPEN)
        record_many([_word(one, by, at) for one in standing if _is_word(one)], at=at)
        _release(standing, by, at)
        for one in standing:
            if one.kind in DETAILS:
                one.did = _write_down(one, at)
        against = [one for one in standing if not one.ticked]
        mark(standing, ACCEPTED, by=by, at=at)
        lessons.teach(by.workspace, against, at=at)
    return standing


def dismiss(proposals: Iterable[Proposal], *, by: Member, at: datetime) -> list[Proposal]:
    """Left out: what was held back ends with the reason. Teaches where we had ticked it."""
    with transaction.atomic():
        standing = _locked(proposals, OPEN)
        rows = [one for one in standing if one.followup and not one.followup.settled_at]
        record_many([_ending(one, by, at) for one in rows], at=at)
        against = [one for one in standing if one.ticked and one.kind not in DETAILS]
        mark(standing, DISMISSED, by=by, at=at)
        lessons.teach(by.workspace, against, at=at)
    return standing


def take_back(proposals: Iterable[Proposal], *, by: Member, at: datetime) -> int:
    """Undecided again, with all that the decision had done; how many."""
    with transaction.atomic():
        back = _locked(proposals, ACCEPTED, DISMISSED)
        for one in back:
            undo(one.party, source=source_of(one), by=by, at=at)
            _unwrite(one)
        lessons.teach(by.workspace, [one for one in back if _taught(one)], by=-1, at=at)
        _hold_again(back, at)
        mark(back, OPEN, by=by, at=at)
        return len(back)


def _locked(proposals: Iterable[Proposal], *states: str) -> list[Proposal]:
    """Those that stand so now: pressed twice, or by two, it is decided once."""
    asked = [one.pk for one in proposals]
    rows = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=asked, state__in=states)
    joined = rows.select_related("party__workspace", "followup__matter", "workspace")
    return list(joined.order_by("-rank", "id"))


def _is_word(one: Proposal) -> bool:
    return one.kind in (PROMISED, THEY_PROMISED, AWAY)


def _taught(one: Proposal) -> bool:
    return one.kind not in DETAILS and one.ticked == (one.state == DISMISSED)


def source_of(one: Proposal) -> str:
    """A word taken back and said yes to again is news."""
    stamp = one.decided_at.isoformat() if one.decided_at else ""
    return f"proposal:{one.pk}:{stamp}"


def _word(one: Proposal, by: Member, at: datetime) -> Heard:
    one.decided_at = at
    due = one.due or one.said_at + WITHIN
    how = "call" if one.value == "call" else ""
    fact: Fact = facts.TheyPromised(at=one.said_at, due=due, how=how)
    if one.kind == PROMISED:
        fact = facts.WePromised(at=one.said_at, due=due, how=how, by=str(by.pk))
    elif one.kind == AWAY:
        fact = facts.NotNow(at=at, until=due, by=str(by.pk))
    return Heard(
        party=one.party, source=source_of(one), facts=[fact], words=[(one.sentence[:300], "")]
    )


def _ending(one: Proposal, by: Member, at: datetime) -> Heard:
    """A talk that old mail alone opened is over; of anything else only this follow-up goes."""
    one.decided_at = at
    row = one.followup
    if row is None:
        raise ValueError(says("Only what holds a follow-up back is ended."))
    common: dict[str, Any] = {"at": at, "by": str(by.pk)}
    outcome, reason = NOT_BUSINESS
    fact: Fact = (
        facts.Waived(what=row.key, matter=row.matter.key, **common)
        if _is_more_than_mail(row)
        else facts.Closed(matter=row.matter.key, outcome=outcome, reason=reason, **common)
    )
    return Heard(party=one.party, source=source_of(one), facts=[fact])


# Decisions say nothing of where a matter came from.
DECISIONS = ("Closed", "Waived", "Retracted", "Reopened", "HandedOver", "PutOff")


def _is_more_than_mail(row: FollowUp) -> bool:
    """Whether somebody opened the matter, or dealt with them in another way than by old mail."""
    told = FactRow.objects.filter(
        workspace=row.workspace_id, party__in=family_of(row.party)
    ).exclude(kind__in=DECISIONS)
    return told.filter(Q(matter=row.matter.key) | Q(intake=None)).exists()


def _release(proposals: Sequence[Proposal], by: Member, at: datetime) -> None:
    """Each with the day that its turn comes; what a word obliges to comes with the word."""
    duties = [duty for one in proposals if (duty := _duties(one, at))]
    calendar = terms_of(by.workspace).calendar_of(str(by.pk))
    rows, days = [], []
    for some, day in zip(duties, _days(len(duties), calendar, at), strict=True):
        rows += some
        days += [day] * len(some)
    release(rows, days)


def _duties(one: Proposal, at: datetime) -> list[FollowUp]:
    if one.followup:
        return [one.followup] if one.followup.settled_at is None else []
    if not _is_word(one):
        return []
    name = f"{hashed(source_of(one))}."
    late = FollowUp.objects.filter(
        workspace=one.workspace_id, party__in=family_of(one.party), settled_at=None,
        because__startswith=name, show_at__lte=at,
    )  # fmt: skip
    return list(late)


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


def _write_down(one: Proposal, at: datetime) -> dict[str, list[int]]:
    """The rows that it wrote: only these go when it is taken back."""
    if one.kind == PHONE:
        before = set(_numbers(one).values_list("pk", flat=True))
        add_addresses(one.party, Known(phones=(one.value,)), at=at)
        return {"addresses": sorted(set(_numbers(one).values_list("pk", flat=True)) - before)}
    if one.kind == TITLE:
        blank = _people(one.party).filter(role="")
        people = sorted(blank.values_list("pk", flat=True))
        blank.update(role=one.value[:120])
        return {"people": people}
    told = Detail.objects.create(
        workspace_id=one.workspace_id, party=one.party, kind=PERSONAL, said_at=one.said_at,
        text=one.value[:300], month=one.due.month if one.due else None, by_id=one.member_id,
    )  # fmt: skip
    return {"details": [told.pk]}


def _unwrite(one: Proposal) -> None:
    ours, did = {"workspace": one.workspace_id}, one.did
    Address.objects.filter(**ours, pk__in=did.get("addresses", [])).delete()
    Detail.objects.filter(**ours, pk__in=did.get("details", [])).delete()
    people = Person.objects.filter(**ours, pk__in=did.get("people", []))
    people.filter(role=one.value[:120]).update(role="")
    one.did = {}


def _numbers(one: Proposal) -> QuerySet[Address]:
    return Address.objects.filter(
        workspace=one.workspace_id, party__in=family_of(one.party), kind="phone"
    )


def _people(party: Party) -> Any:
    return Person.objects.filter(workspace=party.workspace_id, party=party)
