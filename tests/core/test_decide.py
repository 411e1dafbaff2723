"""Who owes it, until when, what people let go or put off, and where the net speaks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.core.cast import (
    DAY,
    FRIDAY,
    HOUR,
    MEMBERS,
    MONDAY,
    NEXT_FRIDAY,
    NEXT_MONDAY,
    OFFICE,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    asked,
    called,
    not_now,
    only,
    opened,
    ordered,
    owed,
    planned,
    promised,
    rang_in_vain,
    rules_of,
    they_promised,
    wrote,
)

from followthrough.core.decide import RULES
from followthrough.core.facts import HandedOver, Happened, PutOff, Waived
from followthrough.core.followups import key_of
from followthrough.core.terms import Standing, Terms

# --- who -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("happened", "owner", "who"),
    [
        ([opened(MONDAY, owner="sid")], "bob", "sid"),
        ([opened(MONDAY), HandedOver(at=TUESDAY, to="sid")], "bob", "sid"),
        ([opened(MONDAY)], "bob", "bob"),
        ([opened(MONDAY)], "", "mia"),
        ([opened(MONDAY, owner="nobody we know")], "bob", "bob"),
    ],
)
def test_the_owner_of_the_matter_else_of_the_party_else_the_manager(happened, owner, who):
    members = MEMBERS | {"sid": Standing(calendar=OFFICE)}

    assert only(*happened, owner=owner, members=members).who == who


def test_who_has_left_owes_nothing():
    gone = MEMBERS | {"bob": replace(MEMBERS["bob"], active=False)}
    one = only(wrote(MONDAY), members=gone)

    assert one.who == "mia"
    assert {alarm.to for alarm in one.alarms} == {"mia"}


@pytest.mark.parametrize(
    ("stand_in", "away", "who"),
    [
        ("sid", ["bob"], "sid"),
        ("", ["bob"], "mia"),
        ("sid", ["bob", "sid"], "mia"),
        ("sid", ["bob", "sid", "mia"], "bob"),
    ],
)
def test_who_is_away_has_somebody_in_their_place(stand_in, away, who):
    team = {
        name: Standing(
            calendar=OFFICE, stand_in=stand_in if name == "bob" else "", **days(name, away)
        )
        for name in ("bob", "mia", "sid")
    }

    assert only(wrote(MONDAY), members=team).who == who


def days(name, away):
    return {"away_from": date(2026, 6, 8), "away_until": date(2026, 6, 12)} if name in away else {}


def test_it_is_the_day_it_is_due_that_counts():
    back = MEMBERS | {"bob": Standing(calendar=OFFICE, **days("bob", ["bob"]))}

    assert only(planned(MONDAY, due=NEXT_MONDAY), members=back).who == "bob"


def test_without_anybody_active_the_manager_still_stands_there():
    nobody = {name: replace(standing, active=False) for name, standing in MEMBERS.items()}

    assert only(wrote(MONDAY), members=nobody).who == "mia"
    assert Terms(manager="mia").present("bob", at=MONDAY) == "mia"


# --- put off and let go ----------------------------------------------------------------


def test_put_off_moves_the_day_and_the_alarms():
    answer = wrote(MONDAY, name="w")
    later = PutOff(at=MONDAY + HOUR, what="answer_them/roof/w", until=FRIDAY)
    one = only(answer, later)

    assert (one.due, one.start) == (FRIDAY, FRIDAY)
    assert [alarm.at for alarm in one.alarms] == [FRIDAY, FRIDAY]


def test_who_writes_again_after_it_was_put_off_is_back_on_the_list():
    later = PutOff(at=MONDAY + HOUR, what="answer_them/roof/w", until=NEXT_FRIDAY)
    one = only(wrote(MONDAY, name="w"), later, wrote(WEDNESDAY))

    assert (one.due, one.count) == (TUESDAY, 2)


def test_something_old_can_be_put_off_too():
    old = answered(MONDAY - 300 * DAY, name="a")
    later = PutOff(at=MONDAY, what="quiet_after_our_word/roof/a", until=FRIDAY)

    assert only(old, later).due == FRIDAY


def test_what_the_net_asks_can_be_put_off_and_let_go_only_for_a_while():
    order = ordered(MONDAY, name="o")

    assert only(order).due == THURSDAY
    assert only(order, PutOff(at=TUESDAY, what="net/roof/o", until=NEXT_FRIDAY)).due == NEXT_FRIDAY
    assert only(order, Waived(at=THURSDAY, what="net/roof/o")).due == THURSDAY + 5 * DAY


@pytest.mark.parametrize(
    ("happened", "key"),
    [
        (wrote(MONDAY, name="x"), "answer_them/roof/x"),
        (asked(MONDAY, name="x"), "answer_questions/roof/x"),
        (planned(MONDAY, due=FRIDAY, name="x"), "keep_the_plan/roof/x"),
        (not_now(MONDAY, until=FRIDAY, name="x"), "not_now/roof/x"),
        (promised(MONDAY, due=FRIDAY, name="x"), "keep_promises/roof/x"),
        (they_promised(MONDAY, due=FRIDAY, name="x"), "ask_after_their_promise/roof/x"),
        (answered(MONDAY, name="x"), "quiet_after_our_word/roof/x"),
        (called(MONDAY, name="x"), "unclear_means_us/roof/x"),
        (rang_in_vain(MONDAY, name="x"), "they_owe_us_a_call/roof/x"),
        (opened(MONDAY, name="x"), "first_touch/roof/x"),
    ],
)
def test_what_is_let_go_is_gone_and_the_matter_still_has_a_next_step(happened, key):
    one = only(happened, Waived(at=TUESDAY, what=key))

    assert one.key != key
    assert one.rule in ("net", "first_touch")


def test_no_answer_needed_does_not_cover_what_they_write_next():
    no_need = Waived(at=TUESDAY, what="answer_them/roof/thanks")
    one = only(wrote(MONDAY, name="thanks"), no_need, wrote(WEDNESDAY, name="w"))

    assert (one.key, one.due) == (key_of("answer_them", "roof", "w"), THURSDAY)


def test_a_plan_let_go_makes_room_for_the_rules():
    step = planned(MONDAY + HOUR, due=FRIDAY, name="x")

    assert rules_of(answered(MONDAY), step, Waived(at=TUESDAY, what="keep_the_plan/roof/x")) == [
        "quiet_after_our_word"
    ]


def test_weird_decisions_hurt_nobody():
    odd = [Waived(at=TUESDAY, what=what) for what in ("", "/", "a/b", "answer_them//", "x/roof/y")]

    assert only(wrote(MONDAY), *odd, Happened(at=TUESDAY, condition="")).rule == "answer_them"


# --- the bound and the net --------------------------------------------------------------


def test_a_day_too_far_away_is_looked_in_on():
    one = only(not_now(MONDAY, until=MONDAY + 400 * DAY))

    assert (one.due, one.how) == (MONDAY + 180 * DAY, "decide")
    assert one.why == "Its day is more than 180 days away"


def test_the_bound_counts_from_the_last_thing_in_any_matter():
    far = planned(MONDAY, due=MONDAY + 200 * DAY)
    later = answered(MONDAY + 30 * DAY, matter="stairs")
    [plan] = [one for one in owed(far, later) if one.matter == "roof"]

    assert plan.due == MONDAY + 200 * DAY


def test_the_net_speaks_only_where_no_rule_does():
    assert rules_of(opened(MONDAY, kind="supply")) == ["net"]
    assert rules_of(opened(MONDAY, kind="supply"), wrote(TUESDAY, matter="roof")) == ["answer_them"]


def test_the_nets_wait_is_a_knob():
    assert only(opened(MONDAY, kind="supply"), knobs={"net.limit": 1}).due == TUESDAY


def test_a_knob_set_by_hand_stays_within_its_bounds():
    for odd in ("nine", None, 10**9, -5, float("inf")):
        [one] = owed(wrote(MONDAY), knobs={"answer_them.limit": odd})
        assert one.due - MONDAY < timedelta(days=600)


def test_nothing_happened_nothing_is_owed():
    assert owed() == []


def test_these_are_the_promises():
    """Discovery hides what runs; this puts it back in sight."""
    assert list(RULES) == [
        "answer_questions", "answer_them", "ask_about_the_cart", "ask_after_their_promise",
        "ask_again", "ask_whether", "call_when_we_said", "find_who_follows", "first_touch",
        "follow_the_order", "keep_promises", "keep_the_plan", "last_day_of_the_offer",
        "mend_the_bounce", "not_now",
        "quiet_after_our_word", "repair_broken_promises", "stay_in_touch", "strike_while_hot",
        "they_owe_us_a_call", "unclear_means_us", "when_it_happens",
    ]  # fmt: skip
