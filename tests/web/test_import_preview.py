"""Before anything of a file is in the books, somebody looks at it and puts it right."""

from io import BytesIO

import pytest
from django.urls import reverse

from followthrough.ledger import clock, intakes
from followthrough.ledger.forget import forget
from followthrough.ledger.models import Fact, Intake, Party, Piece
from followthrough.ledger.models.intake import CALLED_OFF, DONE, GOING, READY, RECEIVED
from followthrough.worker.importing.job import Importer
from tests.ledger.scene import MONDAY, party_named
from tests.web.desk import SCRIPTED, text_of
from tests.worker.bringing_in import letter, mbox

LIST = (
    b"Who;Mail address;Their phone;Date\n"
    b"Ann Archer;ann@customer.test;020 7946 0001;03/04/2026\n"
    b"Pat Printer;pat@printer.test;;05/04/2026\n"
)
CARDS = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEMAIL:ann@customer.test\nEND:VCARD\n"


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture(autouse=True)
def _a_monday():
    with clock.at(MONDAY):
        yield


def chosen(client, raw, name="people.csv"):
    """The file as a browser sends it, and its page."""
    file = BytesIO(raw)
    file.name = name
    return client.post(reverse("import"), {"file": file})


def look(workspace):
    """The worker's turn: until nothing is left for it to do."""
    worker = Importer()
    for _ in range(50):
        if not intakes.unfinished(workspace).exists():
            break
        worker.slice_of_each(workspace, at=MONDAY)
    return Intake.objects.filter(workspace=workspace).latest("pk")


def page(client, intake, **more):
    return client.get(reverse("intake", args=[intake.pk]), **more)


def posted(client, intake, name, **said):
    return client.post(reverse(name, args=[intake.pk]), said)


def test_nothing_is_in_the_books_before_somebody_has_looked(bob, bobs):
    chosen(bobs, LIST)

    intake = look(bob.workspace)

    assert (intake.phase, Party.objects.count(), Fact.objects.count()) == (READY, 0, 0)
    assert Piece.objects.count() == 0


def test_the_preview_shows_each_column_its_samples_and_how_the_first_will_look(bob, bobs):
    chosen(bobs, LIST)

    said = text_of(page(bobs, look(bob.workspace)))

    assert "Mail address ann@customer.test · pat@printer.test" in said
    assert "Ann Archer ann@customer.test · +442079460001" in said
    assert "Bring in 2 people" in said
    assert "cells parted by semicolons" in said


def test_what_will_happen_is_said_with_the_day_and_the_money_of_the_reader(bob, bobs):
    workspace = bob.workspace
    workspace.zone, workspace.currency = "Europe/London", "GBP"
    workspace.save()
    chosen(bobs, b"Name,Email,Date,Value,Status\nAnn,ann@customer.test,2025-07-12,620.00,won\n")

    said = text_of(page(bobs, look(workspace)))

    assert "A deal they bought, £620, of 12 July 2025" in said


def test_told_to_go_it_comes_in(bob, bobs):
    chosen(bobs, LIST)
    intake = look(bob.workspace)

    posted(bobs, intake, "intake_start")

    assert look(bob.workspace).phase == DONE
    assert sorted(Party.objects.values_list("name", flat=True)) == ["Ann Archer", "Pat Printer"]


def test_a_column_that_was_put_right_is_looked_at_at_once(bob, bobs):
    chosen(bobs, LIST)
    intake = look(bob.workspace)

    answer = posted(bobs, intake, "intake_choices", **{"field-0": "company"})

    assert answer.headers["Location"] == reverse("intake", args=[intake.pk])
    intake.refresh_from_db()
    assert (intake.phase, intake.settings["fields"]) == (RECEIVED, {"0": "company"})
    assert "Looking again" in text_of(page(bobs, intake))
    assert look(bob.workspace).preview["first"][0]["company"] == "Ann Archer"


def test_what_stands_as_it_was_guessed_is_no_choice(bob, bobs):
    chosen(bobs, LIST)
    intake = look(bob.workspace)
    as_it_is = {f"field-{n}": field for n, field in enumerate(intake.preview["mapping"])}

    posted(bobs, intake, "intake_start", what="people", headings="yes", day_first="day", **as_it_is)

    intake.refresh_from_db()
    assert (intake.phase, "fields" in intake.settings) == (GOING, False)


def test_with_script_only_the_part_comes_back_and_asks_again_by_itself(bob, bobs):
    chosen(bobs, LIST)
    intake = look(bob.workspace)

    answer = bobs.post(
        reverse("intake_choices", args=[intake.pk]), {"field-0": "company"}, **SCRIPTED
    )

    body = answer.content.decode()
    assert body.lstrip().startswith('<div id="intake"')
    assert "load delay:700ms" in body


def test_a_change_beside_the_button_is_shown_before_it_comes_in(bob, bobs):
    """Without script nobody has seen how it reads with that."""
    chosen(bobs, LIST)
    intake = look(bob.workspace)

    posted(bobs, intake, "intake_start", **{"field-0": "company"})

    assert look(bob.workspace).phase == READY
    assert not Party.objects.exists()


