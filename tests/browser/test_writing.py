"""A mail by keys alone: written from Today, stopped with one letter, and nothing of it is lost."""

import pytest
from playwright.sync_api import expect

from followthrough.ledger import clock
from followthrough.ledger.models import Message, Unsent
from tests.cast import client_of
from tests.ledger.scene import MONDAY
from tests.worker.sending_scene import mailbox_at, somebody_asked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Nowhere:
    port = 25


@pytest.fixture(autouse=True)
def _clock():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def page(browser, live_server, workspace, bob):
    mailbox_at(Nowhere, bob)
    somebody_asked("Ann", workspace, bob)
    session = client_of(bob).cookies["sessionid"].value
    browser.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    browser.goto("/")
    return browser


def test_bob_writes_stops_and_finds_his_words_again(page):
    page.keyboard.press("e")
    text = page.locator("#id_text")
    expect(text).to_be_focused()
    text.fill("Hello Ann,\n\n90 pounds, all in.")
    page.locator("#id_subject").fill("Your sign")
    expect(page.locator("#id_text")).to_have_value("Hello Ann,\n\n90 pounds, all in.")

    page.keyboard.press("Control+Enter")

    expect(page.locator(".toast").first).to_contain_text("Going out at 10:00:10")
    expect(page.locator("[data-row] .chip").first).to_contain_text("Going out at 10:00:10")
    assert Message.objects.get().state == "queued"

    page.keyboard.press("z")

    expect(page.locator("#id_text")).to_have_value("Hello Ann,\n\n90 pounds, all in.")
    assert Message.objects.get().state == "cancelled"
    assert Unsent.objects.get().subject == "Your sign"
