"""A long list must not bury a day: first touches are spread over days, and nothing else is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from followthrough.core.calendar import Calendar
from followthrough.core.rule import Knob, knob
from followthrough.ledger.models import FollowUp, Workspace
from followthrough.ledger.statements import update
from followthrough.ledger.terms import terms_of

DAILY = Knob(default=20, unit="people", asks="After a long list, people new to us per day", least=1)
RULE = "first_touch"
# Whom a list brought: a name of a fact ends with its kind and ordinal.
FROM_A_LIST = ".Listed."
SLICE = 500


def park(workspace: Workspace, parties: Iterable[int], *, at: datetime) -> int:
    """While a list is still coming in, its first touches wait for `spread`."""
    tomorrow = terms_of(workspace).team.working_days_after(at, 1)
    fresh = _from_lists(workspace).filter(party__in=list(parties), spread_to=None, show_at__lte=at)
    return fresh.update(spread_to=tomorrow, show_at=tomorrow)


def spread(workspace: Workspace, *, at: datetime) -> int:
    """Give every one that waits for a later day its day anew, the worthiest first; how many.

    `due` stays. One that somebody put off keeps the day that they chose.
    """
    rows = _from_lists(workspace).filter(spread_to__gt=at, show_at=F("spread_to"))
    waiting: dict[int, list[FollowUp]] = defaultdict(list)
    for row in rows.order_by("-rank", "due", "pk"):
        waiting[row.member_id or 0].append(row)
    terms = terms_of(workspace)
    daily = knob(terms, "spread.daily", DAILY)
    for member, some in waiting.items():
        calendar = terms.calendar_of(str(member))
        days = _free_days(calendar, _taken(workspace, member, calendar, at), daily, at)
        for row, day in zip(some, days, strict=False):
            row.spread_to = calendar.day_start(day)
            row.show_at = max(min(row.since, row.due), row.spread_to)
        _write(some)
    return sum(map(len, waiting.values()))


def _from_lists(workspace: Workspace) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(
        workspace=workspace, rule=RULE, settled_at=None, because__contains=FROM_A_LIST
    )


def _taken(workspace: Workspace, member: int, calendar: Calendar, at: datetime) -> Counter[date]:
    """How many of today have their day already, done ones too: those were new today as well."""
    today = calendar.local(at).date()
    rows = FollowUp.objects.filter(
        workspace=workspace, member=member, rule=RULE, spread_to__lte=at,
        spread_to__gte=calendar.at(at, calendar.start.min),
    )  # fmt: skip
    return Counter({today: rows.count()})


def _free_days(
    calendar: Calendar, taken: Counter[date], daily: int, at: datetime
) -> Iterator[date]:
    """Days for as many as come, from today on while it is still a working day."""
    day = calendar.working_day_after(calendar.local(calendar.opening(at)).date(), 0)
    while True:
        for _ in range(daily - taken[day]):
            yield day
        day = calendar.working_day_after(day, 1)


def _write(rows: list[FollowUp]) -> None:
    for start in range(0, len(rows), SLICE):
        with transaction.atomic():
            update(rows[start : start + SLICE], ("spread_to", "show_at"))
