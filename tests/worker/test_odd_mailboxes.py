"""Mailboxes with long paths, wrong clocks and surprises: every mail is taken in or kept."""

import io
import zipfile

import pytest
from tests.worker.bringing_in import MONDAY, bring_in, letter, take_in

from followthrough.ledger import intakes
from followthrough.ledger.models import Party, Piece

OURS = "bob@banners.example"


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


def letters(count):
    return [letter(f"P{n} <p{n}@c{n}.test>", OURS, number=n + 1) for n in range(count)]


def zipped(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as box:
        for name, raw in zip(names, letters(len(names)), strict=True):
            box.writestr(name, raw)
    return packed.getvalue()


# ---- where they stood ------------------------------------------------------------------


DEEP = "Export of my mail 2026/" + "Customers of the north and the south/" * 4


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_mails_of_a_zip_whose_paths_are_long_or_the_same_are_all_taken_in(bob):
    names = [*(f"{DEEP}mail {n:04} from a customer.eml" for n in range(5)), "a.eml", "a.eml"]

    intake = bring_in(bob, zipped(*names), name="m.zip", ours=(OURS,))

    assert intake.counts["outcomes"] == {"linked": 7}
    assert Party.objects.count() == 7


def test_mails_of_a_folder_whose_paths_are_longer_than_the_report_are_all_taken_in(bob, tmp_path):
    folder = deep = tmp_path / "Export"
    for n in range(3):
        deep /= f"{'Customers of the north ' * 4}{n}"
    deep.mkdir(parents=True)
    for n, raw in enumerate(letters(4)):
        (deep / f"{n}{'z' * 100}.eml").write_bytes(raw)
    (folder / "odd\udc80.eml").write_bytes(letter("Ann <ann@a.test>", OURS, number=8))
    (folder / "odd\udc81.eml").write_bytes(letter("Pat <pat@a.test>", OURS, number=9))

    intake = take_in(intakes.receive_folder(bob, folder, {"ours": [OURS]}, at=MONDAY))

    assert intake.counts["outcomes"] == {"linked": 6}
    places = set(Piece.objects.values_list("where", flat=True))
    assert {len(where) <= 300 and where.endswith(".eml") for where in places} == {True}
