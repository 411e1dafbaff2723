"""Our word stands until it is kept, and outlives the matter it was given in."""

import pytest
from tests.core.cast import (
    FRIDAY,
    HOUR,
    MONDAY,
    THURSDAY,
    TUESDAY,
    answered,
    by_rule,
    called,
    closed,
    kept,
    nine,
    opened,
    owed,
    promised,
    released,
    rules_of,
    wrote,
)

WORD = promised(MONDAY, due=FRIDAY, how="email", name="word")


def test_it_speaks_with_a_reminder_in_the_morning():
    [one] = by_rule("keep_promises", WORD)

    assert (one.due, one.start, one.how) == (FRIDAY, nine(FRIDAY), "email")
    assert [alarm.at for alarm in one.alarms] == [nine(FRIDAY)]
    assert one.until == FRIDAY + HOUR


def test_who_gave_it_this_very_day_needs_no_bell_in_the_morning():
    [one] = by_rule("keep_promises", promised(FRIDAY, due=FRIDAY + HOUR, how="email"))

    assert one.alarms == ()


@pytest.mark.parametrize(
    "after",
    [
        kept(TUESDAY, promise="word"),
        released(TUESDAY, promise="word"),
        answered(THURSDAY, did="keep_promises/roof/word"),
    ],
)
def test_it_is_silent_once_kept(after):
    assert by_rule("keep_promises", WORD, after) == []


def test_any_other_word_does_not_keep_it():
    assert len(by_rule("keep_promises", WORD, answered(FRIDAY))) == 1


def test_a_closed_matter_does_not_swallow_our_word():
    won = [WORD, closed(TUESDAY, outcome="won")]

    assert [(one.rule, one.due) for one in owed(*won)] == [
        ("keep_promises", FRIDAY),
        ("repair_broken_promises", FRIDAY + HOUR),
    ]
    [left] = owed(*won, kept(FRIDAY, promise="word"))
    assert (left.rule, left.what) == ("net", "Close it, or decide the next step")


def test_letting_go_ends_our_word_too():
    own = opened(MONDAY, kind="promise", matter="p")
    word = promised(MONDAY, due=FRIDAY, matter="p")

    assert owed(WORD, closed(TUESDAY, outcome="forgotten")) == []
    assert owed(own, word, closed(TUESDAY, outcome="done", matter="p")) == []


def test_a_word_given_in_a_closed_matter_opens_a_new_one():
    late = promised(TUESDAY, due=FRIDAY)

    assert {one.matter for one in owed(wrote(MONDAY), closed(MONDAY, outcome="won"), late)} == {
        "enquiry-1"
    }


def test_a_word_in_the_talk_says_who_moves_next():
    assert rules_of(called(MONDAY), WORD) == ["keep_promises", "repair_broken_promises"]
    assert rules_of(answered(MONDAY), WORD) == ["keep_promises", "repair_broken_promises"]
