"""What was closed by mistake is opened again from the person's page."""

from django.urls import reverse

from followthrough.core.facts import Closed
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Matter
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, hear, owed_to, text_of


def closed(party):
    enquired(party, said="A banner, please.")
    hear(party, Closed(at=MONDAY + HOUR, matter="roof", outcome="mistake", reason="Not business"))


def reopen(client, party, key):
    with clock.at(MONDAY + DAY):
        return client.post(reverse("reopened", args=[party.pk]), {"matter": key}, follow=True)


def test_a_closed_matter_says_why_and_is_owed_again_once_reopened(workspace, ann, bobs):
    closed(ann)
    with clock.at(MONDAY + 2 * HOUR):
        page = text_of(bobs.get(reverse("person", args=[ann.pk])))
    assert "Not business" in page
    assert owed_to(ann) == []

    answer = reopen(bobs, ann, "roof")

    assert "It is open again." in text_of(answer)
    assert owed_to(ann)
    assert Matter.objects.get().closed_at is None
    assert audit(workspace, at=MONDAY + DAY).uncovered == 0


def test_what_is_open_or_was_never_there_is_not_reopened(ann, bobs):
    enquired(ann)

    for key in ("roof", "nothing", "x\x00"):
        assert "That is open already." in text_of(reopen(bobs, ann, key))
