"""A promise that waits for something."""

import pytest
from tests.core.cast import (
    DAY,
    FRIDAY,
    MONDAY,
    NEXT_MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    by_rule,
    called,
    closed,
    kept,
    promised,
    wrote,
)

from followthrough.core.facts import Happened

WORD = promised(MONDAY, condition="prints", name="word")
PRINTS = Happened(at=THURSDAY, condition="prints")


def says(*happened, **given):
    return [(one.what, one.due) for one in by_rule("when_it_happens", *happened, **given)]


@pytest.mark.parametrize(
    ("word", "due"),
    [
        (WORD, MONDAY + 14 * DAY),
        (promised(MONDAY, condition="prints", check_by=FRIDAY), FRIDAY),
        (promised(MONDAY, condition="prints", due=THURSDAY), THURSDAY),
    ],
)
def test_without_the_event_we_look_again(word, due):
    assert says(word) == [("Ready yet?", due)]


def test_the_event_wakes_it():
    assert says(WORD, PRINTS) == [("Tell them it is ready", FRIDAY)]


def test_the_event_wakes_it_in_whichever_matter_it_was_given():
    other = wrote(WEDNESDAY, matter="stairs")

    assert says(WORD, other, PRINTS) == [("Tell them it is ready", FRIDAY)]


def test_another_event_does_not():
    assert says(WORD, Happened(at=THURSDAY, condition="frames")) == [
        ("Ready yet?", MONDAY + 14 * DAY)
    ]


def test_it_wakes_after_the_matter_was_closed():
    assert says(WORD, closed(TUESDAY, outcome="lost"), PRINTS) == [
        ("Tell them it is ready", FRIDAY)
    ]


def test_it_is_silent_once_we_told_them():
    told_them = called(FRIDAY, did="when_it_happens/roof/word")

    assert says(WORD, PRINTS, told_them) == []
    assert says(WORD, PRINTS, kept(FRIDAY, promise="word")) == []


def test_its_limits_are_knobs():
    knobs = {"when_it_happens.fallback": 7, "when_it_happens.limit": 0}

    assert says(WORD, knobs=knobs) == [("Ready yet?", NEXT_MONDAY)]
    assert says(WORD, PRINTS, knobs=knobs) == [("Tell them it is ready", THURSDAY)]
