"""S50: who asks for information has it with one key: the price list and a time to choose."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import enquired, first_owed, quiet

from followthrough.ledger import clock

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