def test_dates_that_could_be_either_are_asked_about(bob, bobs):
    chosen(bobs, LIST)
    intake = look(bob.workspace)
    assert "which comes first?" in text_of(page(bobs, intake))

    posted(bobs, intake, "intake_choices", day_first="month")

    intake = look(bob.workspace)
    assert intake.settings["day_first"] is False
    assert "which comes first?" in text_of(page(bobs, intake))


def test_a_first_line_that_is_already_somebody_can_be_said(bob, bobs):
    chosen(bobs, LIST)
    intake = look(bob.workspace)

    posted(bobs, intake, "intake_choices", headings="no")

    assert look(bob.workspace).total == 3


def test_nonsense_is_no_choice(bob, bobs):
    chosen(bobs, LIST)
    intake = look(bob.workspace)

    posted(
        bobs, intake, "intake_choices",
        **{"field-0": "'; DROP", "field-99": "name", "what": "\0", "day_first": "x"},
    )  # fmt: skip

    assert look(bob.workspace).settings == {"ours": []}


def test_it_says_in_total_over_how_many_days_a_long_list_is_spread(bob, bobs):
    many = "".join(f"Ann {n},ann{n}@customer.test\n" for n in range(45))
    chosen(bobs, f"Name,Email\n{many}".encode())

    said = text_of(page(bobs, look(bob.workspace)))

    assert "45 people: a first hello for each who is new, spread over 3 working days" in said


def test_whom_we_know_is_named(bob, bobs):
    bobs_ann = party_named("Annie", bob.workspace)
    bobs_ann.addresses.filter(kind="email").update(canonical="ann@customer.test")
    chosen(bobs, LIST)

    said = text_of(page(bobs, look(bob.workspace)))

    assert "Joins Annie, whom you know." in said


def test_called_off_nothing_is_kept(bob, bobs):
    chosen(bobs, LIST)
    intake = look(bob.workspace)

    posted(bobs, intake, "intake_calling_off")

    intake.refresh_from_db()
    assert (intake.phase, intake.preview, intakes.stored_at(intake).exists()) == (
        CALLED_OFF, {}, False,
    )  # fmt: skip
    assert "Called off" in text_of(page(bobs, intake))
    posted(bobs, intake, "intake_start")
    assert look(bob.workspace).phase == CALLED_OFF


def test_several_at_once_each_wait_for_a_look(bob, bobs):
    files = [BytesIO(LIST), BytesIO(CARDS)]
    for file, name in zip(files, ("a.csv", "b.vcf"), strict=True):
        file.name = name

    answer = bobs.post(reverse("import"), {"file": files})
    look(bob.workspace)

    assert answer.headers["Location"] == reverse("import")
    assert "2 wait for your look." in text_of(bobs.get(reverse("import")))


def test_an_address_book_says_how_many_and_who_comes_first(bob, bobs):
    chosen(bobs, CARDS)

    said = text_of(page(bobs, look(bob.workspace)))

    assert "1 card in this address book." in said
    assert "Ann ann@customer.test" in said
    assert "Bring in 1 person" in said


def test_a_mailbox_says_how_many_from_when_and_who_we_are(bob, bobs):
    ours = bob.user.email
    mails = [letter("Ann <ann@customer.test>", ours), letter(ours, "ann@customer.test", number=2)]
    chosen(bobs, mbox(*mails), "all.mbox")

    said = text_of(page(bobs, look(bob.workspace)))

    assert "mails, 1 January 2026 2" in said
    assert "person on the other side 1" in said
    assert "Read 2 mails" in said


def test_addresses_that_somebody_says_are_theirs_count(bob, bobs):
    chosen(bobs, mbox(letter("Ann <ann@customer.test>", "info@sign.test")), "all.mbox")
    intake = look(bob.workspace)

    posted(
        bobs, intake, "intake_start", addresses="shown", another="Info@sign.test",
    )  # fmt: skip

    intake = look(bob.workspace)
    assert intake.settings["ours"] == ["info@sign.test"]
    assert Party.objects.get().name == "Ann"


def test_only_what_is_surely_ours_is_ticked_and_none_of_these_is_an_answer(bob, bobs):
    chosen(bobs, mbox(letter("Ann <ann@customer.test>", "info@sign.test")), "all.mbox")
    intake = look(bob.workspace)

    assert not any(ticked for _one, ticked in page(bobs, intake).context["addresses"])
    posted(bobs, intake, "intake_start", addresses="shown")
    assert look(bob.workspace).phase == READY

    posted(bobs, intake, "intake_start", addresses="shown", nobody="yes")

    intake = look(bob.workspace)
    assert (intake.settings["nobody"], intake.counts["guessed"]) == (True, [])


def test_a_preview_forgets_whoever_asks_to_be_forgotten(bob, bobs):
    ann = party_named("Ann", bob.workspace)
    ann.addresses.filter(kind="email").update(canonical="ann@customer.test")
    chosen(bobs, LIST)
    look(bob.workspace)

    forget(ann, by=bob, at=MONDAY)

    assert Intake.objects.get().preview == {}
    assert look(bob.workspace).preview["first"][0]["left_out"] == "asked to be forgotten"


def test_a_stranger_neither_starts_nor_calls_off(bob, bobs, sids):
    chosen(bobs, LIST)
    intake = look(bob.workspace)

    for name in ("intake_start", "intake_calling_off", "intake_choices", "intake_taking_back"):
        assert posted(sids, intake, name).status_code == 404
    intake.refresh_from_db()
    assert intake.phase == READY
