"""Courage with its evidence: honest about who asked, how often we came, and what they allow."""

import pytest
from tests.core.cast import DAY, MONDAY

from followthrough.core import facts
from followthrough.core.welcome import calls_in_vain, welcome
from followthrough.core.why_order import reasons


def at(days, kind, **more):
    return kind(at=MONDAY - days * DAY, **more)


def of(*told, rule="quiet_after_our_word", refuses=()):
    return welcome(told, rule, refuses, MONDAY)


ENQUIRED = at(40, facts.TheyEnquired)
CASES = {
    "asked for a call": (
        [at(40, facts.WeWrote), at(20, facts.WeWrote), at(2, facts.TheyCalled, answered=False)],
        "1 touch in 30 days, they asked you to call: you are not bothering them.",
    ),
    "asked, and no word of ours": (
        [at(2, facts.TheyEnquired)],
        "They came to you: you are not bothering them, they are waiting.",
    ),
    "spoke last": (
        [at(9, facts.WeWrote), at(8, facts.WeCalled), at(2, facts.TheyWrote)],
        "2 touches in 30 days, and they spoke last: you are not bothering them.",
    ),
    "an attempt is no answer": (
        [at(2, facts.TheyWrote), at(1, facts.WeCalled, outcome="no_answer")],
        "1 touch in 30 days, and they spoke last: you are not bothering them.",
    ),
    "asked once, quiet since": (
        [ENQUIRED, at(20, facts.WeWrote)],
        "1 touch in 30 days. They came to you once: a short question is fair.",
    ),
    "we know each other": (
        [at(60, facts.Met)],
        "0 touches in 30 days. You know each other: a short question is fair.",
    ),
}


@pytest.mark.parametrize(("told", "said"), CASES.values(), ids=CASES)
def test_the_line_names_its_evidence(told, said):
    assert str(of(*told).lead) == said
    assert not of(*told).careful


def test_our_word_is_expected():
    kept = of(at(5, facts.WeCalled), rule="keep_promises")

    assert str(kept.lead) == "1 touch in 30 days, and you gave your word: they expect you."


def test_their_day_may_be_asked_after():
    assert "asking after it is fair" in of(at(5, facts.Met), rule="ask_after_their_promise").lead


def test_who_never_asked_is_a_stranger():
    cold = of(at(9, facts.WeWrote))

    assert cold.careful
    assert "they never asked" in cold.lead


def test_four_touches_without_a_word_are_pressure_even_where_they_asked_once():
    pressed = of(ENQUIRED, *(at(days, facts.WeWrote) for days in (20, 15, 10, 5)))

    assert (pressed.touches, pressed.careful) == (4, True)
    assert "that is pressure" in pressed.lead


def test_who_asked_us_to_stop_is_never_a_reason_for_courage():
    stopped = of(at(2, facts.TheyWrote), refuses=["*"])

    assert (stopped.careful, stopped.asked) == (True, False)


@pytest.mark.parametrize(
    ("refuses", "allowed"),
    [(["call"], "They do not want calls."), (["email"], "They do not want mail; a call is fine.")],
)
def test_what_they_allow_stands_beside_it(refuses, allowed):
    assert [str(one) for one in of(at(3, facts.WeWrote), refuses=refuses).also] == [
        "Last touch 3 days ago.",
        allowed,
    ]


def test_two_facts_of_one_moment_are_one_touch():
    assert of(at(3, facts.WeWrote), at(3, facts.QuoteSent)).touches == 1


def test_calls_in_vain_are_counted_until_they_show_themselves():
    vain = [at(days, facts.WeCalled, outcome="no_answer") for days in (9, 8, 7)]

    assert calls_in_vain(vain) == 3
    assert calls_in_vain([*vain, at(6, facts.WeWrote)]) == 3
    assert calls_in_vain([*vain, at(6, facts.TheyWrote)]) == 0
    assert calls_in_vain([*vain, at(6, facts.WeCalled)]) == 0


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        (0, []),
        (99_999_999_999, []),
        (10**11, ["strong yes"]),
        (10**12 + 2 * 10**11 + 500, ["hurt", "named days"]),
        (5 * 10**11 + 3 * 10**11, ["ask to buy", "named days", "strong yes"]),
    ],
)
def test_a_rank_is_read_back_into_its_parts(rank, words):
    said = reasons(rank)

    assert len(said) == len(words)
    assert all(word in one for word, one in zip(words, said, strict=True))
