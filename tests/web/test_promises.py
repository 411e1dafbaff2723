"""The page of words given: what is missing is said, nothing typed is lost, and it stays quick."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from followthrough.core.facts import Opened, WePromised
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp
from followthrough.ledger.promises import Asking, binding, due_until
from followthrough.ledger.today import end_of_day
from tests.cast import member_named
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import filled, hear, text_of

THERE = "/promises/"


def give(client, **said):
    with clock.at(MONDAY):
        return client.post(THERE, filled(**said), follow=True)


def lines(page):
    return [line["text"] for day in page.context["days"] for line in day["lines"]]


def promise(party, bob, due, n=0):
    at = MONDAY - 9 * DAY + n * timedelta(seconds=1)
    common = {"matter": f"m{n}", "by": str(bob.pk)}
    hear(
        party,
        Opened(at=at, kind="promise", owner=str(bob.pk), **common),
        WePromised(at=at, due=due, **common),
        words=[("", ""), ("", f"Word {n}")],
    )


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"when": "thu 18:00"}, "Say what is promised, in a few words."),
        ({"text": "The proof"}, "By when? A word without a day is no promise."),
        ({"text": "The proof", "when": "thu"}, "To whom? A name is enough."),
        ({"text": "The proof", "when": "thu", "to": "Zed"}, "Nobody here is called that."),
        ({"text": "x" * 501, "when": "thu", "to": "Ann"}, "longer than we can keep"),
        ({"text": "x", "when": "thu", "to": "Ann", "by": "0"}, "Choose who gives the word."),
        ({"text": "x", "when": "thu", "circle": "team", "to": "Zed"}, "Which colleague? Mia"),
        ({"text": "x", "when": "blurb", "to": "Ann"}, "blurb"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(ann, mia, bobs, said, missing):
    page = give(bobs, **said)

    assert page.status_code == 422
    body = page.content.decode()
    assert missing in text_of(page) or missing in body
    assert all(value in body for value in said.values() if value not in ("0", "team"))
    assert not FollowUp.objects.exists()


def test_of_several_who_fit_one_is_chosen(workspace, bob, bobs):
    one = party_named("Ann Archer", workspace, bob)
    party_named("Ann Baker", workspace, bob)
    said = {"text": "The proof", "when": "thu 12:00", "to": "Ann"}

    page = give(bobs, **said)
    assert "There are several. Which one?" in text_of(page)
    assert "Ann Baker" in text_of(page)

    give(bobs, party=str(one.pk), **said)
    assert FollowUp.objects.get(rule="keep_promises").party == one


def test_a_stranger_gives_no_word_to_our_people(ann, bob, sids):
    page = give(sids, text="The proof", when="thu", party=str(ann.pk))

    assert page.status_code == 404


def test_pressed_twice_it_is_promised_once(ann, bob, bobs):
    said = filled(text="The proof", when="thu 12:00", to="Ann")
    with clock.at(MONDAY):
        bobs.post(THERE, said)
        page = bobs.post(THERE, said, follow=True)

    assert "That stands in the books already." in text_of(page)
    assert FollowUp.objects.filter(rule="keep_promises").count() == 1


def test_so_many_are_due_today(ann, bob, bobs):
    promise(ann, bob, MONDAY + HOUR, 1)
    promise(ann, bob, MONDAY + 2 * HOUR, 2)
    promise(ann, bob, MONDAY + DAY, 3)

    with clock.at(MONDAY):
        page = bobs.get(THERE)
    assert "2 due today" in text_of(page)
    assert [day["name"] for day in page.context["days"]] == ["Today", "Tomorrow"]


def test_a_broken_one_is_put_right_from_here(ann, bob, bobs):
    promise(ann, bob, MONDAY - DAY)

    with clock.at(MONDAY):
        page = bobs.get(THERE)
    [day] = page.context["days"]
    repair = FollowUp.objects.get(rule="repair_broken_promises")
    assert (day["name"], day["lines"][0]["repair"]) == ("Late", f"/followups/{repair.pk}/outcome/")


def test_what_is_over_already_is_not_ended_twice(ann, bob, bobs):
    promise(ann, bob, MONDAY + DAY)
    there = reverse("promise_over", args=[FollowUp.objects.get(rule="keep_promises").pk])
    with clock.at(MONDAY):
        bobs.post(there, filled(end="kept"))
        page = bobs.post(there, filled(end="released"), follow=True)

    assert "That promise is not in the books any more." in text_of(page)


def test_later_needs_a_day_and_for_a_customer_how_they_were_told(ann, bob, bobs):
    promise(ann, bob, MONDAY + DAY)
    there = reverse("promise_later", args=[FollowUp.objects.get(rule="keep_promises").pk])

    with clock.at(MONDAY):
        page = bobs.post(there, filled())
    assert page.status_code == 422
    assert "Tell them first. Then say how: one press." in text_of(page)
    assert "To which day?" in text_of(page)


@pytest.mark.parametrize("after", ["x", "2026-03-02_1", "9999-99-99T00:00Z_1", "_", "é_1"])
def test_an_address_that_somebody_made_up_shows_the_first_page(ann, bob, bobs, after):
    promise(ann, bob, MONDAY + DAY)
    with clock.at(MONDAY):
        page = bobs.get(THERE, {"after": after, "circle": "nobody", "whose": "x"})
    assert lines(page) == ["Word 0"]


# --- many of them ------------------------------------------------------------------------


def test_page_after_page_each_stands_once(workspace, bob, bobs):
    for n in range(7):
        promise(party_named(f"P{n}", workspace, bob), bob, MONDAY + (n // 2) * DAY + HOUR, n)

    seen, after = [], None
    while True:
        some = binding(bob, Asking(limit=2, after=after))
        seen += [one.words for one in some[:2]]
        if len(some) < 3:
            break
        after = (some[1].followup.due, some[1].followup.pk)

    assert seen == [f"Word {n}" for n in range(7)]


@pytest.mark.parametrize("asked", ["", "?circle=customers", "?circle=team", "?whose=everybody"])
def test_the_page_asks_as_much_with_many_as_with_few(workspace, bob, bobs, mia, asked):
    def queries():
        with clock.at(MONDAY):
            bobs.get(THERE + asked)  # the team's terms are made once
            from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

            with CaptureQueriesContext(connection) as counted:
                bobs.get(THERE + asked)
        return len(counted)

    promise(party_named("P0", workspace, bob), bob, MONDAY - DAY, 0)
    few = queries()
    for n in range(1, 12):
        promise(party_named(f"P{n}", workspace, bob), bob, MONDAY + (n - 3) * DAY, n)

    assert queries() == few
    assert few <= 16


def test_each_question_walks_its_index(workspace, bob):
    """So that a hundred thousand open follow-ups cost no more than ten."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL decides by its statistics.")
    member_named("Cleo", workspace)
    for asking in (Asking(), Asking(everybody=True), Asking(circle="customers")):
        assert binding(bob, asking) == []  # INDEXED BY refuses what the index cannot answer
    assert due_until(bob, end_of_day(bob, MONDAY)) == 0
