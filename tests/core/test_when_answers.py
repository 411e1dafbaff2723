"""The answers of the date reader when the day will not do as it stands."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.core.monday import on, said

from followthrough.core.calendar import Calendar


@pytest.mark.parametrize(
    ("text", "sentence", "suggested"),
    [
        ("yesterday", "That was Sunday, 22 November 2026 at 09:00.", on(30, 11)),
        ("last friday 3pm", "That was Friday, 20 November 2026 at 15:00.", on(27, 11, 15)),
        ("20 nov", "That was Friday, 20 November 2026 at 09:00.", on(27, 11)),
        ("today 9:00", "That was Monday, 23 November 2026 at 09:00.", on(24, 11)),
        ("2 weeks ago", "That was Monday, 9 November 2026 at 09:00.", on(30, 11)),
        ("1 March 2026", "That was Sunday, 1 March 2026 at 09:00.", on(1, 3, year=2027)),
    ],
)
def test_a_day_gone_by_is_answered_with_one_to_come(text, sentence, suggested):
    reading = said(text)

    assert (reading.kind, reading.due, reading.sentence) == ("past", None, sentence)
    assert [choice.due for choice in reading.choices] == [suggested]


def test_a_day_gone_by_asks_back():
    assert said("last friday").note == "Did you mean Friday, 27 November?"


@pytest.mark.parametrize(
    ("text", "due", "instead"),
    [
        ("saturday", on(28, 11), on(30, 11)),
        ("this weekend", on(28, 11), on(30, 11)),
        ("25 Dec 10:00", on(25, 12, 10), on(28, 12, 10)),
        ("christmas", on(25, 12), on(28, 12)),
        ("in 5 days", on(28, 11), on(30, 11)),
    ],
)
def test_a_day_off_may_be_kept_and_a_working_day_is_offered(text, due, instead):
    reading = said(text)

    assert (reading.kind, reading.due) == ("off_day", due)
    assert reading.choices[0].due == instead
    assert reading.note.startswith("A day off. Monday, ")


@pytest.mark.parametrize("text", ["1 Sept", "after summer", "in 400 days", "in 9999 years"])
def test_a_day_too_far_away_is_answered_with_the_last_that_will_do(text):
    reading = said(text)

    assert (reading.kind, reading.due) == ("too_far", None)
    assert reading.sentence.endswith("is more than 180 days away.")
    assert [choice.label for choice in reading.choices] == ["Friday, 21 May 2027 at 09:00"]


def test_after_summer_is_the_first_of_september():
    assert said("after summer", bound_days=400).due == on(1, 9, year=2027)


def test_nothing_typed_is_met_with_an_example():
    assert (said("  ").kind, said("  ").sentence) == (
        "empty",
        "Say when, and the day appears here.",
    )


@pytest.mark.parametrize(
    "text",
    [
        *("q", "call", "rubbish", "not tomorrow", "before friday", "every monday", "she may ask"),
        *(
            "8 weeks after the fair",
            "25:00 monday",
            "monday 31/2",
            "31st february",
            "13:99",
            "2026-02-30",
            "99999",
        ),
    ],
)
def test_what_cannot_be_read_says_what_to_type(text):
    reading = said(text)

    assert (reading.kind, reading.due) == ("unknown", None)
    assert reading.sentence == "There is no day in that yet."
    assert reading.note.startswith("Try “tomorrow 10:00”")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("today", "today"),
        ("tomorrow", "tomorrow"),
        ("friday", "in 4 working days"),
        ("next week", "in 5 working days"),
    ],
)
def test_the_note_counts_working_days(text, note):
    assert said(text).note == note


def test_the_sentence_is_the_whole_date_on_the_clock_of_the_calendar():
    assert said("1 dec 10am").sentence == "Tuesday, 1 December 2026 at 10:00"


def test_nine_stays_nine_when_the_clocks_change():
    assert said("29 March 2027").due == on(29, 3, year=2027)


def test_in_riyadh_the_week_begins_on_sunday():
    riyadh = Calendar(zone="Asia/Riyadh", days=frozenset({7, 1, 2, 3, 4}))
    thursday = datetime(2026, 11, 26, 10, tzinfo=ZoneInfo("Asia/Riyadh"))

    reading = said("next week", now=thursday, calendar=riyadh)

    assert reading.sentence == "Sunday, 29 November 2026 at 09:00"
