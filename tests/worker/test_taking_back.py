"""A whole import taken back: the books say again what they said before."""

import os
import signal
import time
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from tests.ledger.scene import obligations
from tests.worker.bringing_in import MONDAY, bring_in, letter, mbox, take_in

from followthrough.core.facts import Noted, TheyWrote, WeCalled
from followthrough.ledger import alarms, intakes
from followthrough.ledger.audit import audit
from followthrough.ledger.models import (
    Address,
    Alarm,
    Fact,
    FollowUp,
    Intake,
    Notice,
    Party,
    Person,
    Piece,
    Text,
)
from followthrough.ledger.models.intake import UNDONE
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.record import record
from followthrough.ledger.sweep import sweep
from followthrough.ledger.taking_back import take_back
from followthrough.worker.importing import back
from followthrough.worker.importing.job import Importer

LATER = MONDAY + timedelta(hours=1)
OURS = "bob@banners.example"
LIST = (
    b"Name,Email,Phone,Stage,Amount,Notes\n"
    b"Ann,ann@customer.test,+44 20 7946 0001,open,,Likes blue\n"
    b"Pat,pat@printer.test,,open,1200,\n"
    b"Zoe,zoe@other.test,,won,900,Old friend\n"
)


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def ann(bob):
    """Somebody we knew before, who waits for an answer."""
    ann = find_or_add(
        bob.workspace, Known(name="Ann", emails=("ann@customer.test",)), owner=bob, at=MONDAY
    )
    record(ann, TheyWrote(at=MONDAY - timedelta(days=2)), source="mail:1", at=MONDAY)
    return ann


def people(workspace):
    rows = Address.objects.filter(workspace=workspace).order_by("party__name", "canonical")
    return (
        sorted(Party.objects.filter(workspace=workspace).values_list("name", flat=True)),
        list(rows.values_list("party__name", "kind", "canonical")),
        Person.objects.count(), Text.objects.count(),
    )  # fmt: skip


def owed():
    rows = FollowUp.objects.filter(settled_at=None)
    return sorted(rows.values_list("party__name", "rule", "matter__value", "occasion"))


def taken_back(intake, at=LATER):
    assert take_back(intake, at=at)
    return take_in(intakes.unfinished(intake.workspace).get(pk=intake.pk), at=at)


def clean(workspace, at=LATER):
    return (audit(workspace, at=at).uncovered, sweep(workspace, at=at)) == (0, 0)


def test_people_facts_and_follow_ups_are_as_before(bob, ann):
    before = people(bob.workspace), obligations(bob.workspace)
    intake = bring_in(bob, LIST)

    taken_back(intake)

    names, addresses, persons, _ = people(bob.workspace)
    assert (names, addresses, persons) == before[0][:3]
    assert obligations(bob.workspace) == before[1]
    assert clean(bob.workspace)


def test_of_people_that_were_new_nothing_is_left(bob):
    intake = bring_in(bob, LIST)

    back = taken_back(intake)

    assert [model.objects.count() for model in (Party, Fact, FollowUp, Text, Address)] == [0] * 5
    assert (back.phase, back.counts["removed"], back.counts["kept"]) == (UNDONE, 3, 0)
    assert Piece.objects.filter(intake=intake).count() == 3


def test_what_rang_for_them_goes_with_them(bob):
    intake = bring_in(bob, LIST)
    for row in FollowUp.objects.filter(settled_at=None):
        Alarm.objects.create(
            workspace=bob.workspace, followup=row, member=bob, at=MONDAY, what="No first word yet"
        )
    alarms.ring(bob.workspace, at=MONDAY)
    assert Notice.objects.count() > 3

    taken_back(intake)

    assert (Notice.objects.count(), Alarm.objects.count()) == (0, 0)


def test_whom_somebody_did_something_for_since_stays(bob):
    intake = bring_in(bob, LIST)
    pat = Party.objects.get(name="Pat")
    record(pat, WeCalled(at=LATER, outcome="spoke"), source="page:1", at=LATER)

    taken_back(intake, at=LATER + timedelta(hours=1))

    assert list(Party.objects.values_list("name", flat=True)) == ["Pat"]
    assert clean(bob.workspace, LATER + timedelta(hours=1))


