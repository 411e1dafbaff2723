"""S74: Whoever begs to be a customer stands at the top, with the sentence that says so."""

from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, hear, text_of, who_is_listed

from followthrough.core.facts import Opened, Qualified, TheyEnquired, TheyWrote, WeWrote
from followthrough.ledger import clock

BODY = "Hello,\nhow are you?\nI wrote twice already, I want to buy.\nBest wishes\nAnn"
SENTENCE = "I wrote twice already, I want to buy."


def begs(party, at=MONDAY):
    start = BODY.index(SENTENCE)
    fact = TheyWrote(at=at, begging=True, shows=(start, start + len(SENTENCE)))
    hear(party, fact, words=[("A sign", BODY)])


def look(client, there="/"):
    with clock.at(MONDAY + HOUR):
        return client.get(there)


def test_s74_top_of_the_queue_above_money_and_a_strong_yes(workspace, ann, bob, bobs):
    rich, eager = party_named("Rich", workspace, bob), party_named("Eager", workspace, bob)
    hear(rich, Opened(at=MONDAY - DAY, matter="roof", value=10**10, chance=100))
    enquired(rich, MONDAY - DAY)
    enquired(eager, MONDAY - DAY)
    hear(eager, Qualified(at=MONDAY - HOUR, matter="roof"))
    begs(ann)

    assert who_is_listed(look(bobs))["Waiting on you"] == ["Ann", "Eager", "Rich"]


def test_s74_but_after_somebody_who_is_hurt(workspace, ann, bob, bobs):
    hurt = party_named("Hurt", workspace, bob)
    begs(ann, MONDAY - DAY)
    hear(hurt, TheyWrote(at=MONDAY, upset=True))

    assert who_is_listed(look(bobs))["Waiting on you"] == ["Hurt", "Ann"]


def test_s74_the_tag_and_the_sentence_are_on_the_line_the_panel_and_the_page(ann, bobs):
    enquired(ann, MONDAY - 9 * DAY, said="Do you do signs?")
    begs(ann)

    today = look(bobs)
    [row] = today.context["bands"][0]["rows"]
    assert (row["tag"], row["quote"]) == ("Begging", SENTENCE)
    assert any(SENTENCE in fact["text"] for fact in today.context["facts"])
    assert today.context["courage"]["text"] == (
        "They want to buy from you. A yes is all they are waiting for."
    )
    person = text_of(look(bobs, reverse("person", args=[ann.pk])))
    assert f"Begging: “{SENTENCE}”" in person


def test_s74_an_answer_takes_the_tag_away(ann, bobs):
    begs(ann, MONDAY - 9 * DAY)
    hear(ann, WeWrote(at=MONDAY - 8 * DAY))

    [row] = look(bobs).context["bands"][0]["rows"]
    assert row["tag"] == ""


def test_s74_also_where_it_comes_by_the_form(ann, bobs):
    fact = TheyEnquired(at=MONDAY, begging=True, shows=(0, 13))
    hear(ann, fact, words=[("Form", "I want to buy. Please.")])

    [row] = look(bobs).context["bands"][0]["rows"]
    assert (row["tag"], row["quote"]) == ("Begging", "I want to buy")
