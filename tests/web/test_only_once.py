"""Pressed twice is there once; looking writes nothing; and what is gone is no page that breaks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from followthrough.ledger import clock
from followthrough.ledger.models import Detail, FollowUp, Gift, SavedView
from followthrough.ledger.saved_views import MOST
from followthrough.web.offline.sending import key_of
from tests.ledger.scene import HOUR, MONDAY, party_named
from tests.web.desk import enquired, filled, first_owed, kinds, quiet, sheet_of, text_of


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(MONDAY + HOUR):
        yield


def test_what_is_good_to_know_is_written_once(ann, bobs):
    for _ in range(2):
        bobs.post(reverse("known", args=[ann.pk]), {"kind": "personal", "text": "Plays golf"})
    assert Detail.objects.filter(text="Plays golf").count() == 1


def save(client, title):
    client.post(reverse("views_kept"), {"title": title, "query": "owner=me"})


def test_a_tab_is_saved_once(bobs):
    save(bobs, "Mine")
    save(bobs, "Mine")
    assert SavedView.objects.count() == 1


def test_a_tab_that_is_gone_is_not_moved(bobs):
    save(bobs, "Mine")
    there = reverse("view_kept", args=[SavedView.objects.get().pk])
    bobs.post(there, {"do": "delete"})
    assert bobs.post(there, {"do": "left"}).status_code == 404
    assert bobs.post(f"{there}?do=back").status_code == 302
    assert SavedView.objects.get().gone_at is None


def test_no_more_tabs_come_back_than_fit(bobs):
    for number in range(MOST):
        save(bobs, f"Tab {number}")
    there = reverse("view_kept", args=[SavedView.objects.earliest("pk").pk])
    bobs.post(there, {"do": "delete"})
    save(bobs, "One more")

    page = bobs.post(f"{there}?do=back", follow=True)

    assert "That is as many views as fit." in text_of(page)
    assert SavedView.objects.filter(gone_at=None).count() == MOST


def test_looking_at_the_library_writes_nothing(bobs):
    assert bobs.get("/library/").context["gifts"]
    assert not Gift.objects.exists()


def test_a_cookie_that_somebody_wrote_names_nobody_private(bob, bobs, mia, mias):
    bobs.post("/promises/", filled(circle="private", text="Recital", when="thu 18:00"))
    hidden = FollowUp.objects.get(rule="keep_promises").party
    for client, member in ((bobs, bob), (mias, mia)):
        client.cookies["recent"] = f"{member.pk}.{hidden.pk}"
        assert client.get("/find/").context["people"] == []


def test_what_waited_offline_is_not_refused_for_an_older_mistake(ann, bob, bobs):
    enquired(ann)
    bobs.post(reverse("notes", args=[ann.pk]), {"note": "", "token": "a"})  # its error still waits
    form = filled(outcome="spoke", when="call thursday 9:00")

    sent = bobs.post(sheet_of(first_owed(ann)), form, headers={"X-Kept": key_of(bob)})

    assert sent.status_code == 204
    assert "WeCalled" in kinds(ann)
    assert "Write a few words first." in text_of(bobs.get(f"/people/{ann.pk}/"))


@pytest.mark.parametrize("pressed", ["next", "not_now"])
def test_many_together_cost_no_more_questions_than_few(workspace, bob, bobs, pressed):
    def asked(count):
        people = [party_named(f"{pressed} {count} {n}", workspace, owner=bob) for n in range(count)]
        for one in people:
            quiet(one)
        form = {"party": [one.pk for one in people], "do": pressed, "when": "tomorrow 9am"}
        with CaptureQueriesContext(connection) as questions:
            bobs.post(reverse("together"), form)
        return len(questions)

    asked(1)  # what is read once is read
    few, many = asked(5), asked(20)
    assert many <= few
