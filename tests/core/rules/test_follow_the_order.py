"""After an order: thanks, then whether they are happy; and no more asking in between."""

import pytest
from tests.core.cast import (
    MONDAY,
    NEXT_MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    berlin,
    called,
    only,
    opened,
    ordered,
    planned,
    rang_in_vain,
    rules_of,
    wrote,
)

ORDER = (opened(MONDAY, kind="order"), ordered(MONDAY, name="bought"))


def test_s33_who_ordered_is_thanked_within_a_working_day():
    one = only(*ORDER)

    assert (one.rule, one.what, one.how) == (
        "follow_the_order",
        "Thank them for the order",
        "email",
    )
    assert (one.start, one.due) == (MONDAY, TUESDAY)


def test_s33_and_then_asked_whether_they_are_happy():
    one = only(*ORDER, answered(TUESDAY))

    assert (one.what, one.how) == ("Ask whether they are happy with it", "call")
    assert one.due == berlin(2026, 6, 22, 10)


def test_nobody_asks_again_whether_the_thanks_arrived():
    assert rules_of(*ORDER, answered(TUESDAY)) == ["follow_the_order"]


def test_asked_once_a_person_decides_what_comes_next():
    assert rules_of(*ORDER, answered(TUESDAY), called(NEXT_MONDAY)) == ["unclear_means_us"]
    assert rules_of(*ORDER, answered(TUESDAY), answered(NEXT_MONDAY)) == ["net"]


def test_a_call_that_reached_nobody_is_tried_again():
    assert rules_of(*ORDER, answered(TUESDAY), rang_in_vain(NEXT_MONDAY)) == ["they_owe_us_a_call"]


def test_the_next_order_is_thanked_for_too():
    again = ordered(WEDNESDAY, name="again")

    assert only(*ORDER, answered(TUESDAY), again).what == "Thank them for the order"


@pytest.mark.parametrize(
    ("since", "rule"),
    [(wrote(TUESDAY), "answer_them"), (planned(TUESDAY, due=THURSDAY), "keep_the_plan")],
    ids=["they wrote", "a day was chosen"],
)
def test_what_is_nearer_comes_first(since, rule):
    assert rules_of(*ORDER, since) == [rule]


def test_an_order_in_a_talk_leaves_the_talk_to_go_on():
    talk = (wrote(MONDAY), answered(TUESDAY), ordered(WEDNESDAY))

    assert "follow_the_order" not in rules_of(*talk)
