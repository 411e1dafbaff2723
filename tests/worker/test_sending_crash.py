"""The power goes at every point, on both databases: nobody is mailed twice, nobody is forgotten."""

import os
import random
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.servers.smtp import DROP, Server
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
from followthrough.ledger import clock
from followthrough.ledger.models import Fact, Mailbox, Message
from followthrough.ledger.outbox import claiming, doubts
from followthrough.ledger.outbox.doubts import Looked
from followthrough.ledger.record import record
from followthrough.worker.sending import dispatch, verdicts
from followthrough.worker.sending.dispatch import send_all
from followthrough.worker.sending.post import Post

PEOPLE = int(os.environ.get("CHAOS_PEOPLE", "24"))
SEED = int(os.environ.get("CHAOS_SEED", "20260302"))
WORKERS = 3
HOUR = timedelta(hours=1)


class PowerCut(BaseException):
    pass


@pytest.fixture
def server():
    with Server() as one:
        yield one


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


# --- many processes, killed at random ----------------------------------------------------------


@pytest.fixture
def _in_a_hurry(monkeypatch):
    """Minutes become fractions of a second, in the same proportions."""
    monkeypatch.setattr(claiming, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(claiming, "PATIENCE", timedelta(seconds=1.5))
    monkeypatch.setattr(dispatch, "ASLEEP", 0.7)
    monkeypatch.setattr(doubts, "LONG_ENOUGH", timedelta(seconds=3))
    monkeypatch.setattr(verdicts, "PAUSES", (timedelta(seconds=0.1),))
    monkeypatch.setattr(verdicts, "UNREACHED", timedelta(seconds=0))


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_in_a_hurry")
def test_killed_at_random_nobody_is_mailed_twice_and_nobody_is_lost(
    mailbox, server, workspace, bob, tmp_path, capsys
):
    log, chance = tmp_path / "taken.txt", random.Random(SEED)
    keep_a_log(server, log)
    now = clock.now()
    for n in range(PEOPLE):
        answer_to(
            somebody_asked(f"Ann{n}", workspace, bob, at=now - 2 * HOUR), mailbox, at=now - HOUR
        )
    server.says |= faults(chance)

    crashes = work_until_done(mailbox, log, chance)

    taken = Counter(log.read_text().split())
    twice = [name for name, times in taken.items() if times > 1]
    lost = set(Message.objects.values_list("message_id", flat=True)) - taken.keys()
    with capsys.disabled():
        sys.stdout.write(
            f"\n{connection.vendor}: {PEOPLE} people, {crashes} crashes: "
            f"{len(twice)} mailed twice, {len(lost)} lost\n"
        )
    assert (twice, lost) == ([], set())
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert crashes >= PEOPLE * 5 // 6


def keep_a_log(server, log):
    """What was taken, where every process can read it: the Sent folder."""
    log.touch()

    class Kept(list):
        def append(self, one):
            with log.open("a") as file:
                file.write(f"{one.message_id}\n")

    server.taken = Kept()


def faults(chance):
    """Three in a hundred of each."""

    def at_a_point(otherwise):
        odd = [DROP, "421 closing", "451 4.3.0 not now"]
        return chance.choice(odd) if chance.random() < 0.03 else otherwise

    def at_the_dot(otherwise):
        odd = [f"taken, {DROP}", DROP, "451 4.3.0 not now", "taken, babble"]
        return chance.choice(odd) if chance.random() < 0.1 else otherwise

    return dict.fromkeys(("greeting", "mail", "rcpt", "data"), at_a_point) | {"dot": at_the_dot}


def work_until_done(mailbox, log, chance):
    """Several workers, each a process that dies soon; how many did."""
    crashes, alive, until = 0, set(), time.monotonic() + 600
    while Message.objects.exclude(state="sent").exists():
        assert time.monotonic() < until, Counter(Message.objects.values_list("state", flat=True))
        while len(alive) < WORKERS:
            alive.add(in_a_process(mailbox, log, chance.randrange(1 << 30)))
        pid, status = os.wait()
        alive.discard(pid)
        crashes += os.waitstatus_to_exitcode(status) == 99
    for pid in alive:
        crashes += os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 99
    return crashes


def in_a_process(mailbox, log, seed):
    connection.close()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work_for_a_while(mailbox, log, random.Random(seed))
        status = 0
    finally:
        os._exit(status)


def work_for_a_while(mailbox, log, chance):
    def dies(_point):
        if chance.random() < 0.25:
            os._exit(99)

    def copies(_mailbox, name):
        read_at = clock.now()
        return Looked(found=name in log.read_text().split(), read_at=read_at)

    its_way = way(passes=dies, at_once=2)
    post = Post(way=its_way, copies=copies)
    for _ in range(20):
        post.pick_up(mailbox.workspace, clock.now())
        post.resolve(mailbox.workspace, clock.now())
        if not send_all(Mailbox.objects.get(pk=mailbox.pk), its_way):
            time.sleep(0.1)


def _until(true):
    until = time.monotonic() + 5
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)
