"""Calls in vain: again, and then another way."""

import pytest
from tests.core.cast import (
    DAY,
    FRIDAY,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    by_rule,
    called,
    called_us,
    closed,
    planned,
    quoted,
    rang_in_vain,
    wrote,
)


def calls(n):
    return [rang_in_vain(MONDAY + k * 7 * DAY) for k in range(n)]


def hows(n_texts, **given):
    three = calls(3)
    rest = [answered(three[-1].at + (k + 1) * 14 * DAY) for k in range(n_texts)]
    [one] = by_rule("they_owe_us_a_call", *three, *rest, **given)
    return one.how


def test_a_call_in_vain_is_tried_again_in_two_working_days():
    [one] = by_rule("they_owe_us_a_call", rang_in_vain(MONDAY))

    assert (one.due, one.how, one.what) == (WEDNESDAY, "call", "Try again")
    assert one.why == "You rang and nobody answered"


def test_a_message_left_is_not_an_answer():
    assert len(by_rule("they_owe_us_a_call", called(MONDAY, outcome="message"))) == 1


@pytest.mark.parametrize(
    ("reaches", "ways"),
    [
        ({"call", "sms", "email"}, ["sms", "card", "email", "call"]),
        ({"call", "email"}, ["email", "card", "call", "email"]),
        ({"call"}, ["card", "call", "card", "call"]),
    ],
)
def test_after_the_third_another_way_and_then_the_next(reaches, ways):
    assert [hows(n, reaches=frozenset(reaches)) for n in range(4)] == ways


def test_each_try_starts_the_wait_anew():
    [one] = by_rule("they_owe_us_a_call", *calls(3), answered(MONDAY + 16 * DAY, channel="sms"))

    assert one.due == MONDAY + 18 * DAY


@pytest.mark.parametrize(
    "after",
    [
        called(TUESDAY),
        called_us(TUESDAY),
        called_us(TUESDAY, answered=False),
        wrote(TUESDAY),
        planned(TUESDAY, due=FRIDAY),
        quoted(TUESDAY),
        closed(TUESDAY, outcome="lost"),
    ],
)
def test_it_is_silent_once_somebody_moved(after):
    assert by_rule("they_owe_us_a_call", rang_in_vain(MONDAY), after) == []


def test_its_numbers_are_knobs():
    knobs = {"they_owe_us_a_call.again": 1, "they_owe_us_a_call.switch": 1}
    [one] = by_rule("they_owe_us_a_call", rang_in_vain(MONDAY), knobs=knobs)

    assert (one.due, one.how) == (TUESDAY, "sms")
