"""What may be an answer is looked at before anything goes on by itself."""

import pytest
from tests.core.cast import (
    DAY,
    MINUTE,
    MONDAY,
    TUESDAY,
    answered,
    closed,
    only,
    owed,
    quoted,
    rules_of,
    wrote,
)

from followthrough.core.facts import PerhapsReplied, Unenrolled, Waived
from followthrough.core.rules.ask_whether import WHY

DOUBT = PerhapsReplied(at=TUESDAY, name="doubt", why="colleague")


def test_somebody_is_asked_at_once_and_within_a_working_day():
    one = only(quoted(MONDAY), DOUBT)

    assert (one.rule, one.how, one.start) == ("ask_whether", "decide", TUESDAY)
    assert one.why == WHY["colleague"]
    assert one.due == TUESDAY + DAY


def test_nobody_is_said_to_have_gone_quiet_meanwhile():
    assert rules_of(answered(MONDAY), DOUBT) == ["ask_whether"]


def test_a_word_of_theirs_ends_the_question():
    assert rules_of(quoted(MONDAY), DOUBT, wrote(TUESDAY + MINUTE)) == ["answer_them"]


def test_a_word_from_before_does_not():
    assert "ask_whether" in rules_of(wrote(MONDAY), DOUBT)


def test_to_let_it_go_is_to_say_no():
    one = only(quoted(MONDAY), DOUBT)

    left = rules_of(quoted(MONDAY), DOUBT, Waived(at=TUESDAY + MINUTE, what=one.key))

    assert left == ["quiet_after_our_word"]


def test_several_are_asked_about_one_by_one():
    second = PerhapsReplied(at=TUESDAY + MINUTE, name="second", why="machine")
    one = only(quoted(MONDAY), DOUBT, second)

    after = only(quoted(MONDAY), DOUBT, second, Waived(at=TUESDAY + DAY, what=one.key))

    assert (one.count, one.occasion, after.occasion) == (2, "doubt", "second")


def test_where_nothing_is_open_it_opens_something():
    over = closed(MONDAY + MINUTE, outcome="settled")

    assert rules_of(quoted(MONDAY), over, DOUBT) == ["ask_whether"]


def test_a_plan_that_somebody_stopped_leaves_the_question():
    assert "ask_whether" in rules_of(quoted(MONDAY), DOUBT, Unenrolled(at=TUESDAY + MINUTE))


@pytest.mark.parametrize("why", WHY)
def test_each_doubt_says_why(why):
    assert only(quoted(MONDAY), PerhapsReplied(at=TUESDAY, why=why)).why == WHY[why]


def test_a_doubt_of_another_release_is_asked_about_too():
    assert owed(quoted(MONDAY), PerhapsReplied(at=TUESDAY, why="new"))[0].why == WHY["other"]
