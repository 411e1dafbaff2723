"""A promised call: its minute, its reminder, and what keeps it."""

import pytest
from tests.core.cast import (
    HOUR,
    MINUTE,
    MONDAY,
    TUESDAY,
    answered,
    berlin,
    by_rule,
    called,
    kept,
    owed,
    promised,
    rang_in_vain,
    released,
    wrote,
)

TWO = berlin(2026, 6, 9, 14)
WORD = promised(MONDAY, due=TWO, how="call", name="word")


def test_it_speaks_to_the_minute():
    [one] = by_rule("call_when_we_said", WORD)

    assert (one.due, one.how, one.ours_to_start) == (TWO, "call", False)
    assert [(a.at, a.what) for a in one.alarms] == [(TWO - 10 * MINUTE, "You promised to call")]
    assert one.until == TWO + 15 * MINUTE


@pytest.mark.parametrize(
    "after",
    [
        called(TWO),
        rang_in_vain(TWO + MINUTE),
        called(TWO - 30 * MINUTE),
        answered(TUESDAY, did="call_when_we_said/roof/word"),
        kept(TUESDAY, promise="word"),
        released(TUESDAY, promise="word"),
        called(TWO + 2 * HOUR, did="repair_broken_promises/roof/word"),
    ],
)
def test_it_is_silent_once_we_called(after):
    assert by_rule("call_when_we_said", WORD, after) == []
    assert by_rule("repair_broken_promises", WORD, after) == []


@pytest.mark.parametrize("other", [called(TWO - 4 * HOUR), answered(TWO), wrote(TWO)])
def test_another_word_is_not_that_call(other):
    assert [one.due for one in by_rule("call_when_we_said", WORD, other)] == [TWO]


def test_before_and_grace_are_knobs():
    knobs = {"call_when_we_said.before": 5, "call_when_we_said.grace": 30}
    [one] = by_rule("call_when_we_said", WORD, knobs=knobs)
    [sorry] = by_rule("repair_broken_promises", WORD, knobs=knobs)

    assert one.alarms[0].at == TWO - 5 * MINUTE
    assert one.until == sorry.due == TWO + 30 * MINUTE


def test_after_a_sorry_the_call_itself_stands_until_it_is_made():
    """The repair is done and gone; were the call's own row to fall silent, nobody would ring."""
    word = promised(MONDAY, due=TUESDAY, how="call")
    [_, repair] = owed(word)

    standing = owed(word, answered(TUESDAY + HOUR, did=repair.key))

    assert [one.until for one in standing if one.rule == "call_when_we_said"] == [None]
