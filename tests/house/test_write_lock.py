"""SQLite in one process: writers wait for each other, and none is turned away."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from django.db.models import F

from followthrough.ledger.models import Workspace
from followthrough.project.environment import SQLITE_START
from followthrough.project.sqlite.base import lock_of
from followthrough.project.sqlite.fair import FairLock

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL needs no lock of ours."),
]


@pytest.fixture
def lock() -> FairLock:
    return lock_of(str(connection.settings_dict["NAME"]))


def count_up(pk: int) -> None:
    try:
        for _ in range(25):
            with transaction.atomic():
                seen = Workspace.objects.get(pk=pk).terms_version
                Workspace.objects.filter(pk=pk).update(terms_version=seen + 1)
    finally:
        connections.close_all()


def test_four_writers_lose_nothing(workspace: Workspace):
    with ThreadPoolExecutor(4) as writers:
        list(writers.map(count_up, [workspace.pk] * 4))

    workspace.refresh_from_db()
    assert workspace.terms_version == 101


def test_the_lock_is_held_from_begin_to_commit(workspace: Workspace, lock: FairLock):
    with transaction.atomic():
        during = lock.locked()

    assert (during, lock.locked()) == (True, False)


def test_a_rollback_gives_the_lock_back(workspace: Workspace, lock: FairLock):
    with pytest.raises(IntegrityError), transaction.atomic():
        Workspace.objects.create(name="Upside down", workday_start="17:00", workday_end="09:00")

    assert not lock.locked()


def test_a_closed_connection_gives_the_lock_back(workspace: Workspace, lock: FairLock):
    with transaction.atomic():
        connection.close()

    assert not lock.locked()


def test_whoever_waits_too_long_is_told(workspace: Workspace, lock: FairLock, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)

    assert lock.acquire(timeout=1)
    try:
        with pytest.raises(OperationalError, match="is still writing"), transaction.atomic():
            Workspace.objects.update(terms_version=F("terms_version") + 1)
    finally:
        lock.release()


def test_what_is_committed_survives_the_plug_being_pulled():
    assert "journal_mode = WAL" in SQLITE_START
    assert "synchronous = FULL" in SQLITE_START


def test_whoever_waits_gets_the_lock_before_whoever_has_just_had_it():
    """A worker that writes slice after slice starves nobody."""
    lock, turns, stop = FairLock(), [], threading.Event()

    def greedy():
        while not stop.is_set():
            assert lock.acquire(timeout=5)
            turns.append("greedy")
            time.sleep(0.002)
            lock.release()

    thread = threading.Thread(target=greedy)
    thread.start()
    try:
        for _ in range(20):
            before = len(turns)
            assert lock.acquire(timeout=5)
            waited = len(turns) - before
            lock.release()
            assert waited <= 2
            time.sleep(0.001)
    finally:
        stop.set()
        thread.join()


def test_whoever_gives_up_waiting_leaves_the_lock_usable():
    lock = FairLock()
    assert lock.acquire(timeout=1)

    assert lock.acquire(timeout=0.01) is False

    lock.release()
    assert lock.acquire(timeout=1)
