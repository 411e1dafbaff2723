"""The morning's mail of each member: when it is due, by their own days and their own clock."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from followthrough.core.calendar import Calendar
from followthrough.ledger.models import Member, Notice, Workspace
from followthrough.ledger.models.reminders import MAIL
from followthrough.ledger.notices import mails_go_out
from followthrough.ledger.terms import terms_of

AT_LEAST = timedelta(hours=3)  # so long it is worth sending late, whatever the hour


def write(workspace: Workspace, *, at: datetime) -> int:
    """A row for each morning's mail that is due by now; it is composed when it is sent."""
    if not mails_go_out(workspace):
        return 0
    due = list(_due(workspace, at))
    keys = [notice.key for notice in due]
    known = Notice.objects.filter(workspace=workspace, key__in=keys).values_list("key", flat=True)
    new = [notice for notice in due if notice.key not in set(known)]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _due(workspace: Workspace, at: datetime) -> Iterator[Notice]:
    terms = terms_of(workspace)
    for member in Member.objects.filter(workspace=workspace, active=True, digest=True):
        calendar = terms.calendar_of(str(member.pk))
        day = calendar.local(at).date()
        if not calendar.works_on(day) or member.is_away(on=day):
            continue
        hour = hour_of(member, calendar, day)
        if member.joined_at < hour <= at < _end(hour, calendar, day):
            yield Notice(
                workspace=workspace, member=member, way=MAIL, key=f"morning:{member.pk}:{day}",
                at=hour, try_at=hour,
            )  # fmt: skip


def hour_of(member: Member, calendar: Calendar, day: date) -> datetime:
    """By the clock on their wall, also on the day on which clocks change."""
    return calendar.instant(datetime.combine(day, member.digest_at or calendar.start))


def is_over(notice: Notice, *, at: datetime) -> bool:
    """Yesterday's is of no use today: today's says it all."""
    calendar = terms_of(notice.workspace).calendar_of(str(notice.member_id))
    return at >= _end(notice.at, calendar, calendar.local(notice.at).date())


def _end(hour: datetime, calendar: Calendar, day: date) -> datetime:
    return max(calendar.day_end(day), hour + AT_LEAST)
