"""What an absence moves: who gets which of their open promises, and that they come back after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from followthrough.core.matter import PRIVATE
from followthrough.ledger.holding import HELD
from followthrough.ledger.membership import call_back
from followthrough.ledger.models import Fact, FollowUp, Member, Workspace
from followthrough.ledger.place import id_in

CALLS = "call_when_we_said"
MOST = 50


@dataclass(frozen=True, kw_only=True)
class GoesOver:
    """What the stand-in gets for these days: each promised call, and how much there is besides."""

    calls: list[FollowUp]
    others: int


def goes_over(member: Member, first: date, last: date, stand_in: Member | None) -> GoesOver:
    """Before the absence is saved and while it lasts. What is private stays with its member."""
    rows = _due_between(member, first, last).filter(_theirs(member, stand_in))
    rows = rows.exclude(matter__kind=PRIVATE)
    calls = rows.filter(rule=CALLS).select_related("party", "matter").order_by("due", "pk")
    others = rows.exclude(rule__in=(CALLS, "repair_broken_promises"))
    return GoesOver(calls=list(calls[:MOST]), others=others.count())


def _due_between(member: Member, first: date, last: date) -> QuerySet[FollowUp]:
    zone = member.own_zone()
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    return FollowUp.objects.filter(
        workspace=member.workspace_id, settled_at=None, due__gte=start, due__lt=end,
        show_at__lt=HELD,
    )  # fmt: skip


def _theirs(member: Member, stand_in: Member | None) -> Q:
    """Also what has gone over already."""
    owned = Q(matter__owner=member) | Q(party__owner=member)
    return Q(member=member) | (Q(member=stand_in) & owned if stand_in else Q(pk=None))


def promised_by_whom_they_cover(duty: FollowUp, member: Member) -> Member | None:
    """Who gave this word and is away, where it is now this member’s to keep."""
    told = Fact.objects.filter(
        workspace=duty.workspace_id, source=duty.because.partition(".")[0], name=duty.because
    )
    by = [id_in(one) for one in told.values_list("by", flat=True)]
    away = Member.objects.filter(
        workspace=duty.workspace_id, stand_in=member, away_until__isnull=False, pk__in=by
    )
    return away.first()


def end_those_over(workspace: Workspace, *, at: datetime) -> int:
    """Who was away until yesterday has everything back that is still open; how many did."""
    over = list(_over(workspace, at))
    for member in over:
        call_back(member)
    return len(over)


def _over(workspace: Workspace, at: datetime) -> Iterator[Member]:
    away = Member.objects.filter(workspace=workspace, away_until__isnull=False)
    for member in away.select_related("workspace"):
        if member.away_until and member.away_until < at.astimezone(member.own_zone()).date():
            yield member
