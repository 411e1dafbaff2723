"""S27: Whether we met, or somebody sent them, is kept, shown and counted."""

from django.urls import reverse
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import enquired, text_of, undo_of

from followthrough.ledger import clock
from followthrough.ledger.models import Role


def known_by(client, party, at=MONDAY, **given):
    with clock.at(at):
        there = reverse("acquainted", args=[party.pk])
        return client.post(there, {"token": repr(given)} | given, follow=True)


def test_s27_met_at_the_fair_stands_on_the_card_and_counts(ann, bobs):
    enquired(ann)
    before = bobs.get(reverse("person", args=[ann.pk])).context["score"].willing

    page = known_by(bobs, ann, how="met", said="at the fair")

    assert page.context["score"].willing == before + 15
    with clock.at(MONDAY):
        assert bobs.get("/").context["personal"] == ["Met at the fair"]


def test_s27_taken_back_it_neither_stands_nor_counts(ann, bobs):
    page = known_by(bobs, ann, how="met", said="at the fair")

    with clock.at(MONDAY):
        bobs.post(undo_of(page))
        page = bobs.get(reverse("person", args=[ann.pk]))

    assert (page.context["first_of_all"], page.context["parts"]) == ([], [])


def test_s27_who_sends_others_is_known_for_it(ann, pat, bobs):
    page = known_by(bobs, ann, how="referred", said="pat")

    assert "Sent by pat" in text_of(page)
    assert [(role.party, role.name) for role in Role.objects.filter(by_hand=True)] == [
        (pat, "referrer")
    ]


def test_s27_the_last_word_on_it_holds(ann, bobs):
    known_by(bobs, ann, how="met", said="at the fair")
    page = known_by(bobs, ann, MONDAY + HOUR, how="cold", said="")

    assert [one["text"] for one in page.context["first_of_all"]] == ["Nobody knew them"]
    assert page.context["parts"] == []


def test_s27_nothing_chosen_is_asked_for(ann, bobs):
    assert "Choose how you know them." in text_of(known_by(bobs, ann, how="dream"))
