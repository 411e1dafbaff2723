"""Phrases for days, in tokens: each says which days it may mean, the likeliest first."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from followthrough.core.calendar import DAY, Calendar
from followthrough.core.touches import months_after
from followthrough.core.when_days import ahead_of, dated, exactly, last_working, span, this_week

# Two digits behind a month are a year only where they are no hour.
YEAR, NO_DAY = r"\d{4}|2[4-9]|[3-5]\d", r"(?<![no]\d )(?<![no]\d\d )"
UNIT = "(day|week|month|quarter|year|wday)"


@dataclass(frozen=True, kw_only=True)
class Today:
    now: datetime
    calendar: Calendar
    month_first: bool = False
    one_order: bool = False

    @property
    def date(self) -> date:
        return self.now.date()


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One day, or one exact moment. A vague day moves on to the next that works."""

    day: date
    vague: bool = False
    moment: datetime | None = None


Phrase = Callable[[re.Match[str], Today], Iterator[Wish]]
PHRASES: list[tuple[re.Pattern[str], Phrase]] = []


def reads(pattern: str) -> Callable[[Phrase], Phrase]:
    def register(phrase: Phrase) -> Phrase:
        PHRASES.append((re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), phrase))
        return phrase

    return register


def days_in(line: str, today: Today) -> tuple[list[Wish], str, str]:
    """The days that the first fitting phrase means, the phrase, and the line without it."""
    for pattern, phrase in PHRASES:
        found = pattern.search(line)
        wishes = list(phrase(found, today)) if found else []
        if found and wishes:
            # A stone stays in the gap: what stood apart must not be read together.
            return wishes, found[0], f"{line[: found.start()]}? {line[found.end() :]}".strip()
    return [], "", line


@reads(r"d(\d{4})-(\d+)-(\d+)")
def _iso(said: re.Match[str], _today: Today) -> Iterator[Wish]:
    yield from map(_on, exactly(int(said[1]), int(said[2]), int(said[3])))


@reads(r"([sp])(\d+)-(\d+)(?:-(\d+))?")
def _numbers(said: re.Match[str], today: Today) -> Iterator[Wish]:
    first, second, year = int(said[2]), int(said[3]), said[4]
    day_first = dated(first, second, year, today.date)
    month_first = dated(second, first, year, today.date)
    if said[1] == "p" or today.one_order:
        month_first = []
    both = month_first + day_first if today.month_first else day_first + month_first
    yield from map(_on, both)


@reads(rf"(?P<day>[no]\d{{1,2}}) mo(?P<month>\d+)(?: n(?P<year>{YEAR}))?")
@reads(rf"{NO_DAY}mo(?P<month>\d+) (?P<day>[no]\d{{1,2}})(?: n(?P<year>{YEAR}))?")
def _day_and_month(said: re.Match[str], today: Today) -> Iterator[Wish]:
    day, month = int(said["day"][1:]), int(said["month"])
    yield from map(_on, dated(day, month, said["year"], today.date))


@reads(r"(end|start|mid) mo(\d+)(?: n(\d{4}))?")
def _part_of_month(said: re.Match[str], today: Today) -> Iterator[Wish]:
    for day in dated(28, int(said[2]), said[3], today.date):
        yield _part(said[1], span("month", 0, day, today.calendar), today)


@reads(r"(end|start|mid)(?: (?:this|n1))?( next)? (week|month|quarter|year)")
def _part_of_span(said: re.Match[str], today: Today) -> Iterator[Wish]:
    ahead = 1 if said[2] else 0
    for later in (ahead, ahead + 1):
        wish = _part(said[1], span(said[3], later, today.date, today.calendar), today)
        if wish.day >= today.date:
            yield wish
            return


@reads(r"(week|month|quarter|year) after next$")
def _span_after_next(said: re.Match[str], today: Today) -> Iterator[Wish]:
    yield _part("start", span(said[1], 2, today.date, today.calendar), today)


@reads(rf"(?:n(\d+) )?{UNIT} after (.+)")
def _after(said: re.Match[str], today: Today) -> Iterator[Wish]:
    anchors, _said, _rest = days_in(said[3], today)
    for anchor in anchors:
        yield Wish(day=ahead_of(anchor.day, int(said[1] or 1), said[2], today.calendar))


@reads(r"wd(\d) in n(\d+) week")
@reads(r"in n(\d+) week wd(\d)")
def _weekday_in_weeks(said: re.Match[str], today: Today) -> Iterator[Wish]:
    swapped = said[0].startswith("in")
    weekday, weeks = (said[2], said[1]) if swapped else (said[1], said[2])
    yield Wish(day=this_week(int(weekday), today.date, today.calendar) + int(weeks) * 7 * DAY)


