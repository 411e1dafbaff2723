"""Things to give: added, changed, no longer offered, and each of it taken back."""

import pytest

from followthrough.ledger import clock
from followthrough.ledger.models import Gift
from tests.ledger.scene import MONDAY
from tests.web.desk import text_of, undo_of

pytestmark = pytest.mark.django_db
GUIDE = {"title": "How to clean a sign", "kind": "article", "link": "archer.example/clean"}


def add(client, **given):
    with clock.at(MONDAY):
        return client.post("/library/", GUIDE | given, follow=True)


def guide():
    return Gift.objects.get(kind="article")


def test_on_the_first_day_there_is_what_everybody_can_give(bobs):
    page = bobs.get("/library/")

    assert [gift["title"] for gift in page.context["gifts"]] == [
        "A tip", "A photo", "Samples", "An introduction",
    ]  # fmt: skip


def test_what_is_added_is_offered_once_to_each(bobs):
    page = add(bobs)

    assert guide().link == "https://archer.example/clean"
    assert "Something to read · once each · Not given yet" in text_of(page)


def test_adding_is_taken_back(bobs):
    page = add(bobs)

    bobs.post(undo_of(page))

    assert guide().retired_at is not None


def test_what_is_changed_is_taken_back(bobs):
    add(bobs)
    page = bobs.post(f"/library/{guide().pk}/", GUIDE | {"title": "Signs, cleaned"}, follow=True)
    assert guide().title == "Signs, cleaned"

    bobs.post(undo_of(page))

    assert guide().title == "How to clean a sign"


def test_what_is_no_longer_offered_can_come_back(bobs):
    add(bobs)

    page = bobs.post(f"/library/{guide().pk}/retirement/", follow=True)
    assert [gift["title"] for gift in page.context["gone"]] == ["How to clean a sign"]

    page = bobs.post(f"/library/{guide().pk}/retirement/", {"back": "yes"}, follow=True)
    assert page.context["gone"] == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": " "}, "Give it a name"),
        ({"title": "x" * 81}, "at most 80 characters"),
        ({"link": "javascript://x"}, "Write a link such as"),
        ({"link": "not a link"}, "Write a link such as"),
        ({"kind": "rubbish"}, "Select a valid choice"),
        ({"title": "A tip"}, "That name is taken."),
    ],
)
def test_what_cannot_be_kept_says_what_to_do_and_loses_nothing(bobs, given, said):
    page = add(bobs, text="Mild soap.", **given)

    assert page.status_code == 422
    assert said in text_of(page)
    assert "Mild soap." in page.content.decode()


def test_another_team_neither_sees_nor_changes_it(bobs, sids):
    add(bobs)

    assert "How to clean a sign" not in text_of(sids.get("/library/"))
    for address in ("", "retirement/"):
        assert sids.post(f"/library/{guide().pk}/{address}", GUIDE).status_code == 404


def test_an_undo_that_is_not_ours_is_none(bobs):
    assert bobs.post("/undo/library/made-up/").status_code == 404


def test_the_page_asks_few_questions_of_the_books(bobs, assert_queries):
    for n in range(5):
        add(bobs, title=f"Guide {n}")
    bobs.get("/library/")

    with assert_queries(10):  # two of them count for the rail
        bobs.get("/library/")
