"""After an outage nothing is lost, nothing leaves in a burst, and each is told what was late."""

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import text_of, undo_of
from tests.worker.steps_scene import DAY, answered, begin, left, plan_of_mails, step_of, time_comes

from followthrough.ledger import by_itself, clock, heartbeats, mailboxes
from followthrough.ledger.models import Alarm, Mailbox, Message
from followthrough.ledger.outbox import switches
from followthrough.ledger.outbox.pace import GAP
from followthrough.worker.clock_watch import ClockWatch
from followthrough.worker.plans.going_out import STEP, send_steps

pytestmark = pytest.mark.django_db
PEOPLE = 6


@pytest.fixture
def everybody(workspace, mailbox, bob):
    plan = plan_of_mails(workspace)
    people = [answered(f"Ann{n}", f"a{n}@home{n}.example", workspace, bob) for n in range(PEOPLE)]
    for one in people:
        begin(one, plan, bob)
    return people


def was_last_there(workspace, moment):
    heartbeats.beat(workspace, STEP, at=moment)


def test_after_three_hours_all_leave_one_after_the_other_and_bob_is_told(
    server, mailbox, workspace, everybody, bob
):
    due = step_of(everybody[0]).due
    was_last_there(workspace, due)
    back = due + 3 * HOUR

    time_comes(mailbox, back)
    at_once = left(mailbox)
    time_comes(mailbox, back + GAP)
    after_a_gap = left(mailbox)
    time_comes(mailbox, back + PEOPLE * GAP)

    assert (at_once, after_a_gap, len(server.taken)) == (1, 2, PEOPLE)
    [bell] = Alarm.objects.filter(followup=None)
    assert (bell.member, bell.what) == (
        bob, "Mails of your plans leave late: 6, by up to 3 h 0 min",
    )  # fmt: skip


def test_what_is_a_little_late_is_no_news(mailbox, workspace, everybody):
    due = step_of(everybody[0]).due
    was_last_there(workspace, due)

    time_comes(mailbox, due + HOUR / 12)

    assert left(mailbox) == PEOPLE
    assert not Alarm.objects.filter(followup=None).exists()


@pytest.fixture
def a_week_later(mailbox, workspace, everybody):
    """Nobody was there for a week."""
    due = step_of(everybody[0]).due
    was_last_there(workspace, due)
    back = due + 7 * DAY
    time_comes(mailbox, back)
    return back


def test_after_a_week_nothing_leaves_and_one_question_is_asked(mailbox, bob, a_week_later):
    with clock.at(a_week_later):
        page = text_of(client_of(bob).get(reverse("today")))

    assert left(mailbox) == 0
    assert "6 mails of plans should have left long ago" in page


def answer(bob, moment, what):
    with clock.at(moment):
        client = client_of(bob)
        told = {"answer": what, "token": "t"}
        return client, client.post(reverse("late_steps"), told, follow=True)


def test_sent_now_they_leave_one_after_the_other(mailbox, bob, a_week_later):
    answer(bob, a_week_later, "now")

    for n in range(PEOPLE + 1):
        time_comes(mailbox, a_week_later + n * GAP)

    assert left(mailbox) == PEOPLE


def test_spread_they_leave_over_three_days_from_tomorrow_on(mailbox, bob, a_week_later):
    answer(bob, a_week_later, "spread")

    sent = []
    for day in range(4):
        for n in range(3):
            time_comes(mailbox, a_week_later + day * DAY + HOUR + n * GAP)
        sent.append(Message.objects.filter(state="sent", place=0).count())

    assert sent == [0, 2, 4, 6]


def test_left_out_the_next_step_stands_and_undo_asks_again(
    mailbox, workspace, bob, everybody, a_week_later
):
    client, page = answer(bob, a_week_later, "skip")

    assert str(step_of(everybody[0]).reason).startswith("Step 2 of 3")
    assert by_itself.came_too_late(workspace).count() == 0
    with clock.at(a_week_later):
        client.post(undo_of(page))
    assert by_itself.came_too_late(workspace).count() == PEOPLE
    assert left(mailbox) == 0


def test_nonsense_answers_nothing(workspace, bob, a_week_later):
    answer(bob, a_week_later, "burn")

    assert by_itself.came_too_late(workspace).count() == PEOPLE


