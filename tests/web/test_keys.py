"""The keys are told where one looks for them, and each member may switch them off."""

import pytest

from tests.web.desk import text_of


def test_the_page_tells_each_key_and_only_places_that_exist(bobs):
    page = bobs.get("/keys/")

    text = text_of(page).split("Everything can be done")[1]
    assert "C call" in text
    assert "G T Today" in text
    assert page.context["rail"]["keys"]


@pytest.mark.parametrize("chosen", ["on", "off", "mail"])
def test_a_choice_is_kept_and_stands_on_every_page(bob, bobs, chosen):
    bobs.post("/keys/", {"keys": chosen})

    bob.refresh_from_db()
    assert bob.keys == chosen
    assert f'data-keys="{chosen}"' in bobs.get("/people/").content.decode()


def test_as_in_a_mail_program_the_letters_are_others(bobs):
    bobs.post("/keys/", {"keys": "mail"})

    text = text_of(bobs.get("/keys/"))
    assert "E done, and what’s next" in text
    assert "H not now" in text
    assert "R write a mail" in text


def test_anything_else_changes_nothing_and_says_so(bob, bobs):
    page = bobs.post("/keys/", {"keys": "loud"}, follow=True)

    bob.refresh_from_db()
    assert bob.keys == "on"
    assert "Choose one of the three." in text_of(page)
