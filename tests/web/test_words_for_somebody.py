"""Words for a follow-up: proposed where they fit, in another tone, changed, and looked at again."""

import pytest
from django.urls import reverse

from followthrough.core.facts import TheyCalled, TheyWrote, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.models import Message, Party, Template, Unsent
from followthrough.ledger.template_changes import write
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import SCRIPTED, enquired, first_owed, hear, quiet, text_of
from tests.worker.laid import box_of, comes
from tests.worker.letters import letter
from tests.worker.sending_scene import Nowhere, mailbox_at

pytestmark = pytest.mark.django_db
OURS = {"name": "Ours", "occasion": "quote", "subjects": ["A line"]}
SNIPPET = {
    "name": "How to get here",
    "language": "en",
    "text": "We are behind the station, {{ first_name }}.",
}


@pytest.fixture
def there(ann):
    quiet(ann)
    return reverse("followup_words", args=[first_owed(ann).pk])


def get(client, address, **more):
    with clock.at(MONDAY + DAY):
        return client.get(address, **more)


def post(client, address, **given):
    with clock.at(MONDAY + DAY):
        return client.post(address, given)


def fields(page):
    written = page.context["written"]
    return {"subject": written.subject, "text": written.text, "choice": written.choice}


# --- which fit ------------------------------------------------------------------------------


def happened(ann, *told):
    hear(ann, *told)
    return reverse("followup_words", args=[first_owed(ann).pk])


@pytest.mark.parametrize(
    ("told", "ready"),
    [
        ((WeWrote(at=MONDAY, matter="roof"),), "en.quote.plain"),
        ((TheyCalled(at=MONDAY, matter="roof", answered=False),), "en.missed_call.plain"),
        ((TheyWrote(at=MONDAY, matter="roof"),), "en.enquiry.plain"),
        ((WeWrote(at=MONDAY - DAY), TheyWrote(at=MONDAY)), "en.answer.plain"),
        ((TheyWrote(at=MONDAY, matter="roof", upset=True),), "en.complaint.plain"),
    ],
)
def test_the_words_fit_what_happened(ann, bobs, told, ready):
    page = get(bobs, happened(ann, *told))

    assert page.context["chosen"].ready == ready
    assert page.context["written"].text.startswith("Hello Ann,")


def test_the_panel_proposes_them_as_a_mail_with_its_subject(ann, bobs):
    enquired(ann)

    panel = get(bobs, reverse("followup_panel", args=[first_owed(ann).pk]))

    assert panel.context["words"]["mail"].startswith("Your question about what we do\n\nHello Ann,")
    assert panel.context["words"]["call"].startswith("Hello Ann, it's Bob.")
    assert panel.context["words_url"] in panel.content.decode()


def test_words_of_the_team_come_before_ready_made_ones(ann, bobs, workspace, there):
    write(workspace, OURS | {"text": "Hi!"}, at=MONDAY)

    assert fields(get(bobs, there))["text"] == "Hi!"


def test_words_that_would_leave_a_gap_are_not_put_into_the_panel(ann, bobs, workspace, there):
    write(workspace, OURS | {"text": "You work at {{ company }}."}, at=MONDAY)

    panel = get(bobs, reverse("followup_panel", args=[first_owed(ann).pk]))
    sheet = get(bobs, there)

    assert "company" not in panel.context["words"]["mail"]
    assert fields(sheet)["text"] == "You work at [company]."
    assert "Nothing is known for: company." in text_of(sheet)


# --- changed -----------------------------------------------------------------------------


def test_another_tone_is_one_press(bobs, there):
    before = get(bobs, there)

    after = post(bobs, there, **fields(before), words="en.quote.formal")

    assert after.context["written"].text.startswith("Dear Ann,")
    assert after.context["before"] == ""
    assert [(str(one["name"]), one["chosen"]) for one in after.context["tones"]] == [
        ("Plain", False), ("Warm", False), ("Formal", True),
    ]  # fmt: skip


def test_another_language_is_one_press(bobs, there):
    after = post(bobs, there, **fields(get(bobs, there)), words="es.quote.plain")

    assert after.context["written"].text.startswith("Buenos días, Ann:")


def test_what_was_typed_is_not_lost_by_another_tone(bobs, there):
    typed = fields(get(bobs, there)) | {"text": "Dear Ann, I thought of you."}

    after = post(bobs, there, **typed, words="en.quote.warm")

    assert after.context["before"] == "Dear Ann, I thought of you."
    assert "Dear Ann, I thought of you." in text_of(after)


def test_a_piece_is_put_in_before_the_greeting_with_their_name(bobs, there):
    bobs.post("/words/new/?snippet=yes", SNIPPET)
    snippet = Template.objects.get(snippet=True)
    typed = fields(get(bobs, there)) | {"text": "Hello Ann,\n\ncome by.\n\nBest wishes\nBob"}

    after = post(bobs, there, **typed, add=str(snippet.pk))

    assert after.context["written"].text == (
        "Hello Ann,\n\ncome by.\n\nWe are behind the station, Ann.\n\nBest wishes\nBob"
    )


