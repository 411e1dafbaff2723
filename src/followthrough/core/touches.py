"""When to reach somebody: a wait after the last time, in the hours of all whom it concerns."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from followthrough.core.calendar import DAY, HORIZON, LONGEST_WAIT, Calendar, no_slot


@dataclass(frozen=True, kw_only=True)
class Delay:
    """How long a step waits after the one before it."""

    n: int
    unit: Literal["hours", "days", "business_days", "months"]

    def __post_init__(self) -> None:
        if not 0 <= self.n <= LONGEST_WAIT:
            raise ValueError(f"A wait is between 0 and {LONGEST_WAIT} {self.unit}; not {self.n}.")


def next_touch(
    anchor: datetime,
    delay: Delay,
    calendars: Sequence[Calendar],
    *,
    at: time | None = None,
    not_before: datetime | None = None,
) -> datetime:
    """When to reach somebody: open in every zone they may be in, never before `not_before`.

    Days are counted in the first calendar; the instant is worked out last.
    """
    if not calendars:
        raise no_slot()
    if delay.unit == "hours":
        touch = common_opening(anchor + timedelta(hours=delay.n), calendars)
    else:
        touch = _on_or_after(_day_after(anchor, delay, calendars), anchor, calendars, at)
    if not_before is not None and touch < not_before:
        return common_opening(not_before, calendars)
    return touch


def common_opening(earliest: datetime, calendars: Sequence[Calendar]) -> datetime:
    """The first instant from here on that is open in all of these calendars, on one date.

    Where it is Monday for one and Tuesday for the other, the day is not ours to guess.
    """
    moment = earliest.astimezone(UTC)
    while moment - earliest <= HORIZON:
        later = moment
        for calendar in calendars:
            later = calendar.opening(later)
        if len(calendars) == 1:
            return later
        day = max(calendar.local(later).date() for calendar in calendars)
        later = max(later, *(calendar.day_start(day) for calendar in calendars))
        if later == moment:
            return moment
        moment = later
    raise no_slot()


def months_after(day: date, n: int) -> date:
    """The same day n months on, cut to the month's end. Count from the original anchor."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day_after(anchor: datetime, delay: Delay, calendars: Sequence[Calendar]) -> date:
    day = calendars[0].local(anchor).date()
    if delay.unit == "months":
        return months_after(day, delay.n)
    if delay.unit == "days":
        return day + delay.n * DAY
    counted = 0
    for _ in range(delay.n * 7 + HORIZON.days):
        if counted == delay.n:
            return day
        day += DAY
        counted += all(calendar.works_on(day) for calendar in calendars)
    raise no_slot()


def _on_or_after(
    day: date, anchor: datetime, calendars: Sequence[Calendar], at: time | None
) -> datetime:
    home = calendars[0]
    if at is None or not home.start <= at < home.end:
        return common_opening(max(home.day_start(day), anchor), calendars)
    for ahead in range(HORIZON.days + 1):
        candidate = day + ahead * DAY
        wanted = home.instant(datetime.combine(candidate, at))
        if wanted < anchor or not home.works_on(candidate):
            continue
        touch = common_opening(wanted, calendars)
        if home.local(touch).date() == candidate:
            return touch
    raise no_slot()
