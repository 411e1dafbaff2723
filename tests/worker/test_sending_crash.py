"""The power goes at every point, on both databases: nobody is mailed twice, nobody is forgotten."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from tests.servers.smtp import DROP
from tests.worker.sending_scene import (
    SOON,
    answer_to,
    at,
    mailbox_at,
    somebody_asked,
    state_of,
    way,
)

from followthrough.core.facts import Noted
from followthrough.ledger.models import Fact, Message
from followthrough.ledger.outbox.doubts import Looked
from followthrough.ledger.record import record
from followthrough.worker.sending.dispatch import send_all
from followthrough.worker.sending.post import Post

HOUR = timedelta(hours=1)


class PowerCut(BaseException):
    pass


@pytest.fixture
def mailbox(server, mia, bob):
    return mailbox_at(server, bob, keeps_copies=True)


@pytest.fixture
def ann(workspace, mia, bob):
    return somebody_asked("Ann", workspace, bob)


def the_sent_folder(server, read_at):
    return lambda _mailbox, name: Looked(
        found=name in {one.message_id for one in server.taken}, read_at=read_at
    )


def started_again(mailbox, server, moment):
    """What the loop does after a crash, an hour later."""
    post = Post(way=way(), copies=the_sent_folder(server, moment))
    with at(moment):
        post.pick_up(mailbox.workspace, moment)
        post.resolve(mailbox.workspace, moment)
        send_all(mailbox, way())
        post.pick_up(mailbox.workspace, moment)


# What is found after the crash, by the point behind which it came: C1 to C7.
POINTS = {
    "claimed": "claimed",
    "staged": "claimed",
    "handed over": "handover",
    "last byte": "handover",
    "answered": "handover",
    "settled": "sent",
}


@pytest.mark.django_db
@pytest.mark.parametrize("point", POINTS)
def test_after_a_crash_at_any_point_it_is_sent_once(server, mailbox, ann, point):
    message = answer_to(ann, mailbox)

    def cut(now_at):
        if now_at == point:
            raise PowerCut

    with at(SOON), pytest.raises(PowerCut):
        send_all(mailbox, way(passes=cut))
    found = state_of(message)
    if point == "last byte":  # it is on its way: let it arrive
        _until(lambda: server.taken)
    started_again(mailbox, server, SOON + HOUR)

    assert found == POINTS[point]
    assert [one.message_id for one in server.taken] == [message.message_id]
    assert state_of(message) == "sent"
    assert Fact.objects.filter(party=ann, kind="WeWrote").count() == 1


@pytest.mark.django_db
def test_a_crash_before_the_business_change_commits_promises_nothing(server, mailbox, ann):
    def a_change_that_ends_early():
        with transaction.atomic():
            record(ann, Noted(at=SOON), source="note:1", at=SOON)
            answer_to(ann, mailbox)
            raise PowerCut

    with pytest.raises(PowerCut):
        a_change_that_ends_early()

    started_again(mailbox, server, SOON + HOUR)

    assert (server.taken, Message.objects.count()) == ([], 0)
    assert not Fact.objects.filter(kind="Noted").exists()


@pytest.mark.django_db
def test_a_server_that_dies_after_taking_it_has_taken_it(server, mailbox, ann):
    server.says["dot"] = [f"taken, {DROP}"]
    message = answer_to(ann, mailbox)

    with at(SOON):
        send_all(mailbox, way())
    started_again(mailbox, server, SOON + HOUR)

    message.refresh_from_db()
    assert (len(server.taken), message.state, message.evidence) == (1, "sent", "copy")


@pytest.mark.django_db
def test_what_a_worker_has_for_too_long_goes_to_another_who_alone_may_send(server, mailbox, ann):
    message = answer_to(ann, mailbox)

    def somebody_else_takes_it(point):
        if point == "staged":
            started_again(mailbox, server, SOON + HOUR)

    with at(SOON):
        send_all(mailbox, way(passes=somebody_else_takes_it))

    assert len(server.taken) == 1
    assert state_of(message) == "sent"


def _until(true):
    until = time.monotonic() + 5
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)
