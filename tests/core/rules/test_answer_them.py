"""Whoever waits for us: from when, until when, and who is told."""

import pytest
from tests.core.cast import (
    DAY,
    FRIDAY,
    HOUR,
    MINUTE,
    MONDAY,
    NEXT_FRIDAY,
    NEXT_MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    berlin,
    by_rule,
    called,
    called_us,
    closed,
    enquired,
    met,
    not_now,
    opened,
    planned,
    posted,
    rang_in_vain,
    visited,
    wrote,
)


def answers(*happened, **given):
    return by_rule("answer_them", *happened, **given)


@pytest.mark.parametrize(
    ("word", "how", "why"),
    [
        (enquired(MONDAY), "call", "They enquired and have not heard a word from us"),
        (wrote(MONDAY), "email", "They wrote and nobody has answered"),
        (wrote(MONDAY, channel="sms"), "sms", "They wrote and nobody has answered"),
        (
            called_us(MONDAY, answered=False),
            "call",
            "They called, nobody picked up, and nobody has called back",
        ),
        (wrote(MONDAY, upset=True), "email", "They are upset, and waiting for a word from us"),
    ],
)
def test_it_speaks_by_the_way_they_came(word, how, why):
    [one] = answers(word)

    assert (one.how, one.why, one.what) == (how, why, "Answer them")


@pytest.mark.parametrize(
    "happened",
    [
        [called_us(MONDAY, answered=True)],
        [visited(MONDAY)],
        [wrote(MONDAY), answered(TUESDAY)],
        [wrote(MONDAY), called(TUESDAY)],
        [wrote(MONDAY), met(TUESDAY)],
        [wrote(MONDAY), posted(TUESDAY)],
        [wrote(MONDAY), closed(TUESDAY, outcome="lost")],
        [called_us(MONDAY, answered=False), called_us(TUESDAY, answered=True)],
        [wrote(MONDAY), rang_in_vain(TUESDAY), planned(TUESDAY, due=WEDNESDAY)],
    ],
)
def test_it_is_silent_once_they_have_heard_us(happened):
    assert answers(*happened) == []


def test_asking_again_does_not_buy_us_time():
    [one] = answers(wrote(MONDAY), wrote(THURSDAY))

    assert (one.since, one.due, one.count) == (MONDAY, TUESDAY, 2)


def test_trying_moves_the_next_attempt_by_a_working_day():
    [one] = answers(called_us(MONDAY, answered=False), rang_in_vain(TUESDAY))

    assert (one.what, one.due) == ("Try them again", WEDNESDAY)
    assert one.alarms[0].what == "You tried, and they are still waiting"


def test_a_plan_made_before_they_wrote_does_not_silence_them():
    far = planned(MONDAY, due=MONDAY + 60 * DAY)
    [one] = answers(far, wrote(TUESDAY), rang_in_vain(WEDNESDAY))

    assert one.due == THURSDAY


def test_a_word_after_the_chosen_day_was_set_is_a_new_attempt_of_theirs():
    chosen = [rang_in_vain(TUESDAY), planned(TUESDAY, due=NEXT_MONDAY)]
    [one] = answers(wrote(MONDAY), *chosen, wrote(WEDNESDAY))

    assert one.count == 2


def test_not_now_does_not_silence_somebody_who_waits():
    [one] = answers(wrote(MONDAY), rang_in_vain(TUESDAY), not_now(TUESDAY, until=NEXT_FRIDAY))

    assert one.due == WEDNESDAY


def test_a_word_to_a_colleague_leaves_her_waiting():
    [one] = answers(wrote(MONDAY, person="ann"), answered(TUESDAY, person="pat"))

    assert one.since == MONDAY


def test_a_word_to_her_other_address_in_the_same_talk_answers_her():
    question = wrote(MONDAY, person="ann", thread="t")

    assert answers(question, answered(TUESDAY, person="pat", thread="t")) == []


def test_a_word_that_did_the_answer_answers_whomever_it_went_to():
    question = wrote(MONDAY, person="ann", name="q")

    assert answers(question, answered(TUESDAY, person="pat", did="answer_them/roof/q")) == []


def test_mails_in_one_breath_count_once():
    [one] = answers(wrote(MONDAY), wrote(MONDAY + 2 * MINUTE), wrote(MONDAY + 6 * MINUTE))

    assert (one.count, len(one.evidence)) == (1, 3)


def test_a_complaint_opened_by_hand_waits_for_a_word_too():
    [one] = answers(opened(MONDAY, kind="complaint"))

    assert one.due == MONDAY + HOUR


def test_limits_are_knobs():
    knobs = {"answer_them.limit": 2, "answer_them.escalate": 2, "answer_them.upset": 3}
    [calm] = answers(wrote(MONDAY), knobs=knobs)
    [upset] = answers(wrote(MONDAY, upset=True), knobs=knobs)

    assert (calm.due, calm.alarms[1].at) == (WEDNESDAY, FRIDAY)
    assert upset.due == MONDAY + 3 * HOUR


def test_old_mail_is_long_overdue_and_still_right():
    [one] = answers(wrote(berlin(2002, 8, 22, 12, 36)))

    assert one.due == berlin(2002, 8, 23, 12, 36)
