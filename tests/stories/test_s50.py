"""S50: who asks for information has it with one key: the price list and a time to choose."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.servers.smtp import Server
from tests.stories.writing_scene import sends
from tests.web.desk import enquired, first_owed, quiet
from tests.worker.sending_scene import mailbox_at, somebody_asked

from followthrough.ledger import clock
from followthrough.ledger.models import Message, WordsUsed

pytestmark = pytest.mark.django_db


def information_of(client, party):
    with clock.at(MONDAY + DAY):
        panel = client.get(reverse("followup_panel", args=[first_owed(party).pk]))
        return panel, client.get(panel.context["information_url"])


def test_s50_one_key_opens_the_words_with_the_price_list(ann, bobs):
    file = SimpleUploadedFile("prices.pdf", b"%PDF-1.4")
    with clock.at(MONDAY):
        bobs.post("/words/en.information.plain/files/", {"file": file})
    enquired(ann, said="Email me information about how to make an appointment.")

    panel, sheet = information_of(bobs, ann)

    assert 'data-key="i"' in panel.content.decode()
    assert "prices.pdf is with this mail" in sheet.context["written"].text
    assert [one.name for one in sheet.context["files"]] == ["prices.pdf"]


def test_s50_without_a_price_list_no_price_list_is_promised(ann, bobs):
    enquired(ann, said="Email me information.")

    _panel, sheet = information_of(bobs, ann)

    assert "with this mail" not in sheet.context["written"].text


def test_s50_the_key_is_there_only_where_somebody_asked(ann, bobs):
    quiet(ann)

    with clock.at(MONDAY + DAY):
        panel = bobs.get(reverse("followup_panel", args=[first_owed(ann).pk]))

    assert panel.context["information_url"] == ""
    assert 'data-key="i"' not in panel.content.decode()


def test_s50_it_is_with_them_within_thirty_seconds_with_the_price_list(workspace, bob, bobs):
    file = SimpleUploadedFile("prices.pdf", b"%PDF-1.4 90 pounds")
    with Server() as server:
        mailbox, ann = mailbox_at(server, bob), somebody_asked("Ann", workspace, bob)
        with clock.at(MONDAY):
            bobs.post("/words/en.information.plain/files/", {"file": file})
            there = reverse("followup_words", args=[first_owed(ann).pk])
            words = bobs.get(f"{there}?for=information").context["written"]
            given = {"subject": words.subject, "text": words.text, "choice": words.choice}
            page = bobs.post(there, given | {"ready": "yes"}, follow=True)
            form, files = page.context["form"], page.context["files"]
            bobs.post(
                page.context["occasion"].address,
                {
                    "token": "t", "to": form.to, "mailbox": mailbox.pk, "subject": form.subject,
                    "text": form.text, "choice": form.choice, "kept": [files[0]["pk"]],
                },
            )  # fmt: skip
        sends(mailbox, MONDAY + timedelta(seconds=30))

    [taken], [message] = server.taken, Message.objects.all()
    mail = message_from_bytes(bytes(message.raw), policy=policy.default)
    [attached] = mail.iter_attachments()
    assert taken.message_id == message.message_id
    assert (attached.get_filename(), attached.get_content()) == (
        "prices.pdf", b"%PDF-1.4 90 pounds",
    )  # fmt: skip
    assert "prices.pdf is with this mail" in message.words
    assert WordsUsed.objects.get().template.ready == "en.information.plain"
