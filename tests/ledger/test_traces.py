"""Whoever is forgotten is named nowhere: not by a file, a guess or a lesson either."""

from datetime import timedelta

import pytest
from tests.worker.bringing_in import MONDAY, bring_in, letter, mbox

from followthrough.ledger import deciding, proposals
from followthrough.ledger.forget import forget
from followthrough.ledger.models import Intake, Lesson, Party

LATER = MONDAY + timedelta(hours=1)
OURS = "bob@banners.example"
ANN = "Ann Schmidt <me@ann-schmidt.test>"


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


def left_out(bob):
    deciding.dismiss(list(proposals.to_decide(bob)), by=bob, at=LATER)


def houses():
    return list(Lesson.objects.filter(kind="house").values_list("about", flat=True))


def test_a_lesson_about_a_house_of_their_own_goes(bob):
    bring_in(bob, mbox(letter(ANN, OURS), letter("Cy <cy@other.test>", OURS, number=2)))
    left_out(bob)
    assert sorted(houses()) == ["ann-schmidt.test", "other.test"]

    forget(Party.objects.get(name="Ann Schmidt"), by=bob, at=LATER)

    assert houses() == ["other.test"]


def test_a_lesson_about_a_house_where_we_know_others_stays(bob):
    bring_in(bob, mbox(letter(ANN, OURS), letter("Cy <cy@ann-schmidt.test>", OURS, number=2)))
    left_out(bob)

    forget(Party.objects.get(name="Ann Schmidt"), by=bob, at=LATER)

    assert houses() == ["ann-schmidt.test"]


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("Ann Schmidt.mbox", "Forgotten.mbox"),
        ("schmidt_ANN 2025.zip", "Forgotten.zip"),
        ("Mail of me@Ann-Schmidt.test", "Forgotten"),
        ("Ann Smith.mbox", "Ann Smith.mbox"),
        ("all.mbox", "all.mbox"),
    ],
)
def test_a_file_named_after_them_loses_its_name(bob, name, after):
    bring_in(bob, mbox(letter(ANN, OURS)), name=name, ours=(OURS,))

    forget(Party.objects.get(), by=bob, at=LATER)

    assert Intake.objects.get().file_name == after


def test_an_address_that_was_taken_for_ours_is_no_longer_named(bob):
    theirs = [letter(f"x{n}@c{n}.test", ANN, number=n + 5) for n in range(12)]
    bring_in(bob, mbox(letter(ANN, OURS)), ours=(OURS,))
    bring_in(bob, mbox(*theirs))
    bring_in(bob, mbox(*theirs), ours=(OURS, "me@ann-schmidt.test"))
    assert "me@ann-schmidt.test" in Intake.objects.order_by("pk")[1].counts["guessed"]

    forget(Party.objects.get(name="Ann Schmidt"), by=bob, at=LATER)

    rows = Intake.objects.values_list("settings", "counts")
    assert "ann-schmidt" not in str(list(rows))
    assert OURS in str(list(rows))
