"""What is due leaves once, and comes back as a fact that does what was owed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.worker.sending_scene import (
    SOON,
    answer_to,
    at,
    handovers,
    mailbox_at,
    somebody_asked,
    state_of,
    way,
)

from followthrough.core.facts import OptedOut, TheyWrote
from followthrough.ledger.models import Fact, FollowUp, Mailbox, Message, Party
from followthrough.ledger.outbox.queueing import CouldNotQueue
from followthrough.ledger.outbox.stopping import cancel
from followthrough.ledger.record import record
from followthrough.worker.sending.dispatch import lines_of, send_all, send_some

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(server, mia, bob):
    return mailbox_at(server, bob)


@pytest.fixture
def ann(workspace, mia, bob):
    return somebody_asked("Ann", workspace, bob)


def test_an_answer_leaves_and_does_what_was_owed(server, mailbox, ann):
    message = answer_to(ann, mailbox)

    with at(SOON):
        send_all(mailbox, way())

    [taken] = server.taken
    message.refresh_from_db()
    assert (taken.message_id, taken.recipient) == (message.message_id, "ann@home.example")
    assert (message.state, message.evidence, message.answer) == (
        "sent",
        "answer",
        "250 2.0.0 taken",
    )
    assert Fact.objects.filter(party=ann, kind="WeWrote").count() == 1
    assert not FollowUp.objects.filter(pk=message.followup_id, settled_at=None).exists()


def test_there_are_ten_seconds_to_take_it_back(server, mailbox, ann):
    message = answer_to(ann, mailbox)

    with at(message.queued_at + timedelta(seconds=9)):
        assert send_all(mailbox, way()) == 0
    assert cancel(message, at=SOON)
    with at(SOON):
        assert send_all(mailbox, way()) == 0

    assert (server.taken, state_of(message)) == ([], "cancelled")
    assert FollowUp.objects.filter(pk=message.followup_id, settled_at=None).exists()


def test_queued_twice_for_one_thing_it_leaves_once(server, mailbox, ann):
    first = answer_to(ann, mailbox, key="enquiry:1")
    second = answer_to(ann, mailbox, key="enquiry:1")

    with at(SOON):
        send_all(mailbox, way())

    assert first.pk == second.pk
    assert len(server.taken) == 1


def test_a_word_of_theirs_stops_it(server, mailbox, ann):
    message = answer_to(ann, mailbox)
    record(ann, TheyWrote(at=SOON), source="mail:1", at=SOON)

    with at(SOON):
        send_all(mailbox, way())

    message.refresh_from_db()
    assert (server.taken, message.state) == ([], "cancelled")
    assert message.reason == "They came to us before it left. Look at that first."


def test_several_are_handed_over_in_one_commit(server, mailbox, workspace, bob):
    messages = [answer_to(somebody_asked(f"Ann{n}", workspace, bob), mailbox) for n in range(8)]

    with at(SOON):
        send_all(mailbox, way(at_once=4))

    assert handovers(workspace) == 2
    assert sorted(one.message_id for one in server.taken) == sorted(
        one.message_id for one in messages
    )
    assert server.asked["greeting"] == 4


def test_who_refused_mail_while_it_was_written_gets_none(mailbox, ann):
    before = Party.objects.select_related("workspace").get(pk=ann.pk)
    record(ann, OptedOut(at=SOON, channels=("email",)), source="mail:x", at=SOON)

    with pytest.raises(CouldNotQueue, match="does not want mail"):
        answer_to(before, mailbox, at=SOON)

    assert not Message.objects.exists()
    assert answer_to(before, mailbox, at=SOON, purpose="transactional").state == "queued"


def test_no_more_leave_than_the_mailbox_may_send(server, mailbox, workspace, bob):
    Mailbox.objects.filter(pk=mailbox.pk).update(per_hour=3)
    mailbox.refresh_from_db()
    for n in range(5):
        answer_to(somebody_asked(f"Ann{n}", workspace, bob), mailbox)

    with at(SOON):
        send_all(mailbox, way(at_once=2))
    in_the_first_hour = len(server.taken)
    with at(SOON + timedelta(minutes=61)):
        send_all(mailbox, way(at_once=2))

    assert (in_the_first_hour, len(server.taken)) == (3, 5)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_a_batch_asks_as_much_for_many_as_for_few(server, mailbox, workspace, bob):
    def asked_for(many, names):
        """How many statements, and in how many portions the answers came."""
        for n in range(many):
            answer_to(somebody_asked(f"{names}{n}", workspace, bob), mailbox)
        portions = []
        its_way = way(at_once=many, passes=portions.append)
        with at(SOON), lines_of(mailbox, its_way) as lines:
            with CaptureQueriesContext(connection) as asked:
                assert send_some(mailbox, lines, its_way) == many
            return len(asked), portions.count("answered")

    asked_for(1, "Pat")  # whatever is asked once
    few, in_few = asked_for(2, "Ann")
    many, in_many = asked_for(8, "Ben")

    assert many <= few + 12 * max(0, in_many - in_few)
