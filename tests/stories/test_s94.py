"""S94: What we have in common is on the card and beside the suggested words."""

from django.urls import reverse
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import enquired, text_of

from followthrough.ledger import clock


def test_s94_common_ground_helps_to_find_the_words(ann, bobs):
    enquired(ann)
    for text in ("Both row on Sundays", "Both from Leeds"):
        given = {"kind": "common_ground", "text": text, "when": ""}
        bobs.post(reverse("known", args=[ann.pk]), given)

    with clock.at(MONDAY + HOUR):
        today, person = bobs.get("/"), bobs.get(reverse("person", args=[ann.pk]))

    assert "You have in common: Both row on Sundays; Both from Leeds" in text_of(today)
    assert "We have in common Both row on Sundays" in text_of(person)


def test_s94_goals_and_parts_are_read_on_the_page_and_not_beside_the_call(ann, bobs):
    enquired(ann)
    for kind in ("goal", "role"):
        given = {"kind": kind, "text": f"Their {kind}", "when": ""}
        bobs.post(reverse("known", args=[ann.pk]), given)

    with clock.at(MONDAY + HOUR):
        today, person = bobs.get("/"), bobs.get(reverse("person", args=[ann.pk]))

    assert (today.context["personal"], today.context["in_common"]) == ([], "")
    assert "What they want to reach Their goal" in text_of(person)
