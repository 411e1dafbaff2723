"""One mailbox does not work for days, or one of us held all: only those mails are asked about."""

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import HOUR, MONDAY
from tests.servers.smtp import Server
from tests.web.desk import text_of
from tests.worker.sending_scene import mailbox_at
from tests.worker.steps_scene import DAY, answered, begin, plan_of_mails, step_of, time_comes
from tests.worker.test_late_steps import answer, held, lets_go, turns, was_last_there

from followthrough.ledger import by_itself, clock
from followthrough.ledger.models import Mailbox, Message

pytestmark = pytest.mark.django_db
PEOPLE = 3
UNREACHED = "421 not now"


@pytest.fixture
def servers(mia):
    with Server() as bobs, Server() as mias:
        yield bobs, mias


@pytest.fixture
def boxes(servers, bob, mia):
    return [
        mailbox_at(one, who, read_at=MONDAY) for one, who in zip(servers, (bob, mia), strict=True)
    ]


@pytest.fixture
def due(workspace, boxes, bob, mia):
    """The same plan with three people of each; when its first mails are due."""
    plan = plan_of_mails(workspace)
    for who in (bob, mia):
        for n in range(PEOPLE):
            name = f"{who.name}s{n}"
            one = answered(name, f"{name.lower()}@home{n}.example", workspace, who)
            begin(one, plan, who)
    return step_of(one).due


def days_go_by(workspace, boxes, due, days):
    """All the time somebody is there, and every inbox is read."""
    for day in range(days):
        for hours in (0, 1, 2):
            for box in boxes:
                turns(box, workspace, due + day * DAY + hours * HOUR)


def asked(workspace, *members):
    return [by_itself.came_too_late(workspace, who).count() for who in members]


def sent_from(box):
    return Message.objects.filter(mailbox=box, state="sent", place=0).count()


def test_a_mailbox_that_cannot_be_reached_for_days_is_asked_about_and_the_other_is_not(
    workspace, servers, boxes, due, bob, mia
):
    servers[0].says["greeting"] = UNREACHED

    days_go_by(workspace, boxes, due, 4)

    assert asked(workspace, bob, mia) == [PEOPLE, 0]
    assert [sent_from(box) for box in boxes] == [0, PEOPLE]
    with clock.at(due + 4 * DAY):
        assert "3 mails of plans should have left long ago" in text_of(
            client_of(bob).get(reverse("today"))
        )


def test_when_it_is_reached_again_nothing_leaves_before_the_answer(
    workspace, servers, boxes, due, bob
):
    servers[0].says["greeting"] = UNREACHED
    days_go_by(workspace, boxes, due, 4)
    del servers[0].says["greeting"]

    monday = due + 6 * DAY
    turns(boxes[0], workspace, monday)
    before = sent_from(boxes[0])
    answer(bob, monday, "now")
    for n in range(PEOPLE):
        turns(boxes[0], workspace, monday + n * HOUR)

    assert (before, sent_from(boxes[0])) == (0, PEOPLE)


def test_over_a_weekend_nothing_is_given_up_and_nobody_is_asked(workspace, servers, boxes, bob):
    plan = plan_of_mails(workspace)
    ann = answered("Ann", "ann@home.example", workspace, bob)
    thursday = MONDAY + 3 * DAY
    begin(ann, plan, bob, at=thursday)
    friday = step_of(ann).due
    servers[0].says["greeting"] = UNREACHED
    days_go_by(workspace, boxes[:1], friday, 4)
    del servers[0].says["greeting"]

    for hours in range(20):
        turns(boxes[0], workspace, friday + 3 * DAY + (3 + hours) * HOUR)

    assert not Message.objects.filter(state="failed").exists()
    assert sent_from(boxes[0]) == 1
    assert asked(workspace, bob) == [0]


def test_what_one_of_us_lets_go_on_is_asked_of_them_alone(workspace, boxes, due, bob, mia):
    """Both held what leaves in their name for a week, and only Bob lets it go on."""
    for who in (bob, mia):
        held(who, None, due)
    days_go_by(workspace, boxes, due, 7)
    back = due + 7 * DAY

    lets_go(bob, None, back)
    turns(boxes[0], workspace, back)

    assert asked(workspace, bob, mia) == [PEOPLE, 0]
    lets_go(mia, None, back + HOUR)
    assert asked(workspace, bob, mia) == [PEOPLE, PEOPLE]


def test_an_answer_of_one_leaves_the_question_of_the_other(workspace, boxes, due, bob, mia):
    for who in (bob, mia):
        held(who, None, due)
    days_go_by(workspace, boxes, due, 7)
    for who in (bob, mia):
        lets_go(who, None, due + 7 * DAY)

    answer(bob, due + 7 * DAY, "skip")

    assert asked(workspace, bob, mia) == [0, PEOPLE]


# --- what waits for room ------------------------------------------------------------------------


def naps(workspace, _bob, moment):
    """The program is not there for a quarter of an hour."""
    was_last_there(workspace, moment)
    return moment + HOUR / 4


def holds_for_a_moment(workspace, bob, moment):
    held(bob, None, moment)
    lets_go(bob, None, moment + HOUR / 4)
    was_last_there(workspace, moment + HOUR / 4)
    return moment + HOUR / 4


@pytest.mark.parametrize("stops", [naps, holds_for_a_moment])
def test_what_only_waits_for_room_is_not_asked_about_after_a_short_stop(
    workspace, boxes, bob, stops
):
    """One mail a day leaves from Bob's mailbox, and six were due on one day."""
    Mailbox.objects.filter(pk=boxes[0].pk).update(per_day=1)
    plan = plan_of_mails(workspace)
    for n in range(6):
        one = answered(f"Ann{n}", f"ann{n}@home{n}.example", workspace, bob)
        begin(one, plan, bob)
    due = step_of(one).due
    days_go_by(workspace, boxes[:1], due, 4)

    back = stops(workspace, bob, due + 6 * DAY)
    time_comes(boxes[0], back)

    assert asked(workspace, bob) == [0]