def test_a_note_alone_keeps_somebody(bob):
    intake = bring_in(bob, LIST)
    record(Party.objects.get(name="Zoe"), Noted(at=LATER), source="page:1", at=LATER)

    taken_back(intake)

    assert Party.objects.get().name == "Zoe"
    assert not FollowUp.objects.filter(settled_at=None).exists()


def test_whom_another_import_spoke_of_too_stays(bob):
    first = bring_in(bob, LIST)
    bring_in(bob, b"Name,Email\nPat,pat@printer.test\n", at=LATER)

    taken_back(first)

    assert Party.objects.get().name == "Pat"


def test_two_imports_of_one_file_taken_back_leave_nobody(bob):
    first, second = bring_in(bob, LIST), bring_in(bob, LIST, at=LATER)

    taken_back(second)
    assert Party.objects.count() == 3
    taken_back(first)

    assert Party.objects.count() == 0
    assert Piece.objects.filter(party=None).count() == 6


def test_an_answer_that_came_with_an_import_is_owed_again(bob, ann):
    before = obligations(bob.workspace)
    said = letter(f"Bob <{OURS}>", "Ann <ann@customer.test>", "90 pounds.", day=2)
    intake = bring_in(bob, mbox(said.replace(b"Jan", b"Mar")), ours=(OURS,))
    assert obligations(bob.workspace) != before

    taken_back(intake)

    assert obligations(bob.workspace) == before


def test_the_same_file_can_be_brought_in_anew(bob, ann):
    first = bring_in(bob, LIST)
    there = owed()
    taken_back(first)

    again = bring_in(bob, LIST, at=LATER + timedelta(hours=1))

    assert owed() == there
    assert Text.objects.filter(body="Likes blue").count() == 1
    assert clean(bob.workspace, LATER + timedelta(hours=1))
    taken_back(again, at=LATER + timedelta(hours=2))
    assert [followup.rule for followup in FollowUp.objects.filter(settled_at=None)] == [
        "answer_them"
    ]


def test_what_is_not_all_in_cannot_be_taken_back(bob):
    intake = intakes.receive(bob.workspace, bob, "a.csv", BytesIO(LIST), at=MONDAY)

    assert not take_back(intake, at=MONDAY)


def test_what_got_stuck_half_way_can_be_taken_back(bob):
    intake = intakes.receive(bob.workspace, bob, "a.csv", BytesIO(LIST), at=MONDAY)
    worker = Importer()
    for _ in range(2):
        worker.slice_of(intake, at=MONDAY)
    intakes.stored_at(intake).write_bytes(b"".join(LIST.splitlines(keepends=True)[:3]))
    for _ in range(5):
        worker.slice_of(intake, at=MONDAY)
    assert (Party.objects.count(), bool(intake.problem)) == (2, True)

    taken_back(intake)

    assert (Party.objects.count(), intakes.stored_at(intake).exists()) == (0, False)


def test_it_is_taken_back_once(bob):
    intake = bring_in(bob, LIST)
    taken_back(intake)

    assert not take_back(Intake.objects.get(), at=LATER)


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_goes_on_where_it_was(bob, monkeypatch):
    monkeypatch.setattr(back, "MOST", 10)
    rows = b"".join(b"Ann %d,ann%d@customer.test\n" % (n, n) for n in range(400))
    known = find_or_add(
        bob.workspace, Known(name="Pat", emails=("ann7@customer.test",)), owner=bob, at=MONDAY
    )
    record(known, TheyWrote(at=MONDAY), source="mail:1", at=MONDAY)
    before = obligations(bob.workspace)
    intake = bring_in(bob, b"Name,Email\n" + rows)
    assert take_back(intake, at=LATER)

    for turn in range(4):
        _killed_after(0.05, intake, LATER + turn * intakes.LEASE)
    there = Party.objects.count()
    take_in(intakes.unfinished(bob.workspace).get(), at=LATER + 10 * intakes.LEASE)

    assert 1 < there <= 400
    assert (Party.objects.count(), obligations(bob.workspace)) == (1, before)
    assert clean(bob.workspace)


def _killed_after(seconds, intake, at):
    """A worker of its own, and its power goes."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            worker = Importer()
            while True:
                worker.slice_of(intakes.unfinished(intake.workspace).get(), at=at)
                time.sleep(0.01)  # so that there is a middle
        finally:
            os._exit(1)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
