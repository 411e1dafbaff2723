"""Two workers with one list, and power cuts in the middle: the books stay whole."""

import os
import random
import signal
import time

import pytest
from django.db import connection
from tests.ledger.happenings import happening
from tests.ledger.scene import MONDAY, facts_of, obligations, party_named

from followthrough.ledger.audit import audit
from followthrough.ledger.models import Fact, FollowUp, Party
from followthrough.ledger.record import Heard, record, record_many
from followthrough.ledger.sweep import sweep

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]
KILLS = 12
SLICE = 20


@pytest.fixture
def parties(workspace, mia, bob):
    return [party_named(f"Ann{n}", workspace, owner=bob) for n in range(40)]


def told(parties, seed=3, count=400):
    chance = random.Random(seed)
    return [
        Heard(
            party=chance.choice(parties),
            source=f"row:{n}",
            facts=[happening(chance.randrange(17), chance.randrange(40_000), n % 40)],
        )
        for n in range(count)
    ]


def one_by_one(heard):
    for one in heard:
        record(one.party, *one.facts, source=one.source, at=MONDAY)


def imported(heard):
    for start in range(0, len(heard), SLICE):
        record_many(heard[start : start + SLICE], at=MONDAY)


def in_a_child(work, heard):
    """A process of its own, with a connection of its own."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        failed = 1
        try:
            work(heard)
            connection.close()
            failed = 0
        finally:
            os._exit(failed)
    return pid


def ended_well(pid):
    return os.waitpid(pid, 0)[1] == 0


@pytest.mark.parametrize("work", [one_by_one, imported])
def test_two_workers_with_one_list_do_nothing_twice(workspace, parties, work):
    heard = told(parties)

    workers = [in_a_child(work, heard), in_a_child(work, heard)]
    assert [ended_well(pid) for pid in workers] == [True, True]

    assert Fact.objects.count() == len(heard)
    assert _whole(workspace)


@pytest.mark.parametrize("work", [one_by_one, imported])
def test_killed_at_any_moment_the_work_goes_on_where_it_was(workspace, parties, work):
    heard, chance, died = told(parties), random.Random(11), 0

    for _ in range(10 * KILLS):
        pid = in_a_child(work, heard)
        time.sleep(0.01 + chance.random() * 0.12)
        os.kill(pid, signal.SIGKILL)
        if ended_well(pid):
            _begin_again(workspace)
            continue
        died += 1
        assert _whole(workspace)
        if died == KILLS:
            break
    work(heard)

    assert died == KILLS
    books, facts = obligations(workspace), facts_of(workspace)
    _begin_again(workspace)
    one_by_one(heard)
    assert (obligations(workspace), facts_of(workspace)) == (books, facts)


def _whole(workspace):
    return (audit(workspace, at=MONDAY).uncovered, sweep(workspace, at=MONDAY)) == (0, 0)


def _begin_again(workspace):
    """The same parties with nothing in the books."""
    with connection.cursor() as cursor:
        for table in ("alarm", "followup", "fact", "matter"):
            cursor.execute(f"DELETE FROM ledger_{table}")
    Party.objects.update(
        last_contact_at=None, last_contact_by="", last_contact_what="", our_word_at=None,
        contacts=0, given="", refuses=[], terms_version=0,
    )  # fmt: skip
    assert not FollowUp.objects.exists()
