"""S16: How near they are to a yes: willing times able, in parts, and it orders the day."""

import pytest
from django.urls import reverse
from tests.ledger.scene import HOUR, MONDAY, party_named
from tests.web.desk import hear, text_of, undo_of, who_is_listed

from followthrough.core.facts import Opened, QuoteSent
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp

LATER = MONDAY.replace(day=9)


def quoted(party, value=0):
    hear(party, Opened(at=MONDAY, matter="roof", value=value),
         QuoteSent(at=MONDAY, matter="roof", amount=value))  # fmt: skip


def learn(client, party, part="budget", at=LATER, **given):
    with clock.at(at):
        there = reverse("learned_of", args=[party.pk])
        return client.post(there, {"part": part, "token": f"{part}-{given}"} | given, follow=True)


def order(client):
    with clock.at(LATER):
        return who_is_listed(client.get("/"))["Gone quiet"]


def test_s16_the_score_shows_its_parts(ann, bobs):
    quoted(ann)

    page = learn(bobs, ann, said="About 5,000, this year")

    said = text_of(page)
    assert "Asked for a price +20 Budget named “About 5,000, this year” +15" in said
    assert page.context["score"].total == 40 * 65 // 100


def test_s16_changing_one_part_changes_the_place_in_the_queue(ann, workspace, bob, bobs):
    other = party_named("Zoe", workspace, bob)
    quoted(ann)
    quoted(other)
    assert order(bobs) == ["Ann", "Zoe"]

    page = learn(bobs, other)
    assert order(bobs) == ["Zoe", "Ann"]

    with clock.at(LATER):
        bobs.post(undo_of(page))
    assert order(bobs) == ["Ann", "Zoe"]


def test_s16_what_is_not_so_any_more_counts_no_more(ann, bobs):
    quoted(ann)
    learn(bobs, ann)
    page = learn(bobs, ann, at=LATER + HOUR, holds="no")

    assert [part["points"] for part in page.context["parts"]] == [20]


def test_s16_money_comes_first_all_the_same(ann, workspace, bob, bobs):
    """Fifty thousand in silence stands above five hundred from somebody keen."""
    rich = party_named("Zoe", workspace, bob)
    quoted(ann, 500_00)
    quoted(rich, 50_000_00)
    for part in ("budget", "authority", "date", "need"):
        learn(bobs, ann, part)

    assert order(bobs) == ["Zoe", "Ann"]


@pytest.mark.parametrize("part", ["", "money", "yes"])
def test_s16_a_part_that_is_none_is_asked_for(ann, bobs, part):
    assert "Choose what you have learned." in text_of(learn(bobs, ann, part))


def test_s16_the_score_gives_nobody_a_follow_up_of_their_own(ann, bobs):
    learn(bobs, ann)

    assert not FollowUp.objects.exists()
