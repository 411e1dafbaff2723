"""A rhythm that any real contact starts anew."""

import pytest
from tests.core.cast import (
    DAY,
    FRIDAY,
    MONDAY,
    NEXT_MONDAY,
    TUESDAY,
    answered,
    by_rule,
    called,
    enquired,
    met,
    only,
    opened,
    owed,
    planned,
    posted,
    rang_in_vain,
    rules_of,
    wrote,
)

RHYTHM = opened(MONDAY, kind="keep_in_touch", days=14, matter="rhythm")


def due(*happened, **given):
    return [one.due for one in by_rule("stay_in_touch", RHYTHM, *happened, **given)]


@pytest.mark.parametrize(
    ("happened", "days"),
    [
        ([], 14),
        ([called(TUESDAY, matter="rhythm")], 15),
        ([met(TUESDAY, matter="roof")], 15),
        ([posted(TUESDAY, matter="rhythm")], 15),
        ([wrote(TUESDAY, matter="roof")], 15),
    ],
)
def test_any_contact_in_any_matter_starts_it_anew(happened, days):
    assert due(*happened) == [MONDAY + days * DAY]


def test_an_attempt_is_not_a_contact_and_is_tried_again():
    tried = rang_in_vain(MONDAY + 14 * DAY, matter="rhythm")
    one = only(RHYTHM, tried)

    assert (one.rule, one.due) == ("they_owe_us_a_call", MONDAY + 16 * DAY)


def test_a_talk_leaves_no_next_move_but_the_rhythm():
    assert rules_of(RHYTHM, called(TUESDAY, matter="rhythm")) == ["stay_in_touch"]


def test_loose_words_open_a_talk_beside_it():
    owing = owed(RHYTHM, enquired(TUESDAY, matter=""))

    assert {(one.matter, one.rule) for one in owing} == {
        ("enquiry-1", "answer_them"),
        ("rhythm", "stay_in_touch"),
    }


def test_it_is_silent_while_a_step_is_planned():
    assert due(planned(TUESDAY, due=FRIDAY, matter="rhythm")) == []


def test_an_old_rhythm_counts_from_the_last_contact_in_any_matter():
    old = opened(MONDAY - 700 * DAY, kind="keep_in_touch", days=60, matter="rhythm")
    one = next(o for o in owed(old, answered(MONDAY, matter="roof")) if o.matter == "rhythm")

    assert one.due.date() == (MONDAY + 60 * DAY).date()


def test_the_rhythm_is_a_knob():
    rhythm = opened(MONDAY, kind="keep_in_touch", matter="rhythm")

    assert only(rhythm).due == MONDAY + 60 * DAY
    assert only(rhythm, knobs={"stay_in_touch.rhythm": 7}).due == NEXT_MONDAY
