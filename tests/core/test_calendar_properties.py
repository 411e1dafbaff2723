"""What holds for every calendar, in every zone, across every clock change."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.core.calendar import Calendar
from followthrough.core.touches import Delay, next_touch

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Apia",
]
instants = st.datetimes(
    min_value=datetime(2010, 1, 1),  # noqa: DTZ001
    max_value=datetime(2037, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
delays = st.builds(
    Delay, n=st.integers(0, 60), unit=st.sampled_from(["hours", "days", "business_days", "months"])
)


@st.composite
def calendars(draw, *, earliest=0):
    start = draw(st.integers(earliest, 22))
    instant = draw(instants)
    return Calendar(
        zone=draw(st.sampled_from(ZONES)),
        days=draw(st.frozensets(st.integers(1, 7), min_size=1)),
        start=time(start, draw(st.sampled_from([0, 15, 30]))),
        end=time(draw(st.integers(start + 1, 23)), 45),
        holidays=frozenset(
            (instant + timedelta(days=n)).date() for n in draw(st.lists(st.integers(0, 40)))
        ),
    )


@settings(deadline=None)
@given(calendars(), instants, instants)
def test_an_opening_is_open_not_earlier_and_in_order(calendar, one, other):
    first, second = sorted([one, other])

    opening = calendar.opening(first)

    assert calendar.is_open(opening)
    assert opening >= first
    assert calendar.opening(opening) == opening
    assert opening <= calendar.opening(second)


@settings(deadline=None)
@given(calendars(), instants, st.floats(0, 200), st.integers(0, 5000))
def test_working_hours_end_open_and_more_of_them_end_later(calendar, anchor, hours, later):
    due = calendar.working_hours_after(anchor, hours)

    assert calendar.is_open(due)
    assert due >= anchor
    assert due <= calendar.working_hours_after(anchor, hours + 1)
    assert due <= calendar.working_hours_after(anchor + timedelta(minutes=later), hours)


# Clocks change before six: a later anchor inside the skipped hour may fairly end earlier.
@settings(deadline=None)
@given(calendars(earliest=6), instants, st.integers(0, 60), st.integers(0, 5000))
def test_working_days_end_open_and_in_order(calendar, anchor, days, later):
    due = calendar.working_days_after(anchor, days)

    assert calendar.is_open(due)
    assert due >= anchor
    assert due <= calendar.working_days_after(anchor, days + 1)
    assert due <= calendar.working_days_after(anchor + timedelta(minutes=later), days)


@settings(deadline=None)
@given(calendars(), instants, st.integers(0, 60), st.times())
def test_a_fixed_time_is_never_before_its_anchor(calendar, anchor, days, at):
    assert calendar.working_days_after(anchor, days, at=at) >= anchor


@settings(deadline=None)
@given(calendars(), instants, st.integers(0, 900))
def test_working_days_between_are_the_days_one_would_count(calendar, anchor, ahead):
    last = anchor + timedelta(days=ahead)
    day, counted = calendar.local(anchor).date(), 0
    while day < calendar.local(last).date():
        day += timedelta(days=1)
        counted += calendar.works_on(day)

    assert calendar.working_days_between(anchor, last) == counted


@settings(deadline=None)
@given(calendars(), instants, delays, st.none() | st.times(), st.none() | instants)
def test_a_touch_is_open_and_never_early(calendar, anchor, delay, at, not_before):
    touch = next_touch(anchor, delay, [calendar], at=at, not_before=not_before)

    assert calendar.is_open(touch)
    assert touch >= anchor
    assert not_before is None or touch >= not_before


@settings(deadline=None)
@given(instants, st.integers(0, 60), st.integers(0, 5000))
def test_touches_keep_their_order_in_two_zones_at_once(anchor, days, later):
    zones = [Calendar(zone="America/New_York"), Calendar(zone="America/Los_Angeles")]
    delay = Delay(n=days, unit="business_days")

    touch = next_touch(anchor, delay, zones)

    assert all(zone.is_open(touch) for zone in zones)
    assert touch <= next_touch(anchor + timedelta(minutes=later), delay, zones)
