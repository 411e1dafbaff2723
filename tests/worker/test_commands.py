"""What can be done without a browser."""

import sys
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.worker.bringing_in import MONDAY, bring_in, letter, mbox

from followthrough.ledger import intakes
from followthrough.ledger.models import FollowUp, Intake, Matter, Party
from followthrough.worker import cli, scan

OURS = "bob@banners.example"
ANN = "Ann <ann@customer.test>"


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path / "var"


@pytest.fixture
def mailbox(tmp_path):
    path = tmp_path / "all.mbox"
    pat = letter("Pat <pat@printer.test>", OURS, "Which blue?", day=3, number=3)
    path.write_bytes(mbox(letter(ANN, OURS), letter(OURS, ANN, "90 pounds.", day=2, number=2), pat))
    return path


def said(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_a_scan_says_whom_i_owe_an_answer_and_touches_nothing(mailbox, capsys):
    before = sorted(mailbox.parent.iterdir())

    assert scan.main([str(mailbox), "--me", OURS]) == 0

    assert capsys.readouterr().out == (
        "\nWaiting for you (1)\n"
        "Pat\tAnswer them\t2026-01-03\tThey wrote and nobody has answered\tA banner: Which blue?\n"
        "\nGone quiet (1)\n"
        "Ann\tAsk again\t2026-01-02\tWe wrote last, and they have gone quiet\t"
        "A banner: 90 pounds.\n"
        "\n3 read: 3 from or to people.\n"
    )
    assert sorted(mailbox.parent.iterdir()) == before


def test_a_scan_says_what_it_guessed(mailbox, capsys):
    scan.main([str(mailbox)])

    assert f"Taken for yours, as a guess: {OURS}. Say --me ADDRESS" in capsys.readouterr().out


def test_a_scan_of_something_else_says_what_to_do(tmp_path, capsys):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 an archive")

    assert scan.main([str(path)]) == 1

    assert "This packed file is damaged." in capsys.readouterr().err


def test_an_import_brings_in_what_the_page_would(bob, mailbox):
    out = said("import", str(mailbox), "--me", OURS)

    assert out.startswith("all.mbox: 3 read: 3 linked.\n")
    assert Party.objects.count() == 2
    assert Intake.objects.get().member == bob


def test_a_folder_comes_in_whole(bob, tmp_path):
    folder = tmp_path / "mails"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.eml").write_bytes(letter(ANN, OURS))
    (folder / "inner" / "b.eml").write_bytes(letter(ANN, OURS, "Hello?", number=2))
    (folder / "link.eml").symlink_to(folder / "a.eml")

    out = said("import", str(folder), "--me", OURS)

    assert out.startswith("mails: 2 read: 2 linked.\n")


def test_an_import_for_nobody_in_particular_asks_whose_it_is(bob, mia, mailbox):
    with pytest.raises(CommandError, match="Whose are they"):
        said("import", str(mailbox))


LIST = "Name;Date;Amount\nAnn;03/04/2026;900\nSid;05/04/2026;100\n"


@pytest.fixture
def a_list(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text(LIST)
    return path


def test_a_dry_run_says_what_would_come_of_it_and_keeps_nothing(bob, a_list):
    out = said("import", str(a_list), "--dry-run", "--day-first", "--map", "name=company")

    assert "deals.csv: 2 in it. Nothing is brought in yet." in out
    assert "Name: Company" in out
    assert (Party.objects.count(), Intake.objects.get().phase) == (0, "called_off")


def test_what_is_said_of_a_column_holds(bob, a_list):
    said("import", str(a_list), "--map", "Name=company", "--what", "deals", "--month-first")

    assert sorted(Party.objects.values_list("company", flat=True)) == ["Ann", "Sid"]


@pytest.mark.parametrize(
    ("mapped", "why"),
    [("Name=colour", "is no field"), ("Colour=name", "There are Name, Date, Amount")],
)
def test_a_mapping_that_cannot_be_says_what_there_is(bob, a_list, mapped, why):
    with pytest.raises(CommandError, match=why):
        said("import", str(a_list), "--map", mapped)


def test_a_report_is_written_where_it_is_wanted(bob, a_list, tmp_path):
    said("import", str(a_list), "--report", str(tmp_path / "out.csv"))

    assert (tmp_path / "out.csv").read_text().splitlines() == [
        "where,outcome,why,who,known_by", "row 2,linked,,Ann,", "row 3,linked,,Sid,"
    ]  # fmt: skip


def test_an_import_is_taken_back_by_its_number(bob, a_list):
    out = said("import", str(a_list))
    [number] = Intake.objects.values_list("pk", flat=True)
    assert out.endswith(f"To take it back: followthrough import --undo {number}\n")

    out = said("import", "--undo", str(number))

    assert out == ("deals.csv: taken back. 2 people gone again, 0 stay as they were before.\n")
    assert not Party.objects.exists()
    with pytest.raises(CommandError, match="no import"):
        said("import", "--undo", str(number))


def test_the_rules_are_listed_with_their_knobs():
    out = said("rules")

    assert "answer_them: We answer whoever is waiting for us.\n    answer_them.limit = 1" in out
    assert "spread.daily = 20" in out


def test_a_follow_up_explains_itself(bob):
    bring_in(bob, mbox(letter(ANN, OURS)))

    out = said("explain", str(FollowUp.objects.get().pk))

    assert "They wrote" in out
    assert "answer_them: We answer whoever is waiting for us." in out


def test_the_audit_is_content_when_all_is_covered(bob):
    bring_in(bob, mbox(letter(ANN, OURS)))

    assert said("audit").startswith("Banners: 1 open, 0 uncovered")


def test_the_audit_fails_when_something_would_be_dropped(bob):
    bring_in(bob, mbox(letter(ANN, OURS)))
    FollowUp.objects.update(settled_at=MONDAY)

    with pytest.raises(SystemExit) as ended:
        said("audit")

    assert ended.value.code == 1


def test_a_sweep_puts_right_what_somebody_broke(bob):
    bring_in(bob, mbox(letter(ANN, OURS)))
    FollowUp.objects.update(why="Because")

    assert said("sweep") == "Banners: 1 put right\n"
    assert said("sweep") == "Banners: 0 put right\n"
    assert Matter.objects.count() == 1


def test_without_a_word_the_console_says_what_it_can(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["followthrough"])

    cli.main()

    assert capsys.readouterr().out.startswith("followthrough scan FILE...")


def _waits(_seconds):
    raise AssertionError("It waits for what will not come.")


def test_what_gets_stuck_is_said_and_nobody_waits_for_it(bob, tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"Name,Email\nAnn,ann@customer.test\nPat,pat@printer.test\n")
    command = import_module("followthrough.worker.management.commands.import")
    monkeypatch.setattr(command, "sleep", _waits)
    looked = intakes.looked

    def looked_and_cut(intake, **found):
        looked(intake, **found)
        intakes.stored_at(intake).write_bytes(b"Name,Email\nAnn,ann@customer.test\n")

    monkeypatch.setattr(intakes, "looked", looked_and_cut)

    with pytest.raises(CommandError, match=r"a\.csv: We could not read on .the file ended early"):
        said("import", str(path), member=bob.user.email)

    assert Intake.objects.get().finished_at is None
