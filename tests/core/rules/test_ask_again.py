"""Where somebody stands in a plan: each event of the specification's table, and what it does."""

from datetime import timedelta

import pytest
from tests.core.cast import (
    DAY,
    FRIDAY,
    HOUR,
    MINUTE,
    MONDAY,
    NEXT_FRIDAY,
    NEXT_MONDAY,
    NEXT_THURSDAY,
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    ROOF,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    called,
    came_back,
    closed,
    enquired,
    enrolled,
    history,
    met,
    nine,
    not_now,
    opened,
    ordered,
    planned,
    posted,
    promised,
    quoted,
    rang_in_vain,
    reopened,
    skipped,
    stopped,
    they_promised,
    unenrolled,
    visited,
    wrote,
)
from tests.core.planned import BY_THEMSELVES, LONG, SHORT, sending, with_plans

from followthrough.core.calendar import Calendar
from followthrough.core.decide import decide
from followthrough.core.enrolments import (
    ACTIVE,
    FINISHED,
    PAUSED,
    STOPPED,
    WAITING,
    enrolment,
)
from followthrough.core.facts import HandedOver, Merged, Noted, OptedIn, PutOff, Waived
from followthrough.core.plans import Begin
from followthrough.core.running import ENQUIRY

TERMS = with_plans()
SENDING = sending()
BEGUN = (opened(MONDAY), enrolled(MONDAY, plan="short"))
# The first word of the plan is said: a call that nobody took.
ONCE = (*BEGUN, rang_in_vain(TUESDAY))


def stands(*happened, terms=TERMS, matter=ROOF):
    told = history(*happened)
    one = enrolment(told, told.matters[matter], terms)
    return (one.state, one.why, one.run.step) if one else None


def steps(*happened, terms=TERMS):
    return [one for one in decide(history(*happened), terms) if one.rule == "ask_again"]


def step(*happened, terms=TERMS):
    [one] = steps(*happened, terms=terms)
    return one


# --- each row of the table ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("happened", "state"),
    [
        (BEGUN, (ACTIVE, "", 0)),
        ((*ONCE,), (ACTIVE, "", 1)),
        ((*ONCE, answered(THURSDAY)), (ACTIVE, "", 2)),
        ((*ONCE, answered(THURSDAY), posted(NEXT_TUESDAY)), (FINISHED, "", 3)),
        ((*BEGUN, skipped(TUESDAY, run="1:Enrolled", step=0)), (ACTIVE, "", 1)),
        ((*ONCE, wrote(WEDNESDAY)), (STOPPED, "replied", 1)),
        ((*ONCE, visited(WEDNESDAY)), (STOPPED, "replied", 1)),
        ((*ONCE, ordered(WEDNESDAY)), (STOPPED, "ordered", 1)),
        ((*ONCE, called(WEDNESDAY)), (STOPPED, "spoke", 2)),
        ((*ONCE, met(WEDNESDAY)), (STOPPED, "spoke", 2)),
        ((*ONCE, stopped(WEDNESDAY)), (STOPPED, "asked_to_stop", 1)),
        ((*ONCE, closed(WEDNESDAY, outcome="lost")), (STOPPED, "closed", 1)),
        ((*ONCE, unenrolled(WEDNESDAY)), (STOPPED, "by_hand", 1)),
        ((*ONCE, answered(THURSDAY), came_back(FRIDAY, dead=True)), (WAITING, "bounced", 2)),
        ((*ONCE, promised(WEDNESDAY, due=FRIDAY)), (WAITING, "our_word", 1)),
        ((*ONCE, they_promised(WEDNESDAY, due=FRIDAY)), (WAITING, "their_word", 1)),
        ((*ONCE, planned(WEDNESDAY, due=NEXT_FRIDAY)), (PAUSED, "own_step", 1)),
        ((*ONCE, not_now(WEDNESDAY, until=NEXT_FRIDAY)), (PAUSED, "own_step", 1)),
        ((*ONCE, opened(WEDNESDAY, matter="wall", kind="complaint")), (PAUSED, "complaint", 1)),
    ],
)  # fmt: skip
def test_what_happens_decides_where_they_stand(happened, state):
    assert stands(*happened) == state


@pytest.mark.parametrize(
    "ended", [wrote, ordered, unenrolled, lambda at: closed(at, outcome="lost")]
)
def test_what_has_ended_never_goes_on(ended):
    happened = (*ONCE, ended(WEDNESDAY), reopened(THURSDAY), answered(FRIDAY))

    assert stands(*happened)[0] == STOPPED
    assert steps(*happened) == []


def test_it_begins_anew_only_where_somebody_says_so():
    happened = (*ONCE, wrote(WEDNESDAY), answered(THURSDAY), enrolled(FRIDAY, plan="short"))

    assert stands(*happened) == (ACTIVE, "", 0)


def test_a_plan_that_nobody_knows_any_more_says_nothing():
    assert stands(opened(MONDAY), enrolled(MONDAY, plan="gone")) is None


