"""S103: Goals, roles, responsibilities and mission: asked for in a meeting, shown before the next
word."""

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import enquired, hear, kinds, text_of, undo_of

from followthrough.core.facts import Met
from followthrough.ledger import clock
from followthrough.ledger.models import Detail

TOLD = {
    "note": "Over coffee.", "goal": "A second shop\n- Be seen from the bus stop",
    "role": "Decides with her sister", "responsibility": "All but the books", "mission": "Bread",
}  # fmt: skip
ASK = "nobody has written down what they want to reach"


def meet(client, party, at=MONDAY, **given):
    with clock.at(at):
        there = reverse("meeting", args=[party.pk])
        return client.post(there, {"token": "once"} | given, follow=True)


def look(client, party, at=MONDAY):
    with clock.at(at):
        return client.get(reverse("person", args=[party.pk]))


def test_s103_what_was_told_in_a_meeting_stands_first_before_the_next_word(ann, bobs, mias):
    meet(bobs, ann, **TOLD)

    page = look(mias, ann)

    assert [one["text"] for one in page.context["first_of_all"]] == [
        "A second shop", "Be seen from the bus stop", "Decides with her sister",
        "All but the books", "Bread",
    ]  # fmt: skip
    assert text_of(page).index("A second shop") < text_of(page).index("Write what happened")
    assert "Over coffee." in text_of(page)


def test_s103_after_two_meetings_without_goals_somebody_is_reminded_to_ask(ann, bobs):
    hear(ann, Met(at=MONDAY - 9 * DAY))
    assert ASK not in text_of(look(bobs, ann))

    meet(bobs, ann, note="She is busy.")
    assert ASK in text_of(look(bobs, ann))

    meet(bobs, ann, MONDAY + DAY, goal="A second shop", token="twice")
    assert ASK not in text_of(look(bobs, ann, MONDAY + DAY))


def test_s103_the_card_beside_today_reminds_too(ann, bobs):
    for days in (9, 8):
        hear(ann, Met(at=MONDAY - days * DAY))
    enquired(ann)

    with clock.at(MONDAY + DAY):
        [reminder] = bobs.get("/").context["personal"]

    assert ASK in reminder


def test_s103_a_meeting_is_taken_back_with_all_that_was_told_in_it(ann, bobs):
    page = meet(bobs, ann, **TOLD)

    with clock.at(MONDAY + DAY):
        bobs.post(undo_of(page))

    assert not Detail.objects.filter(gone_at=None).exists()
    assert look(bobs, ann, MONDAY + DAY).context["meetings"] == 0


def test_s103_sent_twice_it_is_one_meeting(ann, bobs):
    for _ in range(2):
        meet(bobs, ann, **TOLD)

    assert (kinds(ann), Detail.objects.count()) == (["Met"], 5)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Write a few words first: what was said?"),
        ({"goal": "x" * 301}, "Say it in a few short lines."),
        ({"goal": "\n".join(map(str, range(13)))}, "Say it in a few short lines."),
    ],
)
def test_s103_what_cannot_be_kept_is_said_and_nothing_is_lost(ann, bobs, given, said):
    page = meet(bobs, ann, **given)

    assert (page.status_code, said in text_of(page), kinds(ann)) == (422, True, [])
    assert page.context["form"].data.get("goal") == given.get("goal")
