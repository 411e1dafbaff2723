"""Where something happened after a step, another one may come next; and two wordings by chance."""

from collections import Counter
from datetime import timedelta

import pytest
from tests.core.cast import MONDAY, terms

from followthrough.core.decide import decide
from followthrough.core.enrolments import enrolment
from followthrough.core.facts import (
    Bounced,
    Enrolled,
    Opened,
    StepByHand,
    TheyOpened,
    TheyWrote,
    WeCalled,
    WeWrote,
)
from followthrough.core.history import History
from followthrough.core.plans import CAME_BACK, LOOKED, Pause, Plan, Step, version_for

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