def test_words_on_one_way_refused_leave_the_others():
    one = step(*ONCE, stopped(WEDNESDAY, "email"))

    assert one.how == "call"


@pytest.mark.parametrize(
    ("way", "state"), [("email", (STOPPED, "asked_to_stop", 1)), ("sms", (ACTIVE, "", 1))]
)
def test_who_refuses_mail_ends_a_plan_whose_mails_leave_by_themselves(way, state):
    assert stands(*ONCE, stopped(WEDNESDAY, way), terms=SENDING) == state


def test_allowed_again_the_plan_does_not_come_back():
    said = history(*ONCE, stopped(WEDNESDAY, "email"), OptedIn(at=THURSDAY, channels=("email",)))

    assert enrolment(said, said.matters[ROOF], SENDING).state == STOPPED


# --- the day ------------------------------------------------------------------------------


def test_the_next_step_counts_from_the_day_on_which_the_last_was_really_done():
    late = NEXT_MONDAY

    assert step(*BEGUN).due == nine(TUESDAY)
    assert step(*ONCE).due == nine(THURSDAY)
    assert step(*BEGUN, rang_in_vain(late)).due == nine(NEXT_WEDNESDAY)


def test_a_step_left_out_counts_from_when_that_was_decided():
    one = step(*BEGUN, skipped(WEDNESDAY, run="1:Enrolled", step=0))

    assert (one.how, one.due, one.count) == ("email", nine(FRIDAY), 2)


def test_pressed_twice_one_step_is_left_out():
    twice = [skipped(WEDNESDAY + n * MINUTE, run="1:Enrolled", step=0) for n in range(2)]

    assert stands(*BEGUN, *twice) == (ACTIVE, "", 1)


def test_it_is_their_working_day_and_ours():
    closed_days = Calendar(zone="Europe/Berlin", holidays=frozenset({TUESDAY.date()}))

    assert step(*BEGUN, terms=with_plans(contact=closed_days)).due == nine(WEDNESDAY)


def test_where_no_hour_is_common_ours_decides():
    there = Calendar(zone="Pacific/Auckland")

    assert step(*BEGUN, terms=with_plans(contact=there)).due == nine(TUESDAY)


def test_their_morning_is_not_before_ours():
    there = Calendar(zone="Europe/London")

    assert step(*BEGUN, terms=with_plans(contact=there)).due == nine(TUESDAY) + HOUR


def test_moved_to_another_version_they_keep_what_they_have_had():
    moved = enrolled(FRIDAY, plan="long", step=1, since=TUESDAY)
    one = step(*ONCE, moved)

    assert (one.how, one.due) == ("email", nine(NEXT_TUESDAY))


# --- what moves it on ---------------------------------------------------------------------


def test_whatever_we_did_is_the_step_that_was_due():
    """S32: calls, mails, cards and visits all count, whoever wrote them down."""
    terms = with_plans(BY_THEMSELVES[0])

    assert stands(enquired(MONDAY), answered(TUESDAY), terms=terms) == (ACTIVE, "", 1)
    assert stands(enquired(MONDAY), answered(TUESDAY), met(NEXT_MONDAY), terms=terms) == (
        ACTIVE, "", 2,
    )  # fmt: skip


def test_ringing_in_vain_and_then_writing_is_one_step():
    assert stands(*ONCE, answered(TUESDAY + HOUR)) == (ACTIVE, "", 1)


def test_doing_the_step_that_stands_on_the_list_counts_at_once():
    key = f"ask_again/{ROOF}/1:Enrolled:1"

    assert stands(*ONCE, answered(TUESDAY + HOUR, did=key)) == (ACTIVE, "", 2)


def test_a_thing_to_do_is_done_by_a_note():
    done = Noted(at=TUESDAY, matter=ROOF, did=f"ask_again/{ROOF}/1:Enrolled:0")

    assert stands(*BEGUN, done) == (ACTIVE, "", 1)


def test_let_go_is_left_out():
    gone = Waived(at=TUESDAY, what=f"ask_again/{ROOF}/1:Enrolled:0")

    assert stands(*BEGUN, gone) == (ACTIVE, "", 1)
    assert [one.how for one in steps(*BEGUN, gone)] == ["email"]


def test_put_off_is_the_same_step_on_another_day():
    later = PutOff(at=TUESDAY, what=f"ask_again/{ROOF}/1:Enrolled:0", until=NEXT_THURSDAY)

    assert step(*BEGUN, later).due == NEXT_THURSDAY
    assert stands(*BEGUN, later) == (ACTIVE, "", 0)


# --- beside others ------------------------------------------------------------------------


def test_one_step_of_a_plan_and_nothing_beside_it():
    assert [one.rule for one in decide(history(*ONCE), TERMS)] == ["ask_again"]


