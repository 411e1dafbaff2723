"""What was due so long before we were there again that a person is asked about it first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from followthrough.core.calendar import DAY, HORIZON, Calendar
from followthrough.ledger.models import Member, Sending, Workspace
from followthrough.ledger.terms import terms_of

EVER = datetime(2000, 1, 1, tzinfo=UTC)
LATE_LIMIT = 24  # working hours


@dataclass(frozen=True, kw_only=True)
class Limits:
    """For the whole team, where nobody was there; later for one of us who had held all, or whose
    mailbox did not work. Their answer is none for the others."""

    team: datetime
    own: dict[int, datetime]

    def of(self, member: int | None) -> datetime:
        return self.own.get(member or 0, self.team)

    def too_late(self) -> Q:
        """Among the follow-ups."""
        late = Q(due__lt=self.team)
        for member, limit in self.own.items():
            late |= Q(sender=member, due__lt=limit)
        return late


def limits_of(workspace: Workspace) -> Limits:
    since = (
        Sending.objects.filter(workspace=workspace).values_list("awake_since", flat=True).first()
    )
    own = Member.objects.filter(workspace=workspace, awake_since__gt=since or EVER)
    return Limits(
        team=long_before(workspace, since) if since else EVER,
        own={
            pk: long_before(workspace, at) for pk, at in own.values_list("pk", "awake_since") if at
        },
    )


def ask_about(workspace: Workspace, members: Iterable[int], *, at: datetime) -> None:
    """As though these had not been there until now."""
    if members := set(members):
        Member.objects.filter(workspace=workspace, pk__in=members).update(awake_since=at)


def long_before(workspace: Workspace, moment: datetime) -> datetime:
    return working_hours_before(terms_of(workspace).team, moment, LATE_LIMIT)


def working_hours_before(calendar: Calendar, moment: datetime, hours: int) -> datetime:
    left, day = timedelta(hours=hours), calendar.local(moment).date()
    for _ in range(HORIZON.days):
        opens, closes = calendar.day_start(day), min(calendar.day_end(day), moment)
        if calendar.works_on(day) and closes > opens:
            if closes - opens >= left:
                return closes - left
            left -= closes - opens
        day -= DAY
    return moment - HORIZON
