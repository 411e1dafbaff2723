"""The team comes together in a real browser, on pages everybody can read."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MIAS_PAGES = ["/members/", "/account/", "/account/password/change/", "/account/2fa/"]
DOORS = ["/account/login/", "/account/password/reset/", "/account/password/reset/done/"]


def faults(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found]


def overflows(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def sign_up(page: Any) -> None:
    page.goto("/")
    page.fill("[name=workspace]", "Banners")
    page.fill("[name=name]", "Mia")
    page.fill("[name=email]", "mia@banners.example")
    page.fill("[name=password]", PASSWORD)
    page.click("button.primary")


def test_mia_starts_a_team_and_bob_joins_it(browser: Any):
    sign_up(browser)
    browser.goto("/members/")
    browser.fill("[name=name]", "Bob")
    browser.fill("[name=email]", "bob@banners.example")
    browser.click("text=Make a link")
    link = browser.input_value("#link")
    browser.context.clear_cookies()

    browser.goto(link)
    browser.fill("[name=password]", PASSWORD)
    browser.click("button.primary")
    browser.goto("/members/")

    assert browser.locator(".members .who").all_inner_texts() == ["Bob", "Mia"]
    assert browser.locator("text=Invite a colleague").count() == 0


@pytest.mark.parametrize("width", [390, 1440])
def test_each_page_can_be_read_by_everybody(browser: Any, width: int):
    said: list[str] = []
    browser.on("console", lambda line: said.append(line.text))
    browser.set_viewport_size({"width": width, "height": 900})
    browser.goto("/")
    found = faults(browser)
    sign_up(browser)

    for address in [*MIAS_PAGES, *DOORS]:
        if address == DOORS[0]:
            browser.context.clear_cookies()
        browser.goto(address)
        found += faults(browser)
        assert not overflows(browser), address

    assert found == []
    assert [line for line in said if "Content Security Policy" in line] == []