def test_what_was_written_before_the_outage_is_asked_about_as_well(
    server, mailbox, workspace, everybody
):
    due = step_of(everybody[0]).due
    server.says["greeting"] = "421 not now"
    time_comes(mailbox, due)
    del server.says["greeting"]
    was_last_there(workspace, due)

    time_comes(mailbox, due + 7 * DAY)

    assert (left(mailbox), by_itself.came_too_late(workspace).count()) == (0, PEOPLE)
    assert not Message.objects.filter(state="queued").exists()


# --- held for long, while we were there all the time ------------------------------------------


def turns(mailbox, workspace, moment, **more):
    was_last_there(workspace, moment)
    time_comes(mailbox, moment, **more)


def held(bob, _mailbox, moment):
    switches.hold_of(bob, at=moment)


def lets_go(bob, _mailbox, moment):
    with clock.at(moment):
        client_of(bob).post(reverse("mails_of_mine"), {"on": "yes"})


def not_let_in(_bob, mailbox, _moment):
    Mailbox.objects.filter(pk=mailbox.pk).update(state="refused")


def new_password(_bob, mailbox, _moment):
    mailbox.refresh_from_db()
    mailboxes.change_secret(mailbox, "sesame")


HELD = {"by hand": (held, lets_go), "its password": (not_let_in, new_password)}


@pytest.mark.parametrize(("stop", "go_on"), HELD.values(), ids=HELD)
def test_held_for_a_day_they_leave_one_after_the_other(
    mailbox, workspace, everybody, bob, stop, go_on
):
    due = step_of(everybody[0]).due
    send_steps(workspace, due)
    stop(bob, mailbox, due)
    for hours in (0, 1, 3, 24):
        turns(mailbox, workspace, due + hours * HOUR)
    back = due + 25 * HOUR

    go_on(bob, mailbox, back)
    turns(mailbox, workspace, back)
    at_once = left(mailbox)
    for n in range(1, PEOPLE):
        turns(mailbox, workspace, back + n * GAP)

    assert (at_once, left(mailbox)) == (1, PEOPLE)


@pytest.mark.parametrize(("stop", "go_on"), HELD.values(), ids=HELD)
def test_held_for_a_week_they_are_asked_about_first(
    mailbox, workspace, everybody, bob, stop, go_on
):
    due = step_of(everybody[0]).due
    send_steps(workspace, due)
    stop(bob, mailbox, due)
    for day in range(8):
        turns(mailbox, workspace, due + day * DAY)
    back = due + 7 * DAY + HOUR

    go_on(bob, mailbox, back)
    turns(mailbox, workspace, back)

    assert (left(mailbox), by_itself.came_too_late(workspace).count()) == (0, PEOPLE)


# --- the clock ----------------------------------------------------------------------------------


def jump(workspace, by, passed=2.0):
    """The clock after so many real seconds, and this much ahead of them."""
    ticks = iter([100.0, 100.0 + passed])
    watch = ClockWatch(seconds=lambda: next(ticks))
    watch.look(MONDAY)
    return watch.look(MONDAY + DAY * 0 + by)


def test_a_clock_that_goes_forward_at_once_holds_what_leaves_by_itself(
    mailbox, workspace, everybody, mia
):
    due = step_of(everybody[0]).due
    assert jump(workspace, due - MONDAY)

    time_comes(mailbox, due)

    assert left(mailbox) == 0
    assert Alarm.objects.filter(member=mia, what=str(switches.JUMPED)).count() == 1
    assert "the clock of the server went forward" in text_of(
        client_of(mia).get(reverse("sequences"))
    )
    client_of(mia).post(reverse("mails_of_all"), {"on": "yes"})
    assert not switches.sending_of(workspace).held_at
    assert not Alarm.objects.filter(what=str(switches.JUMPED), seen_at=None).exists()


@pytest.mark.parametrize(("by", "passed"), [(HOUR / 12, 2.0), (3 * HOUR, 3 * 3600.0), (-HOUR, 2.0)])
def test_time_that_really_passed_and_small_steps_hold_nothing(workspace, mia, by, passed):
    assert not jump(workspace, by, passed)
    assert not switches.sending_of(workspace).held_at
