"""The next step that one of us chose."""

import pytest
from tests.core.cast import (
    FRIDAY,
    HOUR,
    MONDAY,
    NEXT_FRIDAY,
    NEXT_MONDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    by_rule,
    called,
    called_us,
    closed,
    not_now,
    owed,
    planned,
    qualified,
    rang_in_vain,
    rules_of,
    wrote,
)

from followthrough.core.followups import QUIET, WAITING, WARM

STEP = planned(TUESDAY, due=FRIDAY, how="email", name="step")


@pytest.mark.parametrize(
    ("before", "band"),
    [
        ([], WARM),
        ([answered(MONDAY)], QUIET),
        ([qualified(MONDAY)], WAITING),
        ([wrote(MONDAY), rang_in_vain(MONDAY + HOUR)], WAITING),
    ],
)
def test_it_stands_on_its_day(before, band):
    [one] = by_rule("keep_the_plan", *before, STEP)

    assert (one.due, one.how, one.what, one.band) == (FRIDAY, "email", "Write", band)


@pytest.mark.parametrize(
    "after",
    [
        answered(FRIDAY),
        rang_in_vain(FRIDAY - 3 * HOUR),
        answered(WEDNESDAY, did="keep_the_plan/roof/step"),
        called_us(FRIDAY),
        not_now(WEDNESDAY, until=NEXT_FRIDAY),
        closed(WEDNESDAY, outcome="lost"),
    ],
)
def test_it_is_silent_once_done(after):
    assert by_rule("keep_the_plan", STEP, after) == []


@pytest.mark.parametrize(
    "after", [answered(WEDNESDAY), wrote(WEDNESDAY), called_us(WEDNESDAY, answered=False)]
)
def test_another_word_long_before_leaves_it_standing(after):
    assert [one.due for one in by_rule("keep_the_plan", STEP, after)] == [FRIDAY]


def test_a_missed_call_while_a_plan_stands_is_owed_beside_it():
    assert rules_of(STEP, called_us(WEDNESDAY, answered=False)) == ["answer_them", "keep_the_plan"]


def test_a_new_plan_takes_the_place_of_the_old():
    [one] = by_rule("keep_the_plan", STEP, planned(WEDNESDAY, due=NEXT_MONDAY))

    assert one.due == NEXT_MONDAY


def test_a_call_and_the_plan_made_in_it_may_carry_one_instant():
    [one] = owed(called(MONDAY, name="z"), planned(MONDAY, due=MONDAY + HOUR, name="a"))

    assert one.rule == "keep_the_plan"
