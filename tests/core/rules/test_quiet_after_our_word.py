"""Silence after our word."""

import pytest
from tests.core.cast import (
    FRIDAY,
    HOUR,
    MONDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    asked,
    by_rule,
    called,
    closed,
    nine,
    not_now,
    planned,
    promised,
    qualified,
    quoted,
    rang_in_vain,
    rules_of,
    they_promised,
    wrote,
)


def asks(*happened, **given):
    return [(one.what, one.due) for one in by_rule("quiet_after_our_word", *happened, **given)]


ARRIVED = "Call: did it arrive?"


@pytest.mark.parametrize(
    ("happened", "what", "due"),
    [
        ([quoted(MONDAY)], ARRIVED, nine(WEDNESDAY)),
        ([answered(MONDAY)], "Ask again", nine(NEXT_MONDAY)),
        ([wrote(MONDAY), answered(TUESDAY)], "Ask again", nine(NEXT_TUESDAY)),
        ([rang_in_vain(MONDAY), quoted(TUESDAY)], ARRIVED, nine(THURSDAY)),
        ([quoted(MONDAY), wrote(TUESDAY), quoted(WEDNESDAY)], ARRIVED, nine(FRIDAY)),
        (
            [quoted(MONDAY), wrote(TUESDAY), answered(TUESDAY + HOUR)],
            "Ask again",
            nine(NEXT_TUESDAY),
        ),
    ],
)
def test_it_brings_the_ball_back(happened, what, due):
    assert asks(*happened) == [(what, due)]


@pytest.mark.parametrize(
    "after",
    [
        wrote(TUESDAY),
        called(TUESDAY),
        rang_in_vain(TUESDAY),
        planned(TUESDAY, due=FRIDAY),
        not_now(TUESDAY, until=FRIDAY),
        qualified(TUESDAY),
        closed(TUESDAY, outcome="won"),
    ],
)
def test_it_is_silent_where_somebody_moved(after):
    assert asks(quoted(MONDAY), after) == []


@pytest.mark.parametrize(
    "after", [promised(TUESDAY, due=FRIDAY), they_promised(TUESDAY, due=FRIDAY), asked(TUESDAY)]
)
def test_a_word_that_stands_speaks_for_itself(after):
    assert asks(answered(MONDAY), after) == []


def test_a_call_and_a_quote_leave_one_line():
    assert rules_of(rang_in_vain(MONDAY), quoted(TUESDAY)) == ["quiet_after_our_word"]


def test_the_days_are_knobs():
    knobs = {"quiet_after_our_word.quote": 1, "quiet_after_our_word.word": 2}

    assert asks(quoted(MONDAY), knobs=knobs) == [(ARRIVED, nine(TUESDAY))]
    assert asks(answered(MONDAY), knobs=knobs) == [("Ask again", nine(WEDNESDAY))]
