"""The steps of the loop: a thread for each mailbox, and nothing from a copy of the books."""

import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.servers.smtp import HANG, Server
from tests.worker.sending_scene import (
    SOON,
    answer_to,
    at,
    mailbox_at,
    somebody_asked,
    state_of,
    way,
)

from followthrough.core.facts import TheyWrote
from followthrough.ledger.forget import forget
from followthrough.ledger.models import Fact, Heartbeat, Member, Message, Sending
from followthrough.ledger.outbox import places
from followthrough.ledger.outbox.doubts import Looked
from followthrough.ledger.outbox.stopping import going_out
from followthrough.ledger.record import record
from followthrough.worker.loop import Loop
from followthrough.worker.sending.dispatch import lines_of, send_all, send_some
from followthrough.worker.sending.post import Post
from followthrough.worker.steps import Step


@pytest.fixture
def mailbox(server, mia, bob):
    return mailbox_at(server, bob)


@pytest.fixture
def ann(workspace, mia, bob):
    return somebody_asked("Ann", workspace, bob)


def steps_of(post):
    return (Step(name="sending", run=post.turn, hurries=False),)


def until(true):
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_the_loop_sends_what_is_due_and_a_slow_server_holds_up_nobody_else(
    server, mailbox, ann, mia, workspace
):
    with Server(says={"greeting": HANG}) as slow:
        waits = answer_to(somebody_asked("Pat", workspace, mia), mailbox_at(slow, mia))
        message, post = answer_to(ann, mailbox), Post(way=way())

        with at(SOON):
            Loop(steps_of(post)).turn(SOON)
            until(lambda: state_of(message) == "sent")

            assert state_of(waits) == "claimed"
            until(lambda: len(post.busy) == 1)
            until(lambda: not post.busy)

    assert len(server.taken) == 1
    assert Heartbeat.objects.filter(name="sending", problem="").exists()


@pytest.mark.django_db
def test_a_copy_sends_nothing_until_somebody_says_that_it_is_the_only_one(
    server, mailbox, ann, workspace, capsys
):
    answer_to(ann, mailbox)
    Sending.objects.update(handovers=5)
    places.note(Sending.objects.get().installation, 9)
    post = Post(way=way())

    assert post.send(workspace, SOON) == places.RESTORED
    assert post.busy == set()

    call_command("sending", "--only-copy")
    assert "sends from here; 1 in doubt" in capsys.readouterr().out
    assert post.send(workspace, SOON) == ""


@pytest.mark.django_db
def test_a_person_decides_by_a_word_and_only_once(mailbox, ann, capsys):
    message = answer_to(ann, mailbox)
    Message.objects.update(state="in_doubt", handover_at=SOON, asked_at=SOON)

    call_command("sending", "--left", str(message.pk))

    assert state_of(message) == "sent"
    with pytest.raises(CommandError, match="decided before"):
        call_command("sending", "--again", str(message.pk))
    with pytest.raises(CommandError, match="There is no message"):
        call_command("sending", "--stop", "999999")


@pytest.mark.django_db
def test_what_can_never_leave_any_more_does_not_wait_for_ever(mailbox, ann, workspace, bob):
    message = answer_to(ann, mailbox)
    Member.objects.filter(pk=bob.pk).update(active=False)

    assert Post(way=way()).pick_up(workspace, SOON) == "1 stopped"

    message.refresh_from_db()
    assert message.reason == "It was not right any more when it was to leave."


@pytest.mark.django_db
def test_that_it_has_arrived_is_said_whether_or_not_the_inbox_is_read(server, mailbox, ann):
    message = answer_to(ann, mailbox, automatic=True)
    with at(SOON):
        assert send_all(mailbox, way()) == 1

    assert state_of(message) == "sent"


@pytest.mark.django_db
def test_whoever_is_forgotten_is_not_written_to_and_nothing_of_them_stays(
    server, mailbox, ann, mia
):
    message = answer_to(ann, mailbox)

    forget(ann, by=mia, at=SOON)

    message.refresh_from_db()
    assert message.state == "cancelled"
    assert (message.recipient, message.words, bytes(message.raw)) == ("", "", b"")


@pytest.mark.django_db
def test_what_is_on_its_way_is_known_by_its_follow_up(mailbox, ann):
    message = answer_to(ann, mailbox)

    assert going_out([message.followup])[message.followup_id].pk == message.pk
    record(ann, TheyWrote(at=SOON), source="m", at=SOON)
    assert going_out([message.followup]) == {}
    assert Fact.objects.filter(kind="TheyWrote").exists()


@pytest.mark.django_db
def test_a_password_that_cannot_be_read_shuts_the_mailbox_and_loses_nothing(mailbox, ann, mia):
    message = answer_to(ann, mailbox)

    with at(SOON):
        Post().send_from(mailbox)

    mailbox.refresh_from_db()
    assert (mailbox.state, state_of(message)) == ("refused", "queued")
    assert mailbox.problem.endswith("Type it again.")


@pytest.mark.django_db
@pytest.mark.parametrize("keeps", [True, False])
def test_whether_a_mailbox_keeps_copies_is_learned_from_what_surely_left(
    server, mailbox, ann, workspace, keeps
):
    answer_to(ann, mailbox)
    with at(SOON):
        send_all(mailbox, way())
    later = SOON + timedelta(hours=1)

    Post(copies=lambda *_: Looked(found=keeps, read_at=later)).resolve(workspace, later)

    mailbox.refresh_from_db()
    assert mailbox.keeps_copies is keeps


@pytest.mark.django_db
def test_the_health_page_says_that_a_copy_sends_nothing(mailbox, ann, workspace, mias):
    Sending.objects.update(handovers=5)
    places.note(Sending.objects.get().installation, 9)
    places.held(workspace, at=SOON)
    answer_to(ann, mailbox)
    Message.objects.update(state="in_doubt", asked_at=SOON)

    page = mias.get("/health/").content.decode()

    assert "No mail is sent: this may be a copy of the books" in page
    assert "Of 1 mail nobody knows whether it left" in page


@pytest.mark.django_db
def test_the_questions_to_the_books_do_not_grow_with_the_batch(server, mailbox, workspace, bob):
    def asked(people, first):
        for n in range(first, first + people):
            answer_to(somebody_asked(f"Ann{n}", workspace, bob), mailbox)
        its_way = way(at_once=people)
        with (
            at(SOON),
            lines_of(mailbox, its_way) as lines,
            CaptureQueriesContext(connection) as queries,
        ):
            assert send_some(mailbox, lines, its_way) == people
        # What is written for many at once counts once.
        return sum("times:" not in one["sql"].split("\n")[0] for one in queries)

    asked(2, 0)  # the first one asks for more

    assert asked(20, 100) == asked(5, 200)
