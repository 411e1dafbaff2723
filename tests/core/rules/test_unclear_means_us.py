"""After a talk somebody has to move."""

import pytest
from tests.core.cast import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    answered,
    by_rule,
    called,
    called_us,
    closed,
    met,
    not_now,
    only,
    planned,
    promised,
    qualified,
    rules_of,
    they_promised,
    wrote,
)


@pytest.mark.parametrize(
    ("talk", "why"),
    [
        (called(MONDAY), "You spoke, and nobody said who moves next"),
        (called(MONDAY, ball="us"), "You spoke, and the next move is yours"),
        (met(MONDAY, ball="them"), "They said they would be in touch, and it is quiet"),
        (called_us(MONDAY), "You spoke, and nobody said who moves next"),
        (called(MONDAY, ball="whoever"), "You spoke, and nobody said who moves next"),
    ],
)
def test_we_move_after_three_working_days(talk, why):
    one = only(talk)

    assert (one.rule, one.due, one.why) == ("unclear_means_us", THURSDAY, why)


@pytest.mark.parametrize(
    "after",
    [
        wrote(TUESDAY),
        answered(TUESDAY),
        planned(MONDAY, due=FRIDAY),
        not_now(MONDAY, until=FRIDAY),
        promised(MONDAY, due=FRIDAY),
        they_promised(MONDAY, due=FRIDAY),
        qualified(MONDAY),
        closed(MONDAY, outcome="lost"),
    ],
)
def test_it_is_silent_where_it_is_clear(after):
    assert by_rule("unclear_means_us", called(MONDAY), after) == []


def test_their_word_given_in_the_talk_survives_the_talk():
    """Both carry one instant, and their names are in no helpful order."""
    talk, word = called(MONDAY, name="z"), they_promised(MONDAY, due=FRIDAY, name="a")

    assert rules_of(talk, word) == ["ask_after_their_promise"] * 2


def test_the_wait_is_a_knob():
    assert only(called(MONDAY), knobs={"unclear_means_us.back_up": 1}).due == TUESDAY
