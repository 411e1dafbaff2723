"""What goes wrong or breaks off while a file comes in costs only itself, and is gone on with."""

from datetime import timedelta
from io import BytesIO

import pytest
from tests.worker.bringing_in import (
    ANN,
    LIST,
    MONDAY,
    OURS,
    bring_in,
    letter,
    mbox,
    pieces,
    take_in,
)

from followthrough.ledger import intakes
from followthrough.ledger.models import Fact, FollowUp, Intake, Piece
from followthrough.worker.importing import job, mail, writing
from followthrough.worker.importing.job import Importer


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


# ---- what goes wrong ---------------------------------------------------------------------


def test_the_upload_is_nobody_elses_business_and_goes_when_it_is_done(bob, settings):
    intake = intakes.receive(bob.workspace, bob, "../../a.csv", BytesIO(LIST), at=MONDAY)
    stored = intakes.stored_at(intake)
    mode = stored.stat().st_mode & 0o777

    take_in(intake)

    assert (mode, intake.file_name) == (0o600, "a.csv")
    assert stored.parent == settings.VAR / "intakes"
    assert not stored.exists()


def test_a_file_that_cannot_be_read_says_so(bob):
    intake = bring_in(bob, b"PK\x03\x04 an archive")

    assert intake.problem.startswith("This packed file is damaged.")
    assert intake.finished_at == MONDAY


def test_a_file_that_is_gone_says_so(bob):
    intake = intakes.receive(bob.workspace, bob, "a.csv", BytesIO(LIST), at=MONDAY)
    intakes.stored_at(intake).unlink()

    take_in(intake)

    assert intake.problem == "The stored file is no longer here. Please bring it in again."


def test_two_workers_never_take_the_same_slice(bob):
    intake = intakes.receive(bob.workspace, bob, "a.csv", BytesIO(LIST), at=MONDAY)
    first, second = Importer(), Importer()

    taken = [first.slice_of(intake, at=MONDAY), second.slice_of(intake, at=MONDAY)]

    assert taken == [True, False]


def test_a_worker_that_fell_silent_is_followed_by_another(bob):
    intake = intakes.receive(bob.workspace, bob, "a.csv", BytesIO(LIST), at=MONDAY)
    Importer().slice_of(intake, at=MONDAY)

    take_in(intake, at=MONDAY + intakes.LEASE)

    assert intake.cursor == 5
    assert Piece.objects.count() == 5


def test_who_lost_the_lease_writes_nothing(bob):
    intake = intakes.receive(bob.workspace, bob, "a.csv", BytesIO(LIST), at=MONDAY)
    slow = Importer()
    for _ in range(2):
        slow.slice_of(intake, at=MONDAY)
    [job] = slow.open.values()
    outcomes = list(job.coming)
    take_in(intakes.unfinished(bob.workspace).get(), at=MONDAY + intakes.LEASE)
    before = Fact.objects.count()

    with pytest.raises(intakes.LostTheLease):
        writing.write(job.intake, outcomes, at=MONDAY)

    assert Fact.objects.count() == before


def test_one_piece_that_cannot_be_taken_in_costs_only_itself(bob, monkeypatch):
    honest = writing.match_many

    def dislikes_sid(workspace, many, **rest):
        if any(known.name == "Sid" for known in many):
            raise ValueError("Sid")
        return honest(workspace, many, **rest)

    monkeypatch.setattr(writing, "match_many", dislikes_sid)

    intake = bring_in(bob, LIST)

    assert intake.counts["outcomes"] == {"linked": 3, "quarantined": 2}
    assert pieces(intake)[2][2] == "This could not be taken in (ValueError)."


def test_a_file_of_another_team_is_refused(bob, sid):
    with pytest.raises(PermissionError):
        intakes.receive(sid.workspace, bob, "a.csv", BytesIO(LIST), at=MONDAY)


# ---- what breaks off ---------------------------------------------------------------------


