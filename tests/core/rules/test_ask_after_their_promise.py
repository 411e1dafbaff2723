"""Their word, asked after the day before and on the day."""

import pytest
from tests.core.cast import (
    FRIDAY,
    HOUR,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    by_rule,
    called_us,
    closed,
    kept,
    nine,
    rang_in_vain,
    released,
    they_promised,
    wrote,
)

WORD = they_promised(MONDAY, due=FRIDAY, name="word")


def asks(*happened, **given):
    return [(one.what, one.due) for one in by_rule("ask_after_their_promise", *happened, **given)]


CURIOUS = ("Ask a curious question", nine(THURSDAY))
ON_THE_DAY = ("Ask how they decided", FRIDAY.replace(hour=16))


def test_it_asks_twice():
    assert asks(WORD) == [CURIOUS, ON_THE_DAY]


def test_there_is_no_day_before_for_a_word_of_today():
    assert asks(they_promised(MONDAY, due=TUESDAY)) == [
        ("Ask how they decided", TUESDAY.replace(hour=16))
    ]


def test_the_curious_question_is_asked_once():
    mail = answered(THURSDAY, did="ask_after_their_promise/roof/word:before")

    assert asks(WORD, mail) == [ON_THE_DAY]


@pytest.mark.parametrize(
    "after",
    [
        wrote(FRIDAY),
        rang_in_vain(FRIDAY),
        answered(WEDNESDAY, did="ask_after_their_promise/roof/word"),
        kept(TUESDAY, promise="word"),
        released(TUESDAY, promise="word"),
        closed(TUESDAY, outcome="lost"),
    ],
)
def test_it_is_silent_once_asked_or_done(after):
    assert asks(WORD, after) == []


def test_a_word_about_something_else_leaves_their_day_standing():
    assert asks(WORD, wrote(TUESDAY), answered(TUESDAY + HOUR)) == [CURIOUS, ON_THE_DAY]


def test_whoever_said_that_they_would_call_and_calls_has_done_it():
    word = they_promised(MONDAY, due=FRIDAY, how="call")

    assert asks(word, called_us(TUESDAY)) == []


def test_the_hour_is_a_knob():
    assert asks(WORD, knobs={"ask_after_their_promise.hour": 9})[1][1] == nine(FRIDAY)
