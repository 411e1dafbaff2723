"""Somebody new hears from us, and somebody known is not greeted as new."""

import pytest
from tests.core.cast import (
    FRIDAY,
    HOUR,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    asked,
    by_rule,
    closed,
    listed,
    met,
    opened,
    owed,
    planned,
    promised,
    qualified,
    rang_in_vain,
    they_promised,
    wrote,
)


def touches(*happened, **given):
    return [(one.what, one.due) for one in by_rule("first_touch", *happened, **given)]


@pytest.mark.parametrize(
    ("happened", "what", "due"),
    [
        ([opened(MONDAY)], "Say hello", TUESDAY),
        ([listed(MONDAY)], "Say hello", TUESDAY),
        ([met(MONDAY, ball="us")], "Write after meeting", THURSDAY),
    ],
)
def test_it_speaks_to_somebody_new(happened, what, due):
    assert touches(*happened) == [(what, due)]


def test_a_list_wakes_nobody_but_an_enquiry_by_hand_does():
    [by_hand] = by_rule("first_touch", opened(MONDAY))
    [by_list] = by_rule("first_touch", listed(MONDAY))

    assert [alarm.at for alarm in by_hand.alarms] == [TUESDAY]
    assert by_list.alarms == ()


@pytest.mark.parametrize(
    "happened",
    [
        [opened(MONDAY), answered(MONDAY + HOUR)],
        [opened(MONDAY), rang_in_vain(MONDAY + HOUR)],
        [opened(MONDAY), wrote(MONDAY + HOUR)],
        [opened(MONDAY), planned(MONDAY, due=FRIDAY)],
        [opened(MONDAY), promised(MONDAY, due=FRIDAY)],
        [opened(MONDAY), they_promised(MONDAY, due=FRIDAY)],
        [opened(MONDAY), asked(MONDAY)],
        [opened(MONDAY), qualified(MONDAY)],
        [opened(MONDAY, kind="supply")],
        [opened(MONDAY, kind="promise")],
        [opened(MONDAY, kind="keep_in_touch")],
        [met(MONDAY, ball="them")],
    ],
)
def test_it_is_silent_where_something_else_speaks(happened):
    assert touches(*happened) == []


def test_a_list_that_names_somebody_we_know_owes_no_hello():
    known = [answered(MONDAY, matter="old"), closed(MONDAY + HOUR, matter="old", outcome="won")]

    assert touches(*known, listed(FRIDAY)) == []
    assert owed(*known, listed(FRIDAY, matter="")) == []


def test_a_new_deal_with_somebody_we_know_is_taken_up():
    known = [answered(MONDAY, matter="old"), closed(MONDAY + HOUR, matter="old", outcome="won")]

    assert touches(*known, opened(THURSDAY)) == [("Take it up with them", FRIDAY)]


def test_the_limits_are_knobs():
    knobs = {"first_touch.after_opening": 2, "first_touch.after_meeting": 1}

    assert touches(opened(MONDAY), knobs=knobs) == [("Say hello", WEDNESDAY)]
    assert touches(met(MONDAY, ball="us"), knobs=knobs) == [("Write after meeting", TUESDAY)]
