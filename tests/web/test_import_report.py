"""What became of each piece: whom it joined, why it was left out, and how to take it back."""

import csv
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import translation

from followthrough.ledger import clock, intakes
from followthrough.ledger.models import Intake, Party, Piece
from followthrough.ledger.models.intake import GOING, UNDOING, UNDONE
from followthrough.web.intake.progress import progress_of
from followthrough.web.intake.report import each_told
from followthrough.web.tongue import tell
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import text_of
from tests.worker.bringing_in import bring_in, letter, mbox, take_in

LIST = (
    b'Name,Email,City\nAnn,ann@customer.test,Ghent\n,,"Ghent, by\tthe sea"\n'
    b"Annie,ANN@customer.test,Ghent\n"
)


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture(autouse=True)
def _a_monday():
    with clock.at(MONDAY + HOUR):
        yield


def page(client, intake, **asked):
    return client.get(reverse("intake", args=[intake.pk]), asked)


def lines_of(response):
    return list(csv.reader(StringIO(b"".join(response.streaming_content).decode())))


def test_each_row_says_whom_it_joined_and_by_what(bob, bobs):
    said = text_of(page(bobs, bring_in(bob, LIST)))

    assert "Row 2 New Ann" in said
    assert "Row 4 Joined, known by ANN@customer.test Ann" in said or (
        "Row 4 Joined, known by ann@customer.test Ann" in said
    )
    assert "Row 3 Not readable" in said


def test_only_what_could_not_be_read_is_shown_when_asked(bob, bobs):
    answer = page(bobs, bring_in(bob, LIST), show="quarantined")

    assert [piece["where"] for piece in answer.context["pieces"]] == ["Row\u00a03"]


def test_a_rule_leads_to_what_it_left_out(bob, bobs):
    news = letter("News <news@shop.test>", bob.user.email, number=3).replace(
        b"Subject", b"List-Unsubscribe: <mailto:off@shop.test>\nSubject"
    )
    intake = bring_in(bob, mbox(letter("ann@customer.test", bob.user.email), news))

    answer = page(bobs, intake, show="ignored", rule="a newsletter")

    assert [piece["why"] for piece in answer.context["pieces"]] == ["a newsletter"]


def test_a_mail_is_named_by_its_place_and_one_not_readable_by_its_subject_too(bob, bobs):
    ours = bob.user.email
    odd = b"From: ann@customer.test\nTo: %s\nSubject: The sign\n\nHow much?\n" % ours.encode()
    intake = bring_in(bob, mbox(letter("ann@customer.test", ours, number=2), odd), name="in.mbox")

    known, odd_one = page(bobs, intake).context["pieces"]

    assert (known["where"], known["called"]) == ("Mail\u00a01", "")
    assert (odd_one["became"], odd_one["called"]) == ("Not readable", "The sign")


def test_remarks_are_told_one_by_one_in_the_readers_language(bob, bobs):
    nobody, order = (
        "This row does not say on which day it happened. The person is kept.",
        "“32 May” could not be read as a date.",
    )
    with translation.override("de"):
        told = each_told(f"{nobody} {order}")

        assert told == f"{tell(nobody)} {tell(order)}"
    assert tell(order) == order != told


def test_a_long_report_goes_on_page_after_page(bob, bobs):
    rows = b"".join(b"Ann %d,ann%d@customer.test\n" % (n, n) for n in range(250))
    intake = bring_in(bob, b"Name,Email\n" + rows)

    first = page(bobs, intake)
    second = page(bobs, intake, after=first.context["more"])

    assert (len(first.context["pieces"]), len(second.context["pieces"])) == (200, 50)
    assert second.context["more"] == 0


@pytest.mark.parametrize("bad", ["x", "-1", "9" * 40, "\0", "²"])
def test_no_place_in_a_report_breaks_it(bob, bobs, bad):
    assert page(bobs, bring_in(bob, LIST), after=bad, show=bad, rule=bad).status_code == 200


def test_the_whole_report_says_by_what_each_was_known(bob, bobs):
    intake = bring_in(bob, LIST)

    head, *rows = lines_of(bobs.get(reverse("intake_report", args=[intake.pk])))

    assert head == ["Where", "What became of it", "Why", "Who", "Known by"]
    assert [row[4].lower() for row in rows] == ["", "", "ann@customer.test"]


def test_r3_what_a_spreadsheet_would_run_is_text_in_what_is_taken_along(bob, bobs):
    typed = b'Name,Email\n"=HYPERLINK(""http://x"")",a@b.test\n@SUM(1),c@d.test\n'
    intake = bring_in(bob, typed)

    rows = lines_of(bobs.get(reverse("intake_report", args=[intake.pk])))

    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "@", "+", "-", "\t")] == []
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_what_was_left_out_comes_back_in_the_columns_of_the_file(bob, bobs):
    intake = bring_in(bob, LIST)

    rows = lines_of(bobs.get(reverse("intake_left_out", args=[intake.pk])))

    assert rows == [["Name", "Email", "City"], ["", "", "Ghent, by\tthe sea"]]


def test_mended_and_brought_in_again_it_is_taken_in(bob, bobs):
    intake = bring_in(bob, LIST)
    raw = b"".join(bobs.get(reverse("intake_left_out", args=[intake.pk])).streaming_content)

    bring_in(bob, raw.replace(b",,", b"Sid,sid@other.test,"))

    assert Party.objects.filter(name="Sid").exists()


def test_a_card_that_could_not_be_read_comes_back_as_a_card(bob, bobs):
    intake = bring_in(bob, b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n")

    answer = bobs.get(reverse("intake_left_out", args=[intake.pk]))

    assert b"".join(answer.streaming_content).startswith(b"BEGIN:VCARD")
    assert answer.headers["Content-Disposition"].endswith('.vcf"')


def test_one_press_takes_it_all_back(bob, bobs):
    intake = bring_in(bob, LIST)

    bobs.post(reverse("intake_taking_back", args=[intake.pk]))
    intake.refresh_from_db()
    assert intake.phase == UNDOING
    assert "Taking it back" in text_of(page(bobs, intake))
    take_in(intakes.unfinished(bob.workspace).get(), at=MONDAY + HOUR)

    intake.refresh_from_db()
    assert (intake.phase, Party.objects.count()) == (UNDONE, 0)
    assert "Taken back" in text_of(page(bobs, intake))


def test_whoever_is_forgotten_stands_in_no_report(bob):
    bring_in(bob, LIST)
    from followthrough.ledger.forget import forget  # noqa: PLC0415

    forget(Party.objects.get(), by=bob, at=MONDAY)

    told = Piece.objects.filter(outcome="linked").values_list("joined_by", "reason", "raw")
    assert set(told) == {("", "", None)}


@pytest.mark.parametrize(
    ("done", "minutes", "left"),
    [
        (0, 1, ""),
        (50, 1, "about 1 minute left"),
        (25, 2, "about 6 minutes left"),
        (99, 10, "less than a minute left"),
        (1, 3, "about 5 hours left"),
    ],
)
def test_how_long_it_takes_is_said_in_plain_words(done, minutes, left):
    intake = Intake(phase=GOING, cursor=done, total=100, began_at=MONDAY)

    assert progress_of(intake, MONDAY + minutes * HOUR / 60)["left"] == left
