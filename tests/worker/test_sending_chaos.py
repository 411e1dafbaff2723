"""Many workers that die at random, and a server with moods: nobody is mailed twice, nobody lost."""

import os
import random
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from tests.servers.smtp import DROP
from tests.worker.sending_scene import answer_to, mailbox_at, somebody_asked, way

from followthrough.ledger import clock
from followthrough.ledger.models import Mailbox, Message
from followthrough.ledger.outbox import claiming, doubts
from followthrough.ledger.outbox.doubts import Looked
from followthrough.worker.sending import dispatch, verdicts
from followthrough.worker.sending.dispatch import send_all
from followthrough.worker.sending.post import Post

PEOPLE = int(os.environ.get("CHAOS_PEOPLE", "24"))
SEED = int(os.environ.get("CHAOS_SEED", "20260302"))
WORKERS = 3
HOUR = timedelta(hours=1)


@pytest.fixture
def mailbox(server, mia, bob):
    return mailbox_at(server, bob, keeps_copies=True)


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
    assert crashes >= PEOPLE // 3


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
