"""Open questions and things asked for, each owed until there is proof."""

import pytest
from tests.core.cast import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    asked,
    by_rule,
    nine,
    only,
    planned,
    rang_in_vain,
    sent_it,
    wrote,
)


@pytest.mark.parametrize(
    ("wants", "how", "what"),
    [
        ("answer", "email", "Answer their question"),
        ("email", "email", "Send what they asked for"),
        ("post", "post", "Send what they asked for"),
    ],
)
def test_it_speaks_until_they_have_it(wants, how, what):
    [one] = by_rule("answer_questions", asked(MONDAY, wants=wants))

    assert (one.how, one.what, one.due, one.ours_to_start) == (how, what, TUESDAY, False)


def test_it_is_silent_with_proof_and_not_without():
    please = asked(MONDAY, name="q")

    assert by_rule("answer_questions", please, sent_it(TUESDAY, asked="q", proof="")) != []
    mailed = sent_it(TUESDAY, asked="q", proof="mail:1", channel="email")
    assert by_rule("answer_questions", please, mailed) == []


@pytest.mark.parametrize(
    "after",
    [wrote(WEDNESDAY), rang_in_vain(FRIDAY), planned(WEDNESDAY, due=FRIDAY)],
)
def test_it_asks_after_a_parcel_until_somebody_says_or_asks(after):
    parcel = sent_it(TUESDAY, asked="q", proof="2026-06-09")

    [one] = by_rule("answer_questions", parcel)
    assert one.due == nine(FRIDAY)
    assert by_rule("answer_questions", parcel, after) == []


def test_a_question_in_no_matter_opens_one():
    one = only(asked(MONDAY, matter=""))

    assert (one.rule, one.matter) == ("answer_questions", "enquiry-1")
