"""A mail that came back: another way, the same day."""

from itertools import permutations

import pytest
from tests.core.cast import (
    FRIDAY,
    HOUR,
    MINUTE,
    MONDAY,
    TUESDAY,
    answered,
    berlin,
    by_rule,
    called,
    came_back,
    decide,
    only,
    owed,
    planned,
    promised,
    quoted,
    rang_in_vain,
    rules_of,
    stopped,
    terms,
    wrote,
)

from followthrough.core.facts import Waived
from followthrough.core.history import History

SENT = answered(MONDAY, name="sent")
BACK = came_back(MONDAY + 4 * MINUTE, name="back")


def test_s24_a_quote_that_came_back_is_ours_to_mend_within_hours():
    one = only(quoted(MONDAY), BACK)

    assert (one.rule, one.what, one.how) == ("mend_the_bounce", "Reach them another way", "call")
    assert one.why == "Your mail came back: it could not be delivered"
    assert one.due == MONDAY + 2 * HOUR + 4 * MINUTE


def test_s24_the_owner_is_told_at_once():
    [alarm] = only(SENT, BACK).alarms

    assert (alarm.at, alarm.to, alarm.what) == (BACK.at, "bob", "Your mail came back")


def test_what_comes_back_at_night_waits_for_the_morning():
    [one] = by_rule("mend_the_bounce", SENT, came_back(berlin(2026, 6, 8, 22)))

    assert one.due == berlin(2026, 6, 9, 11)


def test_a_dead_address_is_named_as_such():
    one = only(SENT, came_back(TUESDAY, dead=True))

    assert one.why == "Your mail came back: the address does not exist"


@pytest.mark.parametrize(
    ("reaches", "dead", "how"),
    [
        ({"call", "email"}, True, "call"),
        ({"email"}, False, "email"),
        ({"email"}, True, "find"),
    ],
)
def test_the_way_is_one_that_still_reaches_them(reaches, dead, how):
    back = came_back(TUESDAY, dead=dead)

    assert only(SENT, back, reaches=frozenset(reaches)).how == how


def test_whoever_wants_no_calls_gets_none():
    [one] = by_rule("mend_the_bounce", stopped(MONDAY, "call", matter=""), SENT, BACK)

    assert one.how == "email"


def test_a_delay_obliges_nobody_to_anything_new():
    assert rules_of(SENT, came_back(TUESDAY, final=False)) == ["quiet_after_our_word"]


@pytest.mark.parametrize(
    "later",
    [
        answered(TUESDAY),
        called(TUESDAY),
        rang_in_vain(TUESDAY),
        wrote(TUESDAY),
        planned(TUESDAY, due=FRIDAY),
    ],
    ids=["we wrote again", "we spoke", "we rang in vain", "they wrote", "a day was chosen"],
)
def test_it_is_silent_once_something_else_happened(later):
    assert "mend_the_bounce" not in rules_of(SENT, BACK, later)


def test_a_call_after_the_mail_has_already_mended_it():
    assert "mend_the_bounce" not in rules_of(SENT, called(TUESDAY), came_back(FRIDAY))


def test_a_word_that_is_given_stands_beside_it():
    assert rules_of(SENT, promised(MONDAY, due=FRIDAY), BACK) == [
        "keep_promises",
        "mend_the_bounce",
        "repair_broken_promises",
    ]


def test_let_go_it_leaves_the_silence_to_the_usual_rule():
    gone = Waived(at=TUESDAY, what="mend_the_bounce/roof/back")

    assert rules_of(SENT, BACK, gone) == ["quiet_after_our_word"]


def test_several_reports_are_one_debt_in_whatever_order_they_are_heard():
    happened = [wrote(MONDAY - HOUR, name="asked"), SENT, BACK, came_back(TUESDAY, name="again")]

    found = {
        tuple(one.key for one in decide(History("ann", heard), terms()))
        for heard in permutations(happened)
    }

    assert found == {("mend_the_bounce/roof/back",)}


def test_without_anything_sent_there_is_nothing_to_mend():
    assert owed(came_back(MONDAY, matter="")) == []
