"""The handle turns, leaves signs of life, and one stuck step stops no other."""

import logging
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from tests.worker.bringing_in import MONDAY, letter, mbox

from followthrough.core.facts import TheyWrote
from followthrough.ledger import clock, intakes
from followthrough.ledger.models import Alarm, Checked, Fact, Heartbeat, Workspace
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.record import record
from followthrough.worker import loop
from followthrough.worker.loop import Loop
from followthrough.worker.steps import Step, nightly


def beats():
    return dict(Heartbeat.objects.values_list("name", "said"))


def test_a_turn_does_everything_once_and_says_what_came_of_it(bob):
    Loop().turn(MONDAY)

    assert beats() == {
        "plans": "",
        "alarms": "",
        "reminders": "",
        "answers": "",
        "plans by themselves": "",
        "sending": "",
        "doubts": "",
        "findable": "",
        "intakes": "",
        "receipts": "",
        "mail": "",
        "mail sums": "",
        "terms": "",
        "likenesses": "",
        "canaries": "",
        "audit": "0 open, 0 uncovered, checked 10:00",
        "sweep": "0 put right",
        "watch": "",
        "awake": "",
        "watched": "",
    }


def test_the_audit_runs_every_quarter_of_an_hour(bob):
    one = Loop()

    for minutes in (0, 5, 14, 15, 29, 31):
        one.turn(MONDAY + timedelta(minutes=minutes))

    assert Checked.objects.count() == 3


def test_of_two_workers_one_runs_the_audit(bob):
    for one in (Loop(), Loop()):
        one.turn(MONDAY)

    assert Checked.objects.count() == 1


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ((2, 1, 30), (2, 1, 59), False),
        ((2, 1, 59), (2, 2, 0), True),
        ((2, 2, 0), (2, 23, 0), False),
        ((2, 2, 0), (3, 1, 59), False),
        ((2, 2, 0), (3, 9, 0), True),
    ],
)
def test_the_sweep_is_for_the_night_of_the_workspace(last, now, due):
    berlin = Workspace(zone="Europe/Berlin")
    last_at, now_at = (
        datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)
        for day, hour, minute in (last, now)
    )

    assert nightly(last_at, now_at, berlin) is due


def test_an_alarm_rings_when_its_time_has_come(bob, mia):
    ann = find_or_add(bob.workspace, Known(emails=("ann@customer.test",)), owner=bob, at=MONDAY)
    record(ann, TheyWrote(at=MONDAY), source="mail:1", at=MONDAY)

    Loop().turn(MONDAY + timedelta(days=1))

    assert Alarm.objects.exclude(told_at=None).count() == 1


def test_a_file_is_taken_in_while_the_handle_turns(bob):
    raw = mbox(letter("ann@customer.test", "bob@banners.example"))
    intake = intakes.receive(bob.workspace, bob, "a.mbox", BytesIO(raw), at=MONDAY)
    one = Loop()

    turns = [one.turn(MONDAY) for _ in range(6)]

    intake.refresh_from_db()
    assert (intake.finished_at, Fact.objects.count()) == (MONDAY, 1)
    assert turns == [True, True, True, True, True, False]


def test_a_step_that_fails_is_logged_once_and_stops_no_other(bob, caplog):
    def fails(workspace, now):
        raise ValueError("no luck")

    one = Loop((Step(name="bad", run=fails), Step(name="good", run=lambda *_: "done")))

    with caplog.at_level(logging.ERROR):
        for seconds in (0, 2, 4):
            one.turn(MONDAY + timedelta(seconds=seconds))

    bad = Heartbeat.objects.get(name="bad")
    assert (bad.problem, beats()["good"]) == ("ValueError: no luck", "done")
    assert [record.message for record in caplog.records] == [
        "The step bad failed: ValueError: no luck"
    ]


def test_a_step_that_works_again_says_so(bob):
    moods = iter([ValueError("no luck"), None])

    def moody(workspace, now):
        mood = next(moods)
        if mood:
            raise mood
        return ""

    one = Loop((Step(name="moody", run=moody),))
    for seconds in (0, 2):
        one.turn(MONDAY + timedelta(seconds=seconds))

    assert Heartbeat.objects.get().problem == ""


def test_turning_without_anything_to_do_writes_little(bob, django_assert_max_num_queries):
    one = Loop()
    one.turn(MONDAY)

    with django_assert_max_num_queries(28) as seen:
        one.turn(MONDAY + timedelta(seconds=2))

    assert [query["sql"] for query in seen if not query["sql"].startswith("SELECT")] == []


@pytest.mark.django_db(transaction=True)
def test_as_a_thread_it_ends_when_it_is_told(monkeypatch):
    monkeypatch.setattr(loop, "PAUSE", 0.01)
    Workspace.objects.create(name="Banners")
    with clock.at(MONDAY):
        running, thread = loop.start()
        while not Heartbeat.objects.filter(name="sweep").exists():
            threading.Event().wait(0.02)

        loop.stop(running, thread)

    assert not thread.is_alive()
