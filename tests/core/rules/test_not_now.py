"""Not now, and back by itself."""

import pytest
from tests.core.cast import (
    FRIDAY,
    MINUTE,
    MONDAY,
    NEXT_FRIDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    by_rule,
    closed,
    not_now,
    noted,
    only,
    opened,
    planned,
    wrote,
)

LATER = not_now(TUESDAY, until=NEXT_FRIDAY, name="later")


def test_it_comes_back_on_its_day_and_nothing_else_speaks():
    one = only(answered(MONDAY), LATER)

    assert (one.rule, one.due, one.what) == ("not_now", NEXT_FRIDAY, "Ask again")


@pytest.mark.parametrize(
    "after",
    [
        wrote(WEDNESDAY),
        answered(NEXT_FRIDAY),
        planned(WEDNESDAY, due=FRIDAY),
        answered(FRIDAY, did="not_now/roof/later"),
        closed(WEDNESDAY, outcome="lost"),
    ],
)
def test_it_is_silent_once_they_or_we_moved(after):
    assert by_rule("not_now", LATER, after) == []


def test_a_word_of_ours_in_between_leaves_it_standing():
    assert [one.due for one in by_rule("not_now", LATER, answered(FRIDAY))] == [NEXT_FRIDAY]


def test_only_the_latest_notes_come_along():
    notes = [noted(MONDAY + n * MINUTE, name=f"n{n}") for n in range(9)]
    [one] = by_rule("not_now", opened(MONDAY), *notes, LATER)

    assert one.evidence == ("later", "n4", "n5", "n6", "n7", "n8")