def test_while_another_promise_speaks_the_plan_is_silent():
    rules = {
        one.rule
        for happened in (
            (*ONCE, planned(WEDNESDAY, due=NEXT_FRIDAY)),
            (*ONCE, promised(WEDNESDAY, due=FRIDAY)),
            (*ONCE, answered(THURSDAY), came_back(THURSDAY + MINUTE)),
        )
        for one in decide(history(*happened), TERMS)
    }

    assert rules == {"keep_the_plan", "keep_promises", "repair_broken_promises", "mend_the_bounce"}


def test_a_day_of_our_own_done_the_plan_goes_on():
    happened = (*ONCE, planned(WEDNESDAY, due=NEXT_MONDAY), rang_in_vain(NEXT_MONDAY))

    assert (step(*happened).how, step(*happened).due) == ("card", nine(NEXT_THURSDAY))


def test_while_a_complaint_is_open_nothing_is_sold():
    one = next(one for one in steps(*ONCE, opened(WEDNESDAY, matter="wall", kind="complaint")))

    assert (one.how, str(one.what)) == ("decide", "First put the complaint right")


def test_two_records_joined_run_the_same_plan_once():
    happened = (
        opened(MONDAY), enrolled(MONDAY, plan="short"),
        opened(TUESDAY, matter="wall", home="7"),
        enrolled(TUESDAY, matter="wall", plan="short", home="7"), Merged(at=FRIDAY, other="7"),
    )  # fmt: skip

    assert stands(*happened) == (ACTIVE, "", 0)
    assert stands(*happened, matter="wall") == (STOPPED, "twice", 0)
    assert [one.matter for one in steps(*happened)] == [ROOF]


def test_whoever_it_is_handed_to_goes_on_with_it():
    one = step(*ONCE, HandedOver(at=WEDNESDAY, to="mia", matter=ROOF))

    assert (one.who, one.due) == ("mia", nine(THURSDAY))


def test_the_manager_is_told_of_a_step_that_waits_too_long():
    [alarm] = step(*ONCE).alarms

    assert (alarm.to, alarm.at) == ("mia", nine(NEXT_TUESDAY))


# --- what begins by itself ----------------------------------------------------------------


def test_a_new_enquiry_gets_the_plan_of_its_day():
    change = Begin(kind=ENQUIRY, since=TUESDAY, plan="short")
    terms = with_plans(BY_THEMSELVES[0], change)

    early = step(enquired(MONDAY), answered(MONDAY + HOUR), terms=terms)
    late = step(enquired(TUESDAY), answered(WEDNESDAY), terms=terms)

    assert early.why.endswith("“Seven words”")
    assert late.why.endswith("“Three words”")


def test_what_was_open_before_is_left_as_it_is():
    terms = with_plans(Begin(kind=ENQUIRY, since=TUESDAY, plan="short"))

    assert steps(enquired(MONDAY), answered(TUESDAY), terms=terms) == []


def test_a_team_that_wants_none_gets_none():
    terms = with_plans(BY_THEMSELVES[0], Begin(kind=ENQUIRY, since=TUESDAY, plan=""))

    assert steps(enquired(WEDNESDAY), answered(THURSDAY), terms=terms) == []


def test_asking_once_more_before_our_first_word_ends_nothing():
    terms = with_plans(BY_THEMSELVES[0])
    happened = (enquired(MONDAY), wrote(MONDAY + MINUTE), answered(TUESDAY))

    assert stands(*happened, terms=terms) == (ACTIVE, "", 1)


def test_a_chosen_plan_takes_the_place_of_the_usual_one_and_leaves_nothing_behind():
    terms = with_plans(BY_THEMSELVES[0])
    happened = (enquired(MONDAY), answered(TUESDAY), enrolled(WEDNESDAY, plan="short"))

    assert step(*happened, terms=terms).why.endswith("“Three words”")
    assert steps(*happened, unenrolled(THURSDAY), terms=terms) == []


def test_a_quote_begins_its_own():
    terms = with_plans(*BY_THEMSELVES)
    happened = (enquired(MONDAY), answered(MONDAY + HOUR), quoted(TUESDAY))

    assert step(*happened, terms=terms).due == nine(WEDNESDAY)
    assert stands(*happened, terms=terms) == (ACTIVE, "", 0)


def test_the_visits_tell_when_somebody_has_gone_quiet():
    """S54: usually every week; after three weeks of silence they are asked, and coming ends it."""
    terms = with_plans(BY_THEMSELVES[3])
    weekly = [visited(MONDAY + timedelta(days=7 * n)) for n in range(4)]
    last = weekly[-1].at

    assert step(*weekly, terms=terms).due == nine(last + 22 * DAY)
    assert step(*weekly, visited(last + 30 * DAY), terms=terms).due > last + 40 * DAY
    assert steps(*weekly[:2], terms=terms) == []


def test_both_plans_are_what_they_seem():
    assert (len(SHORT.steps), len(LONG.steps)) == (3, 5)
