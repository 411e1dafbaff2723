"""What a form held back as perhaps a machine: somebody says what it was, and may take that back."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from followthrough.ledger import clock
from followthrough.ledger.models import Party, Receipt
from tests.web.desk import text_of
from tests.web.knocking import connected, filled

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def held(mia, bob):
    form = connected("form", bob, title="Ask us")
    with clock.at(MONDAY):
        filled(form, website="https://machines.example")
        yield Receipt.objects.get()


def test_a_machine_is_sent_away_and_may_be_taken_back(held, mias):
    page = mias.post(reverse("receipt_nobody", args=[held.pk]), follow=True)
    said, outcome = text_of(page), Receipt.objects.get().outcome
    again = mias.post(reverse("receipt_nobody", args=[held.pk]), follow=True)

    assert (outcome, Party.objects.count()) == ("nobody", 0)
    assert "It is no longer held: nobody was written down." in said
    assert "It is a person: take it in" not in said
    assert "needs a look" not in text_of(mias.get(reverse("health")))
    assert "It is no longer held" not in text_of(again)
    mias.post([one.extra_tags for one in page.context["messages"]][-1].split()[0])
    assert Receipt.objects.get().outcome == "held"


def test_whoever_it_was_can_still_be_taken_in_after_that(held, mias):
    mias.post(reverse("receipt_nobody", args=[held.pk]))
    mias.post(reverse("receipt_held", args=[held.pk]))

    mias.post(reverse("receipt_taken", args=[held.pk]))

    assert Party.objects.get().name == "Ann Archer"


def test_a_colleague_and_a_stranger_decide_nothing(held, bobs, sids):
    answers = [who.post(reverse("receipt_nobody", args=[held.pk])) for who in (bobs, sids)]

    assert [one.status_code for one in answers] == [403, 404]
    assert Receipt.objects.get().outcome == "held"
