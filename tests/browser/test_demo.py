"""Looking around in a real browser: one press in, and open to everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_tour import DESK, PHONE, RULES, SIDEWAYS, TOO_SMALL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_press_leads_in_and_its_pages_pass_axe(chromium, live_server):
    for theme, size in (("light", DESK), ("dark", PHONE)):
        context = chromium.new_context(
            base_url=live_server.url, locale="en-GB", viewport=size, color_scheme=theme,
            has_touch=size == PHONE, java_script_enabled=True,
        )  # fmt: skip
        page = context.new_page()
        page.goto("/demo/")
        assert violations(page) == []
        page.get_by_role("button", name="Look around").click()
        page.wait_for_selector("text=You are looking around.")
        for there in ("/", "/demo/", "/promises/kept/"):
            page.goto(there)
            assert violations(page) == [], there
            assert not page.evaluate(SIDEWAYS)
        small = page.evaluate(TOO_SMALL) if size == PHONE else []
        assert [it for it in small if "demo" in it] == []
        context.close()


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [one["id"] for one in found.response["violations"]]
