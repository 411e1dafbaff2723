"""By keyboard alone: find or do, the last undo, keys switched off or as in a mail program."""

import pytest

from followthrough.ledger.models import Member, Workspace
from followthrough.ledger.search import make_findable
from tests.browser.test_tour import DESK, _a_monday, look, opened, settle
from tests.ledger.scene import party_named
from tests.web.desk import enquired, kinds
from tests.web.test_members_in_the_browser import sign_up

__all__ = ["_a_monday", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHOSEN = "#palette [aria-selected=true]"


@pytest.fixture
def desk(look):
    page = look(DESK)
    sign_up(page)
    people = [party_named(n, Workspace.objects.get(), Member.objects.get()) for n in ("Ann", "Pat")]
    make_findable(people)
    enquired(people[0])
    page.goto("/")
    return page, *people


def find(page, words):
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open] input:focus")
    page.keyboard.type(words)


def test_find_or_do_acts_goes_finds_and_adds(desk):
    page, _, pat = desk

    find(page, "done")
    assert page.inner_text(CHOSEN).startswith("Done: Ann")
    page.keyboard.press("Enter")
    opened(page)
    page.keyboard.press("Escape")

    find(page, "pat")
    page.wait_for_selector(f"{CHOSEN}[href='/people/{pat.pk}/']")
    page.keyboard.press("Enter")
    settle(page, f"**/people/{pat.pk}/")

    find(page, "Dana Whit")
    page.wait_for_selector("#find-add")
    page.keyboard.press("Enter")
    settle(page, "**/capture/**")
    assert page.input_value("[name=name]") == "Dana Whit"

    page.goto("/")
    find(page, "member")
    page.keyboard.press("Enter")
    settle(page, "**/members/")

    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-people >> text=looked at lately")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.said == []


def test_the_last_thing_is_undone_after_its_toast_went_and_on_another_page(desk):
    page, ann, _ = desk
    page.goto(f"/people/{ann.pk}/")
    page.fill("#note", "She likes red.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".toast")
    page.click(".toast [data-dismiss]")

    page.keyboard.press("z")
    page.wait_for_selector("text=Taken back.")
    assert kinds(ann) == ["TheyEnquired", "Noted", "Retracted"]
    assert page.url.endswith(f"/people/{ann.pk}/")

    page.fill("#note", "She likes green.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".toast")
    page.goto("/people/")
    page.keyboard.press("Control+z")
    page.wait_for_selector("text=Taken back.")
    assert kinds(ann)[3:] == ["Noted", "Retracted"]
    assert page.said == []


def test_a_form_sent_twice_is_sent_once(desk):
    page, ann, _ = desk
    sent = []
    page.on("request", lambda one: sent.append(one) if one.method == "POST" else None)
    page.goto(f"/people/{ann.pk}/")
    page.fill("#note", "She likes red.")

    page.evaluate(
        "() => { const b = document.querySelector('.composer button'); b.click(); b.click(); }"
    )
    page.wait_for_selector(".toast")

    assert len(sent) == 1
    assert kinds(ann) == ["TheyEnquired", "Noted"]


def test_keys_can_be_switched_off_or_be_as_in_a_mail_program(desk):
    page, _, _ = desk
    page.goto("/keys/")
    page.check("[value=mail]")
    page.click("main form button")
    page.wait_for_selector("text=Your keys are set.")

    page.goto("/")
    assert page.inner_text("[data-row] [data-key=d] kbd") == "E"
    page.keyboard.press("e")
    opened(page)
    page.keyboard.press("Escape")

    page.goto("/keys/")
    page.check("[value=off]")
    page.click("main form button")
    page.wait_for_selector("text=Your keys are set.")
    page.goto("/")
    page.keyboard.press("d")
    page.keyboard.press("?")
    find(page, "ann")  # it needs no single key
    assert page.locator("dialog[open]").count() == 1
    assert page.said == []