def test_a_reading_that_breaks_off_keeps_its_file_and_is_tried_again(bob, monkeypatch):
    honest, broken = mail.open_mail, [True]

    def breaks_off(path):
        for number, one in enumerate(honest(path)):
            if number == 2 and broken == [False]:
                raise OSError("disk")
            yield one

    monkeypatch.setattr(mail, "open_mail", breaks_off)
    letters = [letter(ANN, OURS, number=n) for n in range(1, 5)]
    intake = intakes.receive(bob.workspace, bob, "a.mbox", BytesIO(mbox(*letters)), at=MONDAY)
    worker = Importer()
    for _ in range(2):
        worker.slice_of(intake, at=MONDAY)
    broken[0] = False

    assert not worker.slice_of(intake, at=MONDAY)
    assert (intake.finished_at, intake.cursor, intakes.stored_at(intake).exists()) == (
        None, 0, True,
    )  # fmt: skip
    assert "OSError; 0 of 4 taken in" in intake.problem
    assert not worker.slice_of(intake, at=MONDAY + timedelta(minutes=1))

    broken[0] = True
    take_in(intake, at=MONDAY + intakes.PAUSE)
    assert (intake.cursor, intake.problem, bool(intake.finished_at)) == (4, "", True)


def test_a_file_that_grew_shorter_is_not_finished(bob):
    intake = intakes.receive(bob.workspace, bob, "a.csv", BytesIO(LIST), at=MONDAY)
    worker = Importer()
    for _ in range(2):
        worker.slice_of(intake, at=MONDAY)
    intakes.stored_at(intake).write_bytes(b"".join(LIST.splitlines(keepends=True)[:3]))

    for _ in range(5):
        worker.slice_of(intake, at=MONDAY)

    assert (intake.finished_at, intake.cursor) == (None, 2)
    assert "the file ended early; 2 of 5 taken in" in intake.problem


def test_what_cannot_be_taken_in_is_kept_as_it_was(bob, monkeypatch):
    def dislikes_any(heard, **_rest):
        if heard:
            raise ValueError("no")
        return 0

    monkeypatch.setattr(writing, "record_many", dislikes_any)

    intake = bring_in(bob, LIST)

    kept = Piece.objects.get(intake=intake, where="row 2")
    assert bytes(kept.raw).startswith(b"Ann\tann@customer.test\t")


def test_a_sum_beyond_all_reason_costs_only_itself(bob):
    intake = bring_in(bob, b"Name,Email,Amount\nAnn,ann@customer.test,99999999999999999999\n")

    assert pieces(intake) == [
        ("row 2", "linked", "“99999999999999999999” could not be read as a sum.")
    ]
    assert FollowUp.objects.get(party__name="Ann").rule == "first_touch"


def test_a_place_that_cannot_be_written_gets_another_name(bob, monkeypatch):
    honest = writing._write_pieces

    def dislikes_row_two(intake, outcomes, parties):
        if any(one.where == "row 2" for one in outcomes):
            raise ValueError("row 2")
        honest(intake, outcomes, parties)

    monkeypatch.setattr(writing, "_write_pieces", dislikes_row_two)

    intake = bring_in(bob, LIST)

    assert (intake.cursor, bool(intake.finished_at)) == (5, True)
    assert Piece.objects.filter(where__startswith="piece 1 of").get().raw


def test_on_a_long_way_to_its_cursor_a_worker_keeps_the_lease(bob, monkeypatch):
    rows = b"".join(b"Ann %d,ann%d@customer.test\n" % (n, n) for n in range(900))
    intake = intakes.receive(
        bob.workspace, bob, "a.csv", BytesIO(b"Name,Email\n" + rows), at=MONDAY
    )
    Intake.objects.filter(pk=intake.pk).update(cursor=890, lease="other", lease_until=MONDAY)
    monkeypatch.setattr(job, "LOOKING", 0)
    worker, at = Importer(), MONDAY

    turns = 0
    while not intake.finished_at and turns < 50:
        turns, at = turns + 1, at + timedelta(seconds=20)
        assert worker.slice_of(intake, at=at)
        assert not Importer().slice_of(intakes.unfinished(bob.workspace).first() or intake, at=at)

    assert intake.cursor == 900
    assert turns > 5
