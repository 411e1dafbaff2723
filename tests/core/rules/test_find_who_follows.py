"""Somebody has left, says a machine: the matter stays, and needs somebody else."""

from tests.core.cast import (
    DAY,
    MINUTE,
    MONDAY,
    TUESDAY,
    called,
    only,
    planned,
    quoted,
    rules_of,
    wrote,
)

from followthrough.core.facts import AutoReplied

GONE = AutoReplied(at=TUESDAY, name="gone", gone=True)


def test_who_follows_is_found_within_a_working_day():
    one = only(quoted(MONDAY), GONE)

    assert (one.rule, one.how, one.due) == ("find_who_follows", "find", TUESDAY + DAY)


def test_who_is_only_away_stays_who_they_are():
    assert rules_of(quoted(MONDAY), AutoReplied(at=TUESDAY)) == ["quiet_after_our_word"]


def test_a_call_to_the_house_settles_it():
    assert "find_who_follows" not in rules_of(quoted(MONDAY), GONE, called(TUESDAY + MINUTE))


def test_a_word_of_theirs_shows_that_they_are_there():
    assert rules_of(quoted(MONDAY), GONE, wrote(TUESDAY + MINUTE)) == ["answer_them"]


def test_a_day_that_somebody_chose_stands():
    steps = planned(TUESDAY + MINUTE, due=TUESDAY + 3 * DAY)

    assert rules_of(quoted(MONDAY), GONE, steps) == ["keep_the_plan"]
