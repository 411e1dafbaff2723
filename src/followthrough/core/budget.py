"""On which day the last of many mails leaves: so many a day, on working days, the oldest first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import heapify, heappop, heappush

from followthrough.core.calendar import DAY, Calendar
from followthrough.core.manners import WAYS, WEEK
from followthrough.core.plans import BEFORE_END, Step
from followthrough.core.touches import Delay, next_touch

NO_WAIT = Delay(n=0, unit="hours")


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What one mailbox may send: `today` so many more, on each later working day `a_day`; and to
    nobody more than `weekly` contacts in seven days."""

    calendar: Calendar
    since: date
    today: int
    a_day: int
    weekly: int = 2

    def room(self, day: date) -> int:
        return self.today if day == self.since else max(1, self.a_day)

    def open_from(self, day: date) -> date:
        return self.calendar.working_day_after(max(day, self.since), 0)

    @cached_property
    def _after(self) -> dict[tuple[date, int, str], date]:
        return {}

    def after(self, day: date, step: Step) -> date:
        """When a step is due whose last one was done on that day. Thousands ask the same."""
        key = (day, step.wait, step.unit)
        if key not in self._after:
            # On which day an offer to each ends, nobody knows here: as though it were at once.
            delay = NO_WAIT if step.unit == BEFORE_END else Delay(n=step.wait, unit=step.unit)
            due = next_touch(self.calendar.day_start(day), delay, [self.calendar])
            self._after[key] = self.calendar.local(due).date()
        return self._after[key]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What one person still hears: the first of the `steps` is due on a day."""

    due: date
    steps: Sequence[Step]


# A day, who comes first on it, which step that is, and when they heard from us.
_Turn = tuple[date, int, int, tuple[date, ...]]


def last_day(budget: Budget, ours: Sequence[Ahead], *, before: Iterable[date] = ()) -> date | None:
    """None where none leaves by itself. What waits already (`before`) goes first where both are
    due. What is no mail takes its time, and nothing of the budget."""
    waiting = [(budget.open_from(due), -1, 0, ()) for due in before]
    first = [(budget.open_from(one.due), n, 0, ()) for n, one in enumerate(ours)]
    turns: list[_Turn] = [*waiting, *first]
    heapify(turns)
    left: Counter[date] = Counter()
    last: date | None = None
    full = budget.since  # before that day no room is left
    while turns:
        day, n, at, heard = heappop(turns)
        step = ours[n].steps[at] if n >= 0 else None
        if step is None or step.by_itself:
            full = day = _first_with_room(budget, left, max(day, full))
            left[day] += 1
            last = day if step else last
        if step and at + 1 < len(ours[n].steps):
            heard = (*heard, day)[-budget.weekly :] if step.how in WAYS else heard
            heappush(
                turns, (_next(budget, step, ours[n].steps[at + 1], day, heard), n, at + 1, heard)
            )
    return last


def _first_with_room(budget: Budget, left: Counter[date], day: date) -> date:
    day = budget.open_from(day)
    while left[day] >= budget.room(day):
        day = budget.open_from(day + DAY)
    return day


def _next(budget: Budget, done: Step, step: Step, day: date, heard: tuple[date, ...]) -> date:
    due = budget.after(day, step)
    if done.by_itself and step.by_itself:
        due = max(due, day + DAY)  # nobody gets two on one day
    if step.how in WAYS and len(heard) == budget.weekly:
        due = max(due, heard[0] + WEEK)
    return budget.open_from(due)
