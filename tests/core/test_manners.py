"""Persistent, polite, never a pest: over all matters, plans and ways."""

import pytest
from tests.core.cast import (
    DAY,
    FRIDAY,
    HOUR,
    MONDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    called,
    nine,
    only,
    opened,
    owed,
    planned,
    promised,
    quoted,
    rang_in_vain,
    stopped,
    they_promised,
    wrote,
)

from followthrough.core.facts import OptedIn
from followthrough.core.manners import HELD

# --- spacing ------------------------------------------------------------------------


def test_spacing_counts_over_all_matters():
    roof, stairs = answered(MONDAY, matter="roof"), rang_in_vain(TUESDAY, matter="stairs")
    held = {one.matter: (one.due, one.held) for one in owed(roof, stairs)}

    assert held["stairs"] == (NEXT_MONDAY, HELD)


def test_two_matters_do_not_ring_the_same_person_three_times_in_a_week():
    quotes = [quoted(MONDAY + n * HOUR, matter=f"m{n}") for n in range(3)]

    assert sorted(one.due for one in owed(*quotes)) == [
        nine(WEDNESDAY), nine(WEDNESDAY), nine(WEDNESDAY) + 7 * DAY,
    ]  # fmt: skip


def test_an_answer_is_no_start_of_ours():
    talk = [
        fact
        for n in range(3)
        for fact in (wrote(MONDAY + n * DAY), answered(MONDAY + (n * 24 + 1) * HOUR))
    ]
    one = only(*talk, planned(WEDNESDAY + 2 * HOUR, due=THURSDAY))

    assert (one.due, one.held) == (THURSDAY, "")


def test_a_word_from_them_opens_the_week_again():
    in_vain = rang_in_vain(WEDNESDAY + HOUR)
    answers = [wrote(WEDNESDAY), answered(WEDNESDAY + HOUR / 2)]

    assert only(answered(MONDAY), answered(TUESDAY), in_vain).held
    assert not only(answered(MONDAY), answered(TUESDAY), *answers, in_vain).held


@pytest.mark.parametrize(
    "awaited",
    [
        wrote(WEDNESDAY),
        promised(WEDNESDAY, due=THURSDAY, how="call"),
        they_promised(WEDNESDAY, due=THURSDAY),
    ],
)
def test_what_they_wait_for_is_never_held(awaited):
    first = next(
        one for one in owed(answered(MONDAY), answered(TUESDAY), awaited) if not one.ours_to_start
    )

    assert (first.held, first.due.date()) == ("", THURSDAY.date())


def test_the_week_is_a_knob():
    week = [answered(MONDAY), rang_in_vain(TUESDAY)]

    assert only(*week, knobs={"manners.weekly": 3}).due == THURSDAY
    assert only(*week, knobs={"manners.weekly": 1}).due == NEXT_TUESDAY


# --- a no ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        [answered(MONDAY)],
        [planned(MONDAY, due=FRIDAY)],
        [called(MONDAY), promised(MONDAY, due=FRIDAY, how="call")],
        [wrote(MONDAY)],
        [opened(MONDAY, kind="keep_in_touch")],
    ],
)
def test_after_a_stop_a_person_decides_and_nothing_goes_out(before):
    after = owed(*before, stopped(TUESDAY))

    assert {(one.how, one.what, one.alarms) for one in after} == {
        ("decide", "Close it, or say why not", ())
    }


def test_who_writes_anyway_is_answered_by_the_way_they_wrote():
    one = only(answered(MONDAY), stopped(TUESDAY), wrote(WEDNESDAY))

    assert (one.rule, one.how, one.due) == ("answer_them", "email", THURSDAY)


def test_a_word_given_after_the_stop_binds_us():
    again = [called(WEDNESDAY), promised(WEDNESDAY, due=FRIDAY, how="call")]

    assert owed(answered(MONDAY), stopped(TUESDAY), *again)[0].what == "Call as you promised"


def test_a_no_to_one_way_leaves_the_others():
    assert only(quoted(MONDAY), stopped(TUESDAY, "call")).how == "email"
    assert only(quoted(MONDAY), stopped(TUESDAY, "call", "email", "sms")).how == "card"


@pytest.mark.parametrize("channels", [("*",), ("call",)])
def test_happy_to_hear_from_us_again(channels):
    again = OptedIn(at=WEDNESDAY, channels=channels)

    assert only(quoted(MONDAY), stopped(TUESDAY, *channels), again).how == "call"


def test_where_no_way_is_known_it_says_find():
    assert only(wrote(MONDAY), reaches=frozenset()).how == "find"
    assert only(wrote(MONDAY), reaches=frozenset({"call"})).how == "call"


# --- patience ------------------------------------------------------------------------


def twelve(n=12):
    return [answered(MONDAY + k * 7 * DAY) for k in range(n)]


def test_after_the_twelfth_silence_a_person_decides():
    assert only(*twelve(11)).how == "call"
    one = only(*twelve())
    assert (one.how, one.what) == ("decide", "Decide: go on, or close it kindly")


def test_a_sign_of_life_starts_the_count_anew():
    assert only(*twelve(), wrote(MONDAY + 80 * DAY), answered(MONDAY + 81 * DAY)).how == "call"


def test_whoever_plans_on_after_it_has_decided():
    day = MONDAY + 90 * DAY

    assert only(*twelve(), planned(MONDAY + 80 * DAY, due=day)).how == "call"


def test_patience_is_a_knob():
    assert only(*twelve(3), knobs={"manners.patience": 3}).how == "decide"
