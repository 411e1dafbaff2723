"""Working hours, days off and time zones, as data: when a thing may happen, and when it is due."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from math import isfinite
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HORIZON = timedelta(days=400)
LONGEST_WAIT = 4000
DAY = timedelta(days=1)
WEEK = frozenset({1, 2, 3, 4, 5, 6, 7})
MONDAY_TO_FRIDAY = frozenset({1, 2, 3, 4, 5})


class NoSlot(Exception):
    """There is no open moment. `advice` is the sentence to show to a person."""

    def __init__(self, why: str, *, advice: str) -> None:
        super().__init__(why)
        self.advice = advice


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The working hours of a member, a team or a contact. `end` itself is closed."""

    zone: str = "UTC"
    days: frozenset[int] = MONDAY_TO_FRIDAY
    start: time = time(9)
    end: time = time(17)
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        _zone(self.zone)
        if not self.days or not self.days <= WEEK or self.start >= self.end:
            raise NoSlot(
                "the window is empty: refuse when the sequence is saved",
                advice="Pick at least one day, and an end later than the start.",
            )

    def instant(self, wall: datetime) -> datetime:
        # fold=0 is the rule for both edges: a skipped time moves on by the gap,
        # a time that comes twice means the first of the two.
        return wall.replace(tzinfo=_zone(self.zone), fold=0).astimezone(UTC)

    def local(self, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            raise ValueError("An instant carries its zone; this one has none.")
        return instant.astimezone(_zone(self.zone))

    def works_on(self, day: date) -> bool:
        return day.isoweekday() in self.days and day not in self.holidays

    def day_start(self, day: date) -> datetime:
        return self.instant(datetime.combine(day, self.start))

    def day_end(self, day: date) -> datetime:
        return self.instant(datetime.combine(day, self.end))

    def at(self, instant: datetime, clock: time) -> datetime:
        """That clock time on the local day of the instant."""
        return self.instant(datetime.combine(self.local(instant).date(), clock))

    def working_day_before(self, instant: datetime) -> datetime:
        """The opening of the last working day before the instant's own day."""
        day = self.local(instant).date() - DAY
        for _ in range(HORIZON.days):
            if self.works_on(day):
                return self.day_start(day)
            day -= DAY
        raise no_slot()

    def is_open(self, instant: datetime) -> bool:
        day = self.local(instant).date()
        opens, closes = _window(self.zone, day, self.start, self.end)
        return opens <= instant < closes and self.works_on(day)

    def opening(self, instant: datetime) -> datetime:
        """The instant itself when open, else the next opening."""
        day = self.local(instant).date()
        for _ in range(HORIZON.days + 1):
            if self.works_on(day):
                opens, closes = _window(self.zone, day, self.start, self.end)
                if instant < closes and opens < closes:
                    return max(instant, opens).astimezone(UTC)
            day += DAY
        raise no_slot()

    def working_day_after(self, day: date, n: int) -> date:
        """The nth working day after this day; the day itself, or the next that works, for 0."""
        if not 0 <= n <= LONGEST_WAIT:
            raise ValueError(f"Working days are counted from 0 to {LONGEST_WAIT}; not {n}.")
        for _ in range(n):
            day = self._first_working_day(day + DAY)
        return day if n else self._first_working_day(day)

    def working_days_after(self, anchor: datetime, n: int, *, at: time | None = None) -> datetime:
        """A deadline: the same clock time n working days on, or that day at a fixed time."""
        opened = self.local(self.opening(anchor))
        day = self.working_day_after(opened.date(), n)
        if at is None:
            due = self.instant(datetime.combine(day, opened.time()))
            return max(opened.astimezone(UTC), self.opening(due))
        due = self.instant(datetime.combine(day, at))
        if due < anchor:
            due = self.instant(datetime.combine(self.working_day_after(day, 1), at))
        return due

    def working_hours_after(self, anchor: datetime, hours: float) -> datetime:
        if not isfinite(hours) or hours < 0:
            raise ValueError(f"Working hours are counted from 0 upwards; not {hours}.")
        left = timedelta(hours=min(hours, 24 * LONGEST_WAIT))
        moment = self.opening(anchor)
        for _ in range(LONGEST_WAIT):
            day = self.local(moment).date()
            closes = _window(self.zone, day, self.start, self.end)[1]
            if moment + left < closes:
                return moment + left
            left -= closes - moment
            moment = self.opening(closes)
        raise no_slot()

    def working_days_between(self, a: datetime, b: datetime) -> int:
        """How many working days begin after a's day, up to and including b's."""
        first, last = self.local(a).date(), self.local(b).date()
        if last < first:
            return -self.working_days_between(b, a)
        weeks, rest = divmod((last - first).days, 7)
        count = weeks * len(self.days)
        count += sum((last - n * DAY).isoweekday() in self.days for n in range(rest))
        off = self.holidays
        return count - sum(first < day <= last and day.isoweekday() in self.days for day in off)

    def _first_working_day(self, day: date) -> date:
        for _ in range(HORIZON.days + 1):
            if self.works_on(day):
                return day
            day += DAY
        raise no_slot()


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise NoSlot(
            f"there is no time zone {name!r}: refuse when it is saved",
            advice="Pick a time zone from the list, such as Europe/Berlin.",
        ) from unknown


@lru_cache(maxsize=8192)
def _window(zone: str, day: date, start: time, end: time) -> tuple[datetime, datetime]:
    tz = _zone(zone)
    opens, closes = (datetime.combine(day, at, tz).astimezone(UTC) for at in (start, end))
    # A clock change can swallow a window, or the whole day (Apia, 30 December 2011).
    return (opens, closes) if opens.astimezone(tz).date() == day else (closes, closes)


def no_slot() -> NoSlot:
    return NoSlot(
        "no open slot within the horizon: ask a person",
        advice="No common working hour was found in the next 400 days. Pick a time yourself.",
    )
