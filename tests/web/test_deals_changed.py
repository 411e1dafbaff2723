"""A deal is changed in its card, and begun with somebody."""

from datetime import date

import pytest
from django.urls import reverse

from followthrough.core import facts
from followthrough.ledger import clock
from followthrough.ledger.models import Matter
from tests.ledger.scene import HOUR, MONDAY, party_named
from tests.web.deals_scene import deal, lanes, look
from tests.web.desk import numbers, text_of, undo_of


def changed(client, matter, **values):
    with clock.at(MONDAY + HOUR):
        given = {"token": f"t-{next(numbers)}", "title": "", "value": "", "expected": ""} | values
        return client.post(reverse("deal", args=[matter.pk]), given, follow=True)


def test_what_it_is_called_worth_and_when_change_in_the_card_and_back(ann, bobs):
    roof = deal(ann, value=100_000)

    page = changed(bobs, roof, title="New roof", value="1.250,50", expected="2026-04-01")

    roof.refresh_from_db()
    assert (roof.title, roof.value, roof.expected) == ("New roof", 125_050, date(2026, 4, 1))

    bobs.post(undo_of(page))
    roof.refresh_from_db()
    assert (roof.title, roof.value, roof.expected) == ("", 100_000, None)


def test_a_day_can_be_taken_away_again(ann, bobs):
    roof = deal(ann, MONDAY, facts.Estimated(at=MONDAY, matter="roof", expected="2026-04-01"))

    changed(bobs, roof)

    roof.refresh_from_db()
    assert roof.expected is None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"value": "a lot"}, "Write a sum, such as 1200."),
        ({"value": "-5"}, "Write a sum, such as 1200."),
        ({"value": "NaN"}, "Write a sum, such as 1200."),
        ({"expected": "soon"}, "Write a day, such as 2026-12-01."),
        ({"title": "x" * 300}, "That is longer than we can keep: 200 letters at most."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(ann, bobs, told, said):
    page = changed(bobs, deal(ann), **told)

    assert page.status_code == 422
    assert said in text_of(page)
    assert next(iter(told.values())) in page.content.decode()


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1200", 120_000), ("1,200.50", 120_050), ("1.200,50", 120_050), ("1.200", 120_000),
        ("1,200", 120_000), ("12,5", 1_250), ("€ 3 400", 340_000), ("", 0),
    ],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(ann, bobs, text, cents):
    roof = deal(ann, value=1)

    changed(bobs, roof, value=text)

    roof.refresh_from_db()
    assert roof.value == cents


def test_a_new_deal_with_somebody_who_is_known(ann, bobs):
    begun = {"who": "ann", "title": "Van wrap", "value": "900", "stage": "talking", "token": "n1"}
    with clock.at(MONDAY + HOUR):
        refused = bobs.post(reverse("deal_new"), begun)
        page = bobs.post(reverse("deal_new"), begun | {"when": "call tomorrow"}, follow=True)

    assert "No deal begins without a next step." in text_of(refused)
    assert lanes(page) == {"Talking": ["Ann"]}
    made = Matter.objects.get()
    assert (made.title, made.value, made.kind) == ("Van wrap", 90_000, "deal")


def test_of_two_with_one_name_somebody_chooses(workspace, ann, bobs):
    party_named("Annie", workspace)
    begun = {"who": "Ann", "title": "Van", "when": "call tomorrow", "token": "n2"}

    with clock.at(MONDAY + HOUR):
        asked = bobs.post(reverse("deal_new"), begun)
        bobs.post(reverse("deal_new"), begun | {"person": str(ann.pk)})

    assert "Choose who it is." in text_of(asked)
    assert Matter.objects.get().party == ann


def test_one_person_may_have_two_deals(ann, bobs):
    """S38: one enquiry becomes two deals, and both stand on the same person's page."""
    for n, title in enumerate(("Website", "Marketing plan")):
        begun = {"person": str(ann.pk), "title": title, "when": "call tomorrow", "token": f"w{n}"}
        with clock.at(MONDAY + HOUR):
            bobs.post(reverse("deal_new"), begun)

    assert [card["what"] for card in look(bobs, view="list").context["cards"]] == [
        "Website", "Marketing plan",
    ]  # fmt: skip