@reads(rf"n(\d+) {UNIT} ago")
def _ago(said: re.Match[str], today: Today) -> Iterator[Wish]:
    days = {"day": 1, "wday": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}[said[2]]
    yield Wish(day=today.date - min(int(said[1]) * days, 3650) * DAY)


@reads(rf"(?:in )?n(\d+) {UNIT}(?! after)")
def _in(said: re.Match[str], today: Today) -> Iterator[Wish]:
    yield Wish(day=ahead_of(today.date, int(said[1]), said[2], today.calendar))


@reads(r"(?:in )?n(\d+) (hour|minute|whour)")
def _in_hours(said: re.Match[str], today: Today) -> Iterator[Wish]:
    n = int(said[1])
    if said[2] == "whour":
        moment = today.calendar.working_hours_after(today.now, n)
    else:
        # Added in UTC, where every hour is there and comes once.
        start = today.now.astimezone(UTC)
        moment = start + (timedelta(hours=n) if said[2] == "hour" else timedelta(minutes=n))
    yield Wish(day=today.calendar.local(moment).date(), moment=moment)


@reads(r"(today|tomorrow|overmorrow|yesterday)")
def _near(said: re.Match[str], today: Today) -> Iterator[Wish]:
    away = {"today": 0, "tomorrow": 1, "overmorrow": 2, "yesterday": -1}[said[1]]
    yield Wish(day=today.date + away * DAY)


@reads(r"wd(\d) next week|next week wd(\d)")
def _weekday_next_week(said: re.Match[str], today: Today) -> Iterator[Wish]:
    yield Wish(day=this_week(int(said[1] or said[2]), today.date, today.calendar) + 7 * DAY)


@reads(r"(next|this|last) wd(\d)")
def _next_weekday(said: re.Match[str], today: Today) -> Iterator[Wish]:
    day = this_week(int(said[2]), today.date, today.calendar)
    if said[1] == "last":
        yield Wish(day=day if day < today.date else day - 7 * DAY)
    elif said[1] == "this":
        yield Wish(day=day)
    else:
        yield Wish(day=day + 7 * DAY)
        if day > today.date:
            yield Wish(day=day)


@reads(r"wd(\d)( week)?")
def _weekday(said: re.Match[str], today: Today) -> Iterator[Wish]:
    days = (int(said[1]) - today.date.isoweekday()) % 7
    if said[2]:
        yield Wish(day=today.date + ((days or 7) + 7) * DAY)
        return
    yield Wish(day=today.date + days * DAY)
    if days == 0:
        yield Wish(day=today.date + 7 * DAY)


@reads(r"(next|this|last) (week|month|quarter|year)")
def _span_itself(said: re.Match[str], today: Today) -> Iterator[Wish]:
    ahead = {"next": 1, "this": 0, "last": -1}[said[1]]
    which = "start" if ahead else "end"
    yield _part(which, span(said[2], ahead, today.date, today.calendar), today)


@reads(r"([ve])(\d+)-(\d+)")
def _season(said: re.Match[str], today: Today) -> Iterator[Wish]:
    for year in (today.date.year, today.date.year + 1):
        day = date(year, int(said[2]), int(said[3]))
        if day >= today.date:
            yield Wish(day=day, vague=said[1] == "v")
            return


# A month alone counts only where it cannot be a verb or a name: "may", "march", "june".
@reads(r"(?:^|in |next |this )mo(\d+)(?: n(\d{4}))?")
def _month(said: re.Match[str], today: Today) -> Iterator[Wish]:
    for late in dated(28, int(said[1]), said[2], today.date):
        first = late.replace(day=1)
        yield Wish(day=max(first, today.date) if late >= today.date else first, vague=True)


@reads(r"(?<!mo\d )(?<!mo\d\d )o(\d+)(?! mo\d)")
def _nth(said: re.Match[str], today: Today) -> Iterator[Wish]:
    n, first = int(said[1]), today.date.replace(day=1)
    for ahead in range(3):
        month = months_after(first, ahead)
        for day in exactly(month.year, month.month, n):
            if day >= today.date:
                yield Wish(day=day)
                return


def _on(day: date) -> Wish:
    return Wish(day=day)


def _part(which: str, within: tuple[date, date], today: Today) -> Wish:
    first, last = within
    if which == "end":
        return Wish(day=last_working(first, last, today.calendar))
    half = (last - first).days - 1
    return Wish(day=first + half // 2 * DAY if which == "mid" else first, vague=True)
