"""Settings and help in a real browser: readable for everybody, and done with the keyboard alone."""

from typing import Any

import pytest

from followthrough.ledger.models import Workspace
from tests.browser.test_tour import DESK, ON_A_PHONE, PHONE, SIDEWAYS, TOO_SMALL, look, settle
from tests.web.test_members_in_the_browser import faults, sign_up

__all__ = ["look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    *("/account/", "/settings/", "/settings/days/", "/settings/numbers/"),
    *("/help/", "/help/?q=promise", "/help/today/", "/help/rules/index/"),
]
NUMBER = '[name="quiet_after_our_word.quote"]'


@ON_A_PHONE
def test_every_page_is_readable_for_everybody(look: Any, size: dict[str, int], theme: Any):
    page = look(size, color_scheme=theme)
    sign_up(page)
    for address in PAGES:
        page.goto(address)

        assert faults(page) == []
        assert not page.evaluate(SIDEWAYS), address
        if size == PHONE:
            assert page.evaluate(TOO_SMALL) == [], address
    assert page.said == []


def test_nothing_stands_out_sideways_on_the_narrowest_phone(look: Any):
    page = look({"width": 320, "height": 640})
    sign_up(page)

    assert [one for one in PAGES if page.goto(one) and page.evaluate(SIDEWAYS)] == []


def test_a_number_is_changed_and_undone_by_keyboard(look: Any):
    page = look(DESK)
    sign_up(page)
    page.goto("/settings/numbers/")

    page.focus(NUMBER)
    page.keyboard.press("Control+A")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    settle(page, "**/settings/changes/*/")
    page.focus(".sticky-end .primary")
    page.keyboard.press("Enter")
    settle(page, "**/settings/numbers/")
    assert Workspace.objects.get().knobs == {"quiet_after_our_word.quote": 4}

    page.keyboard.press("z")
    page.wait_for_selector("text=Taken back.")
    assert Workspace.objects.get().knobs == {}
    assert page.said == []


def test_without_script_a_day_is_closed(chromium: Any, live_server: Any, look: Any):
    sign_up(first := look(DESK))
    kept = first.context.storage_state()
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=kept
    )
    page = context.new_page()
    page.goto("/settings/days/")
    page.fill("[name=day]", "2026-12-24")
    page.click("text=Add the day")
    page.click("button.primary")

    assert Workspace.objects.get().closed_days == ["2026-12-24"]
    context.close()
