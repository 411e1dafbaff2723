"""A long list must not bury a day: first touches are spread over days, and nothing else is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet

from followthrough.core.calendar import Calendar
from followthrough.core.rule import Knob, knob
from followthrough.core.saying import says
from followthrough.ledger.models import FollowUp, Workspace
from followthrough.ledger.statements import adapted_moment, update_values
from followthrough.ledger.terms import terms_of

DAILY = Knob(
    default=20,
    unit=says("people"),
    asks=says("After a long list, people new to us per day"),
    least=1,
)
RULE = "first_touch"
# Whom a list brought, or a deal with whom: a name of a fact ends with its kind and ordinal.
FROM_A_LIST = (".Listed.", ".Opened.")
SLICE = 500
WAITING = ("pk", "since", "due", "spread_to", "show_at")


class Waiting(NamedTuple):
    """A first touch that waits for its day: there may be a hundred thousand."""

    pk: int
    since: datetime
    due: datetime
    spread_to: datetime
    show_at: datetime


def park(opened: Iterable[FollowUp], workspace: Workspace, *, at: datetime) -> None:
    """While a list is still coming in, its first touches wait for `spread`. These rows are about
    to be written."""
    tomorrow = None
    for row in opened:
        listed = any(kind in row.because for kind in FROM_A_LIST)
        if row.rule == RULE and listed and row.show_at <= at:
            tomorrow = tomorrow or terms_of(workspace).team.working_days_after(at, 1)
            row.spread_to = row.show_at = tomorrow


def spread(workspace: Workspace, *, at: datetime) -> int:
    """Give every one that waits for a later day its day anew, the worthiest first; how many.

    `due` stays. One that somebody put off keeps the day that they chose.
    """
    waiting: dict[int, list[Waiting]] = defaultdict(list)
    rows = _from_lists(workspace).filter(spread_to__gt=at, show_at=F("spread_to"))
    rows = rows.order_by("-rank", "due", "pk")
    for member, *row in rows.values_list("member", *WAITING).iterator(chunk_size=2_000):
        waiting[member or 0].append(Waiting(*row))
    terms = terms_of(workspace)
    daily = knob(terms, "spread.daily", DAILY)
    for member, some in waiting.items():
        calendar = terms.calendar_of(str(member))
        days = _free_days(calendar, _taken(workspace, member, calendar, at), daily, at)
        _write(_moved(some, map(calendar.day_start, days)))
    return sum(map(len, waiting.values()))


def _moved(waiting: list[Waiting], days: Iterator[datetime]) -> Iterator[tuple[Any, ...]]:
    for row, day in zip(waiting, days, strict=False):
        show_at = max(min(row.since, row.due), day)
        if (row.spread_to, row.show_at) != (day, show_at):
            yield adapted_moment(day), adapted_moment(show_at), row.pk


def _from_lists(workspace: Workspace) -> QuerySet[FollowUp]:
    listed, opened = FROM_A_LIST
    return FollowUp.objects.filter(
        Q(because__contains=listed) | Q(because__contains=opened),
        workspace=workspace, rule=RULE, settled_at=None,
    )  # fmt: skip


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


Before = tuple[int, str, str]  # the row, the day it was spread to ("" for none) and its show_at


def spread_to(days: Mapping[datetime, Sequence[int]], workspace: Workspace) -> list[Before]:
    """These rows show from these moments on; `due` stays. What `unspread` needs to undo it."""
    with transaction.atomic():
        before, moved = [], []
        for day, pks in days.items():
            rows = FollowUp.objects.filter(workspace=workspace, pk__in=pks, settled_at=None)
            for row in rows.select_for_update():
                old = row.spread_to.isoformat() if row.spread_to else ""
                before.append((row.pk, old, row.show_at.isoformat()))
                moved.append((adapted_moment(day), adapted_moment(day), row.pk))
        update_values(FollowUp, ("spread_to", "show_at"), moved)
    return before


def unspread(before: Iterable[Before], workspace: Workspace) -> int:
    """Each back to the day that it stood on; how many still stand."""
    known = {pk: (spread, shown) for pk, spread, shown in before}
    with transaction.atomic():
        rows = FollowUp.objects.filter(workspace=workspace, pk__in=known, settled_at=None)
        back = []
        for row in rows.select_for_update():
            spread, shown = known[row.pk]
            day = adapted_moment(datetime.fromisoformat(spread)) if spread else None
            back.append((day, adapted_moment(datetime.fromisoformat(shown)), row.pk))
        update_values(FollowUp, ("spread_to", "show_at"), back)
    return len(back)


Spread = tuple[int, str]  # the row and the day it was spread to


def chosen_by_hand(rows: Iterable[FollowUp]) -> list[Spread]:
    """A person moves these now: the day they were spread to no longer holds them. What
    `spread_again` needs to undo it."""
    spread = [(row.pk, row.spread_to.isoformat()) for row in rows if row.spread_to]
    FollowUp.objects.filter(pk__in=[pk for pk, _ in spread]).update(spread_to=None)
    return spread


def spread_again(before: Iterable[Spread], workspace: Workspace) -> None:
    """Held by that day as before, unless spread anew since. When each shows, the books say as soon
    as its party is decided."""
    known = dict(before)
    rows = FollowUp.objects.filter(
        workspace=workspace, pk__in=known, settled_at=None, spread_to=None
    )
    back = [(adapted_moment(datetime.fromisoformat(known[row.pk])), row.pk) for row in rows]
    update_values(FollowUp, ("spread_to",), back)


def _write(rows: Iterator[tuple[Any, ...]]) -> None:
    while some := list(islice(rows, SLICE)):
        with transaction.atomic():
            update_values(FollowUp, ("spread_to", "show_at"), some)
