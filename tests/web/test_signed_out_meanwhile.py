"""Whoever was signed out while they wrote gets the words back."""

import pytest
from django.test import Client

from tests.web.desk import SCRIPTED

WORDS = "Hello Ann,\n\nI ring you on Wednesday."


def test_what_was_typed_is_handed_back_to_be_copied(ann):
    page = Client().post(f"/people/{ann.pk}/notes/", {"note": WORDS, "token": "t"})

    assert page.status_code == 401
    assert WORDS in page.content.decode()
    assert "/account/login/?next=" in page.content.decode()


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/people/?show=all", "%2Fpeople%2F%3Fshow%3Dall"),
        ("http://elsewhere.example/people/", "%2F"),
        ("", "%2F"),
    ],
)
def test_the_door_leads_back_to_the_page_of_the_form(ann, came_from, leads_to):
    """What a form is sent to may be no page, and answer nothing but forms."""
    page = Client().post("/lists/joined/", {"said": WORDS}, headers={"Referer": came_from})

    assert f'?next={leads_to.replace("%2F", "/")}"' in page.content.decode()


def test_a_page_that_was_open_too_long_hands_it_back_as_well(ann, bob):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob.user)

    page = client.post(f"/people/{ann.pk}/notes/", {"note": WORDS})

    assert page.status_code == 403
    assert WORDS in page.content.decode()


@pytest.mark.parametrize("way", ["get", "post"])
def test_the_door_never_becomes_a_part_of_another_page(db, way):
    answer = getattr(Client(), way)("/words/kinder/", {"text": WORDS}, **SCRIPTED)

    assert answer.status_code == 401
    assert answer.content == b""


def test_a_password_is_shown_nowhere(db):
    page = Client(enforce_csrf_checks=True).post(
        "/account/login/", {"login": "bob@banners.example", "password": "a long sentence of mine"}
    )

    assert page.status_code == 403
    assert "a long sentence" not in page.content.decode()


def test_whoever_typed_nothing_is_led_to_the_door(db):
    assert Client().post("/reminders/", {"token": "t"})["Location"].startswith("/account/login/")
