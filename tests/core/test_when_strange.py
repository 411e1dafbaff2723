"""No text is too strange for the date reader, and none keeps it busy."""

import time as stopwatch
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.monday import BERLIN, BOBS, said

from followthrough.core.calendar import Calendar
from followthrough.core.when_words import LANGUAGES


def test_always_closed_is_no_reason_to_fall_over():
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(1500))
    shut = Calendar(zone="UTC", holidays=closed)

    assert said("in 3 working days", calendar=shut).kind == "unknown"
    assert said("tomorrow", calendar=shut).kind == "off_day"


vocabulary = sorted({word for one in LANGUAGES.values() for word in (*one.words, *one.verbs)})
pieces = st.one_of(
    st.sampled_from([*vocabulary, "10:00", "3pm", "3/4", "31.12.", "2026-12-01", "12th", "9999"]),
    st.integers(0, 99999).map(str),
    st.text(max_size=5),
)


@settings(deadline=None)
@given(
    st.text(max_size=250) | st.lists(pieces, max_size=30).map(" ".join),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(BERLIN)),  # noqa: DTZ001
    st.sampled_from(["en", "en-US", "de", "fr", "es"]),
    st.sampled_from([BOBS, Calendar(zone="Pacific/Apia", start=time(0), end=time(23, 59))]),
)
def test_no_text_is_too_strange_and_no_answer_is_out_of_bounds(text, now, language, calendar):
    reading = said(text, now=now, language=language, calendar=calendar)

    assert reading.sentence
    assert (reading.due is not None) == (reading.kind in {"understood", "off_day"})
    assert reading.due is None or now <= reading.due <= now + timedelta(days=180)
    assert all(choice.due >= now for choice in reading.choices)


@pytest.mark.parametrize(
    "text",
    [
        *("tomorrow " * 12_000, "9" * 100_000, " " * 100_000, "1w after " * 22, "( [ \\ " * 30),
        *("9999 quarters after " * 9 + "tomorrow", "1y after " * 20 + "mon", "\ud800\x00" * 50),
    ],
)
def test_long_and_nested_texts_are_answered_at_once(text):
    started = stopwatch.perf_counter()

    reading = said(text)

    assert reading.kind in {"empty", "unknown", "too_far"}
    assert stopwatch.perf_counter() - started < 0.5
