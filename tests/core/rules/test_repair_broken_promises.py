"""A broken word: sorry first, then the thing itself."""

from tests.core.cast import (
    FRIDAY,
    HOUR,
    MINUTE,
    MONDAY,
    NEXT_MONDAY,
    by_rule,
    called,
    promised,
    rang_in_vain,
)

WORD = promised(MONDAY, due=FRIDAY, how="email", name="word")
SORRY = "repair_broken_promises/roof/word"


def test_it_speaks_when_the_grace_is_over():
    [one] = by_rule("repair_broken_promises", WORD)

    assert (one.due, one.how, one.since) == (FRIDAY + HOUR, "call", FRIDAY)
    assert [(a.at, a.what) for a in one.alarms] == [(FRIDAY + HOUR, "Late: call, or tell them")]


def test_having_said_sorry_the_word_itself_still_stands():
    said = called(FRIDAY + 2 * HOUR, did=SORRY)

    assert by_rule("repair_broken_promises", WORD, said) == []
    [still] = by_rule("keep_promises", WORD, said)
    assert still.until is None


def test_an_attempt_to_say_sorry_is_not_a_sorry():
    assert len(by_rule("repair_broken_promises", WORD, rang_in_vain(NEXT_MONDAY, did=SORRY))) == 1


def test_a_conditional_word_cannot_be_late():
    assert by_rule("repair_broken_promises", promised(MONDAY, condition="prints")) == []


def test_the_grace_is_a_knob():
    [one] = by_rule("repair_broken_promises", WORD, knobs={"keep_promises.grace": 5})

    assert one.due == FRIDAY + 5 * MINUTE