def test_words_that_are_used_go_into_the_mail_program_as_they_were_changed(bobs, there):
    typed = fields(get(bobs, there)) | {"subject": "The roof & you", "text": "Hello Ann,\ncome by."}

    after = post(bobs, there, **typed, ready="yes")

    assert after.context["mailto"] == (
        "mailto:ann@home.example?subject=The%20roof%20%26%20you&body=Hello%20Ann%2C%0D%0Acome%20by."
    )


def test_with_a_mailbox_the_words_go_on_to_the_mail_and_nothing_is_sent(ann, bob, bobs, there):
    mailbox_at(Nowhere, bob)
    typed = fields(get(bobs, there)) | {"text": "Hello Ann, come by."}

    with clock.at(MONDAY + DAY):
        page = bobs.post(there, typed | {"ready": "yes"}, follow=True)

    assert page.request["PATH_INFO"] == reverse("write", args=[first_owed(ann).pk])
    assert page.context["form"].text == "Hello Ann, come by."
    assert page.context["form"].choice == typed["choice"]
    assert Message.objects.count() == 0


def test_a_mail_begins_with_the_words_of_the_panel(ann, bob, bobs, there):
    mailbox_at(Nowhere, bob)

    form = get(bobs, reverse("write", args=[first_owed(ann).pk])).context["form"]

    assert form.text == fields(get(bobs, there))["text"]
    assert form.choice.startswith("en.quote.plain~")


def test_what_pushes_is_said_once_more_where_it_is_sent(ann, bob, bobs, there):
    mailbox_at(Nowhere, bob)
    given = {"subject": "S", "text": "This is the third time I am writing.", "ready": "yes"}

    with clock.at(MONDAY + DAY):
        page = bobs.post(there, given, follow=True)

    assert "Nobody likes to hear how often" in text_of(page)


def test_over_another_page_it_is_the_sheet_alone(bobs, there):
    page, part = get(bobs, there), get(bobs, there, headers={"HX-Request": "true"})

    assert b"<html" in page.content
    assert b"<html" not in part.content
    assert b'hx-target="#sheet"' in part.content


@pytest.mark.parametrize(
    "given",
    [
        {"words": "999"}, {"words": "en.nothing"}, {"add": "999"}, {"choice": "x~y~z", "add": "1"},
        {"choice": "~~~", "words": "en.quote.warm"}, {"text": "x" * 200_000, "ready": "yes"},
        {"text": "\x00", "choice": "1~2", "ready": "yes"},
    ],
)  # fmt: skip
def test_whatever_a_form_brings_the_sheet_stands(bobs, there, given):
    assert post(bobs, there, **given).status_code == 200


def test_nobody_writes_for_another_team(there, sids):
    assert sids.get(there).status_code == 404
    assert sids.post(there, {"text": "Hi"}).status_code == 404


def test_a_part_asked_for_while_writing_is_a_part(bobs):
    page = bobs.post("/words/kinder/", {"text": "Just checking in"}, **SCRIPTED)

    assert b"<html" not in page.content
    assert "Perhaps: I found something" in text_of(page)


# --- where nothing is owed --------------------------------------------------------------------


def test_whoever_writes_to_somebody_unasked_chooses_words_too(ann, bob, bobs):
    mailbox_at(Nowhere, bob)
    hear(ann, TheyWrote(at=MONDAY, matter="roof"))
    there = reverse("person_words", args=[ann.pk])
    mail = get(bobs, reverse("write_to", args=[ann.pk]))
    assert there in mail.content.decode()

    sheet = post(bobs, there, subject="Hello", text="I thought of you.", choice="")
    assert fields(sheet)["text"] == "I thought of you."
    chosen = post(bobs, there, **fields(sheet), words="en.thanks.warm")
    after = post(bobs, there, **fields(chosen), ready="yes")

    assert "I thought of you." in text_of(chosen)  # what they had written
    assert after.headers["Location"] == reverse("write_to", args=[ann.pk]) + "?fresh=yes"
    draft = Unsent.objects.get()
    assert (draft.followup, draft.text) == (None, fields(chosen)["text"])
    assert draft.choice.startswith("en.thanks.warm")


def test_unasked_words_keep_the_subject_of_the_mail_that_they_answer(bob, bobs):
    mailbox = box_of(bob)
    comes(mailbox, letter("Ann <ann@customer.test>", mailbox.address, number="a"))
    ann = Party.objects.get()

    sheet = post(bobs, reverse("person_words", args=[ann.pk]), words="en.thanks.warm")

    assert fields(sheet)["subject"] == "Re: Banners"


def test_who_has_no_mailbox_here_takes_the_words_into_their_mail_program(ann, bobs):
    there = reverse("person_words", args=[ann.pk])

    after = post(bobs, there, subject="Hello", text="I thought of you.", ready="yes")

    assert after.context["mailto"].endswith("?subject=Hello&body=I%20thought%20of%20you.")
    assert "Open in your mail program" in text_of(after)
