"""The next two weeks of a member: how much stands on which day, and what may be moved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from followthrough.core.calendar import Calendar
from followthrough.core.followups import QUIET, WARM
from followthrough.core.matter import PRIVATE
from followthrough.ledger.calendars import name_of
from followthrough.ledger.hidden import NOT_PRIVATE
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.terms import terms_of
from followthrough.ledger.today import COUNTED

DAYS = 14
SHOWN = 60  # lines of one day
# Says sorry for a promise that stands on the same day: until it is broken it is one and the same.
SORRY = "repair_broken_promises"
CHOSEN = "keep_the_plan"  # the day that a person chose
OURS_TO_MOVE = (QUIET, WARM)
LINE = (
    "how", "what", "said", "band", "rank", "rule", "due", "party__name", "party__company",
    "matter__title", "matter__value", "matter__kind",
)  # fmt: skip
LOOSE = ("pk", "band", "rank", "exact", "rule")


@dataclass(frozen=True, kw_only=True)
class Day:
    """`count` and `calls` stop at 100. `holiday` is its name, `works` whether it is a working
    day, `away` whether the member is."""

    date: date
    count: int = 0
    calls: int = 0
    works: bool = True
    holiday: str = ""
    away: bool = False

    @property
    def free(self) -> bool:
        return self.works and not self.away


def days_of(members: Sequence[Member], now: datetime, viewer: Member) -> dict[int, list[Day]]:
    """Fourteen days for each member, today first with all that waits since before. One question
    for all of them, and each day is counted up to a hundred. What is private counts for its owner
    alone."""
    counted = _counted(members, now, viewer)
    terms = terms_of(members[0].workspace)
    return {
        member.pk: [
            _day(member, terms.calendar_of(str(member.pk)), day, counted[member.pk, day])
            for day in dates(member, now)
        ]
        for member in members
    }


def dates(member: Member, now: datetime) -> list[date]:
    today = now.astimezone(member.own_zone()).date()
    return [today + timedelta(days=n) for n in range(DAYS)]


def _day(member: Member, calendar: Calendar, day: date, hows: Counter[str]) -> Day:
    team = member.workspace
    return Day(
        date=day,
        count=sum(hows.values()),
        calls=hows["call"],
        works=calendar.works_on(day),
        holiday=name_of(day, team.country, team.region),
        away=member.is_away(on=day),
    )


ONE_DAY = """
SELECT %s AS member, %s AS day, how, COUNT(*) FROM (
    SELECT how FROM ledger_followup
     WHERE workspace_id = %s AND member_id = %s AND settled_at IS NULL
       AND show_at >= %s AND show_at < %s AND (until IS NULL OR until > %s)
       AND (rule <> %s OR show_at <= %s) {not_theirs}
     ORDER BY show_at LIMIT %s) AS one GROUP BY how
"""


def _counted(
    members: Sequence[Member], now: datetime, viewer: Member
) -> dict[tuple[int, date], Counter[str]]:
    asked = [(member, day) for member in members for day in dates(member, now)]
    found = {(member.pk, day): Counter[str]() for member, day in asked}
    values: list[Any] = []
    for place, (member, day) in enumerate(asked):
        start, end = span(member, day, now)
        own = (member.workspace_id, member.pk, _at(start), _at(end), _at(max(start, now)))
        values += [member.pk, place, *own, SORRY, _at(now), COUNTED + 1]
    with connection.cursor() as cursor:
        each = [ONE_DAY.format(not_theirs=_not_theirs(member, viewer)) for member, _ in asked]
        cursor.execute(" UNION ALL ".join(each), values)
        for pk, place, how, count in cursor.fetchall():
            found[int(pk), asked[int(place)][1]][how] += count
    return found


def _not_theirs(member: Member, viewer: Member) -> str:
    return "" if member.pk == viewer.pk else NOT_PRIVATE


def _at(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment.astimezone(UTC))


def span(member: Member, day: date, now: datetime) -> tuple[datetime, datetime]:
    """From when to when a row shows that belongs to this day; today holds all from before."""
    zone = member.own_zone()
    start = datetime.combine(day, time(), zone)
    if day <= now.astimezone(zone).date():
        start = datetime(2, 1, 1, tzinfo=UTC)
    return start, datetime.combine(day + timedelta(days=1), time(), zone)


def rows_on(member: Member, day: date, now: datetime, *, most: int = SHOWN) -> list[FollowUp]:
    """What stands on this day, in the order of the day; of very much, what stands there longest.
    That the time is taken by what is private, others see as well: the page says no more of it."""
    rows = _standing(member, day, now)
    ids = list(rows.values_list("pk", flat=True)[:most])
    found = FollowUp.objects.filter(pk__in=ids).select_related("party", "matter").only(*LINE)
    return sorted(found, key=lambda row: (row.band, -row.rank, row.due, row.pk))


def _standing(member: Member, day: date, now: datetime) -> QuerySet[FollowUp]:
    start, end = span(member, day, now)
    rows = FollowUp.objects.filter(
        workspace=member.workspace_id, member=member, settled_at=None,
        show_at__gte=start, show_at__lt=end,
    )  # fmt: skip
    speaks = Q(until=None) | Q(until__gt=max(start, now))
    return rows.filter(speaks).exclude(rule=SORRY, show_at__gt=now).order_by("show_at", "id")


def may_move(row: FollowUp) -> bool:
    """Our own steps may. Our word and an answer that they wait for never move silently."""
    return row.band in OURS_TO_MOVE


def fullest(days: Sequence[Day]) -> Day | None:
    """The day after today that holds the most, where one holds more than its fair share."""
    ahead = [day for day in days[1:] if day.count]
    top = max(ahead, key=lambda day: day.count, default=None)
    works = [day.count for day in days[1:] if day.free]
    fair = sum(works) / len(works) if works else 0
    return top if top and top.count > max(fair * 1.5, 4) else None


def roomy(days: Sequence[Day]) -> Day | None:
    """The working day ahead with the most room; the first of those that are alike."""
    return min((day for day in days[1:] if day.free), key=lambda day: day.count, default=None)


# --- spread by the machine -------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Spreading:
    """What would go where: ids by the new day. `stays` is how many keep theirs."""

    day: date
    to: Mapping[date, list[int]]
    stays: int

    @property
    def moves(self) -> int:
        return sum(map(len, self.to.values()))


def evened(
    member: Member, days: Sequence[Day], day: date, now: datetime, viewer: Member
) -> Spreading:
    """This day and the four working days after it made alike, the least worthy moved first.

    What they asked for, what we promised and the days that a person chose stay where they are.
    """
    ahead = [one for one in days if one.date > day and one.free][:4]
    standing = _standing(member, day, now)
    if member.pk != viewer.pk:
        standing = standing.exclude(matter__kind=PRIVATE)
    rows = list(standing.values_list(*LOOSE)[: COUNTED * 3])
    load, left = {one.date: one.count for one in ahead}, len(rows)
    loose = [row for row in rows if row[1] in OURS_TO_MOVE and not row[3] and row[4] != CHOSEN]
    to: dict[date, list[int]] = {}
    for pk, *_ in sorted(loose, key=lambda row: (-row[1], row[2], -row[0])):
        least = min(load, key=lambda one: load[one], default=day)
        if least == day or load[least] + 1 >= left:
            break
        to.setdefault(least, []).append(pk)
        load[least] += 1
        left -= 1
    return Spreading(day=day, to=dict(sorted(to.items())), stays=left)
