"""Where something happened after a step, another one may come next; and two wordings by chance."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.cast import MONDAY, terms

from followthrough.core.decide import decide
from followthrough.core.enrolments import enrolment
from followthrough.core.facts import (
    Bounced,
    Enrolled,
    Met,
    Opened,
    Planned,
    Retracted,
    StepByHand,
    TheyBooked,
    TheyOpened,
    TheyWrote,
    WeCalled,
    WeWrote,
)
from followthrough.core.history import History
from followthrough.core.plans import BOOKED, CAME_BACK, LOOKED, Pause, Plan, Step, version_for

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BRANCHED = Plan(
    key="b", sequence="b", name="Branched",
    steps=(
        Step(how="email", wait=1, alone=True, goes=((CAME_BACK, 3), (LOOKED, 4))),
        Step(how="email", wait=2, alone=True), Step(how="call", wait=1), Step(how="card", wait=3),
    ),
)  # fmt: skip
BEGUN = (Opened(at=MONDAY, matter="m"), Enrolled(at=MONDAY, matter="m", plan="b", name="e"))
SENT = WeWrote(at=MONDAY + DAY, matter="m", did="ask_again/m/e:0")
BACK = Bounced(at=MONDAY + DAY + HOUR, matter="m", dead=False)
SEEN = TheyOpened(at=MONDAY + DAY + HOUR, matter="m")


def owed(*happened, plan=BRANCHED, **given):
    told = terms(plans={plan.key: plan}, reaches=frozenset({"call", "email"}), **given)
    return decide(History.of("ann", happened), told)


def next_step(*happened, **given):
    [one] = [row for row in owed(*happened, **given) if row.rule == "ask_again"]
    return one


def test_as_a_rule_the_step_below_comes_next():
    one = next_step(*BEGUN, SENT)

    assert (one.count, one.how, one.occasion) == (2, "email", "e:1")


def test_what_came_back_leads_to_the_call_and_nothing_else_speaks_of_it():
    found = owed(*BEGUN, SENT, BACK)

    assert [(one.rule, one.how, one.count) for one in found] == [("ask_again", "call", 3)]


def test_without_a_way_on_a_mail_that_came_back_waits_for_a_person():
    plain = Plan(key="b", sequence="b", name="Plain", steps=BRANCHED.steps[1:])

    assert [one.rule for one in owed(*BEGUN, SENT, BACK, plan=plain)] == ["mend_the_bounce"]


def test_who_looked_at_it_gets_the_card():
    one = next_step(*BEGUN, SENT, SEEN, SEEN)

    assert (one.count, one.how) == (4, "card")


def test_where_it_leads_elsewhere_it_is_another_debt():
    before, after = next_step(*BEGUN, SENT), next_step(*BEGUN, SENT, BACK)

    assert (before.key, after.key) == ("ask_again/m/e:1", "ask_again/m/e:1.2")


def test_from_there_it_goes_on_below():
    rang = WeCalled(
        at=MONDAY + 2 * DAY, matter="m", outcome="message", did="ask_again/m/e:1.2"
    )  # fmt: skip

    assert next_step(*BEGUN, SENT, BACK, rang).count == 4


def test_what_happens_after_another_step_leads_nowhere():
    second = WeWrote(at=MONDAY + 3 * DAY, matter="m", did="ask_again/m/e:1")
    late = TheyOpened(at=MONDAY + 4 * DAY, matter="m")

    assert next_step(*BEGUN, SENT, second, late).count == 3


def test_an_answer_ends_it_whatever_happened_before():
    answer = TheyWrote(at=MONDAY + 2 * DAY, matter="m")

    assert [one.rule for one in owed(*BEGUN, SENT, BACK, answer)] == ["answer_them"]


def test_by_hand_it_is_a_persons_for_this_step_alone():
    hand = StepByHand(at=MONDAY + HOUR, matter="m", run="e", step=0, missing="topic")

    first, then = next_step(*BEGUN, hand), next_step(*BEGUN, hand, SENT)

    assert (first.alone, then.alone) == (False, True)
    assert first.why == "Not sent by itself: write down what it is about"


def test_what_they_refuse_does_not_leave_by_itself():
    told = terms(plans={"b": BRANCHED}, reaches=frozenset({"call"}))

    [one] = decide(History.of("ann", BEGUN), told)

    assert (one.how, one.alone) == ("call", False)


# --- two wordings -----------------------------------------------------------------------------


def test_half_of_them_get_each_wording_and_always_the_same():
    drawn = [version_for(f"enrolment-{n}", "plan", 1) for n in range(1000)]

    assert drawn == [version_for(f"enrolment-{n}", "plan", 1) for n in range(1000)]
    assert 450 < Counter(drawn)["a"] < 550


def test_the_draw_of_one_step_says_nothing_about_another():
    pairs = Counter(
        (version_for(f"e{n}", "plan", 1), version_for(f"e{n}", "plan", 2)) for n in range(1000)
    )

    assert min(pairs.values()) > 200


# --- paused -----------------------------------------------------------------------------------


@pytest.fixture
def until_friday():
    return {"b": Pause(since=MONDAY, until=MONDAY + 4 * DAY)}


def test_while_it_rests_somebody_is_asked_some_day():
    one = next_step(*BEGUN, pauses={"b": Pause(since=MONDAY)})

    assert (one.how, one.alone, one.why) == ("decide", False, "The sequence “Branched” is paused")
    assert one.due >= MONDAY + 13 * DAY


def test_what_fell_due_meanwhile_waits_anew_and_not_all_on_one_day(until_friday):
    dues = {
        next_step(
            BEGUN[0], Enrolled(at=MONDAY, matter="m", plan="b", name=f"e{n}"), pauses=until_friday
        ).due.date()
        for n in range(40)
    }

    assert min(dues) > (MONDAY + 4 * DAY).date()
    assert len(dues) == 5


def test_what_was_not_due_yet_stays_where_it_was(until_friday):
    begun = Enrolled(at=MONDAY + 4 * DAY + HOUR, matter="m", plan="b", name="e")
    plain = next_step(BEGUN[0], begun)

    assert next_step(BEGUN[0], begun, pauses=until_friday) == plain


def test_a_plan_moved_to_another_step_has_so_many_behind_it():
    moved = Enrolled(at=MONDAY + HOUR, matter="m", plan="b", name="e2", step=2)
    history = History.of("ann", [*BEGUN, moved])

    one = enrolment(history, history.matters["m"], terms(plans={"b": BRANCHED}))

    assert (one.place.number, one.occasion) == (2, "e2:2")


# --- an appointment ---------------------------------------------------------------------------

BOOKS = Plan(
    key="b", sequence="b", name="Books",
    steps=(
        Step(how="email", wait=1, alone=True, goes=((LOOKED, 2), (BOOKED, 4))),
        Step(how="call", wait=1, goes=((BOOKED, 4),)), Step(how="card", wait=3),
        Step(how="email", wait=1, alone=True), Step(how="call", wait=20),
    ),
)  # fmt: skip
LATER = MONDAY + 9 * DAY
MEETS = Planned(at=LATER, matter="m", how="meeting", due=LATER + 5 * DAY)
AGREES = TheyBooked(at=LATER, matter="m", due=LATER + 5 * DAY, name="yes")
RANG = WeCalled(at=LATER, matter="m", did="ask_again/m/e:1")


@pytest.mark.parametrize("booked", [MEETS, AGREES], ids=["we wrote it down", "their calendar"])
def test_who_agreed_to_an_appointment_gets_the_step_that_follows_it(booked):
    one = next_step(*BEGUN, SENT, booked, plan=BOOKS)

    assert (one.count, one.how, one.occasion) == (4, "email", "e:1.3")


@pytest.mark.parametrize("booked", [MEETS, AGREES], ids=["we wrote it down", "their calendar"])
def test_its_wait_counts_from_the_day_on_which_they_agreed(booked):
    one = next_step(*BEGUN, SENT, booked, plan=BOOKS)

    assert one.due.date() == (LATER + DAY).date()


@pytest.mark.parametrize("booked", [MEETS, AGREES], ids=["we wrote it down", "their calendar"])
def test_the_appointment_itself_stands_on_its_day(booked):
    [meeting] = [one for one in owed(*BEGUN, SENT, booked, plan=BOOKS) if one.how == "meeting"]

    assert (meeting.rule, meeting.due) == ("keep_the_plan", LATER + 5 * DAY)


def test_of_what_they_agreed_to_the_list_says_so():
    [meeting] = [one for one in owed(*BEGUN, SENT, AGREES, plan=BOOKS) if one.how == "meeting"]

    assert meeting.why == "They agreed to meet at this time"


def test_it_stands_beside_what_waits_for_our_answer_and_moves_nothing_of_that():
    asked = TheyWrote(at=LATER - HOUR, matter="m")
    alone = {one.rule: one.due for one in owed(*BEGUN, SENT, asked, plan=BOOKS)}
    both = {one.rule: one.due for one in owed(*BEGUN, SENT, asked, AGREES, plan=BOOKS)}

    assert both["keep_the_plan"] == LATER + 5 * DAY
    assert both["answer_them"] == alone["answer_them"]


def test_without_a_way_on_their_yes_is_an_answer_and_ends_the_plan():
    assert [one.rule for one in owed(*BEGUN, SENT, AGREES)] == ["keep_the_plan"]


def test_without_a_way_on_a_meeting_that_we_wrote_down_is_waited_for():
    history = History.of("ann", [*BEGUN, SENT, MEETS])

    one = enrolment(history, history.matters["m"], terms(plans={"b": BRANCHED}))

    assert (one.state, one.why) == ("paused", "own_step")


def test_a_time_that_was_agreed_on_the_phone_goes_before_the_talk_that_ends_it():
    one = next_step(*BEGUN, SENT, RANG, MEETS, plan=BOOKS)

    assert (one.count, one.how) == (4, "email")


def test_when_we_have_met_it_ends_as_after_every_talk():
    met = Met(at=LATER + 5 * DAY, matter="m")

    assert "ask_again" not in {one.rule for one in owed(*BEGUN, SENT, MEETS, met, plan=BOOKS)}


def test_who_had_looked_at_it_first_can_still_agree():
    assert next_step(*BEGUN, SENT, SEEN, AGREES, plan=BOOKS).count == 4


def test_a_second_yes_to_the_same_appointment_changes_nothing():
    again = replace(AGREES, at=LATER + HOUR, name="again")

    assert next_step(*BEGUN, SENT, AGREES, again, plan=BOOKS).count == 4


def test_a_meeting_taken_back_leads_nowhere():
    meets = replace(MEETS, name="meets")
    back = Retracted(at=LATER + HOUR, what="meets")

    assert next_step(*BEGUN, SENT, meets, back, plan=BOOKS).count == 2
