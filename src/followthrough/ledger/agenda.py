"""What stands on which day of a member, as a calendar shows it: hours apart, days summed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from followthrough.core.calendar import Calendar
from followthrough.ledger.holding import HELD
from followthrough.ledger.models import Fact, FollowUp, Member
from followthrough.ledger.notices import A_CALL, A_PLAN
from followthrough.ledger.terms import terms_of
from followthrough.ledger.today import due_rows

A_PROMISE = "keep_promises"
AHEAD = timedelta(days=60)
MOST = 2_000


@dataclass(frozen=True, kw_only=True)
class Timed:
    """`changes` only ever grows: whatever moves it is a fact."""

    followup: FollowUp
    changes: int


@dataclass(frozen=True, kw_only=True)
class Agenda:
    timed: list[Timed]
    days: dict[date, int]  # how many people without an hour; what is late counts today


def agenda_of(member: Member, now: datetime) -> Agenda:
    """Three questions, however much is open."""
    calendar = terms_of(member.workspace).calendar_of(str(member.pk))
    rows = list(_rows(member, now)[:MOST])
    today = calendar.local(now).date()
    timed = [row for row in rows if has_an_hour(row, calendar)]
    hours = {row.pk for row in timed if row.due >= now}
    days = Counter(
        max(calendar.local(row.show_at).date(), today) for row in rows if row.pk not in hours
    )
    changes = _changes({row.party_id for row in timed}, member)
    return Agenda(
        timed=[Timed(followup=row, changes=changes.get(row.party_id, 0)) for row in timed],
        days=dict(sorted(days.items())),
    )


def has_an_hour(row: FollowUp, calendar: Calendar) -> bool:
    """A promised call, a meeting, and what was said for an hour; a day begins or ends with work."""
    if row.rule == A_CALL or row.how == "meeting":
        return True
    of_a_day = calendar.local(row.due).time() in (calendar.start, calendar.end)
    return row.rule in (A_PLAN, A_PROMISE) and not of_a_day


def _rows(member: Member, now: datetime) -> QuerySet[FollowUp]:
    """What says sorry for a call stands for the call, once that has passed."""
    rows = due_rows(member, now, until=now + AHEAD).filter(Q(until=None) | Q(until__gt=now))
    rows = rows.exclude(rule="repair_broken_promises", due__gt=now).filter(show_at__lt=HELD)
    return rows.select_related("party", "matter")


def _changes(parties: set[int], member: Member) -> dict[int, int]:
    told = Fact.objects.filter(workspace=member.workspace_id, party__in=parties)
    counted = told.values("party").annotate(n=Count("pk")).order_by()
    return dict(counted.values_list("party", "n"))
