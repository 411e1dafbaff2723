"""A list is brought in with a browser: looked at, put right, taken in, and taken back."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from followthrough.ledger import clock
from followthrough.ledger.models import Party
from tests.browser.test_tour import PHONE, RULES, SIDEWAYS, TOO_SMALL
from tests.cast import client_of
from tests.ledger.scene import MONDAY
from tests.web.test_import_preview import LIST
from tests.web.test_import_preview import look as work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _a_monday(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.at(MONDAY):
        yield


@pytest.fixture
def desk(bob, chromium, live_server):
    """desk(java_script_enabled=False): Bob's browser, signed in."""
    contexts = []

    def desk(**more: Any) -> Any:
        context = chromium.new_context(base_url=live_server.url, locale="en-GB", **more)
        contexts.append(context)
        session = client_of(bob).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda line: page.said.append(line.text))
        return page

    yield desk
    for context in contexts:
        context.close()


def choose(page):
    page.goto("/import/")
    page.set_input_files(
        "[type=file]", {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST}
    )
    page.get_by_role("button", name="Show me what’s in it").click()


def test_a_column_is_put_right_by_keyboard_and_the_first_change_with_it(bob, desk):
    page = desk()
    choose(page)
    work(bob.workspace)
    page.get_by_role("button", name="Bring in 2 people").wait_for()

    page.locator("#id_field_0").focus()
    page.keyboard.press("c")  # Company
    page.get_by_text("Looking again…").wait_for()
    work(bob.workspace)
    page.get_by_role("button", name="Bring in 2 people").wait_for()

    assert page.evaluate("document.activeElement.id") == "id_field_0"
    assert page.locator("#id_field_0").input_value() == "company"
    assert page.said == []


def test_it_comes_in_and_goes_again(bob, desk):
    page = desk()
    choose(page)
    work(bob.workspace)

    page.get_by_role("button", name="Bring in 2 people").click()
    page.get_by_role("heading", name="Bringing it in…").wait_for()
    work(bob.workspace)
    page.get_by_text("All 2 rows are read").wait_for()
    assert Party.objects.count() == 2

    page.get_by_role("button", name="Take it all back").click()
    page.get_by_role("heading", name="Taking it back…").wait_for()
    work(bob.workspace)
    page.get_by_text("Taken back").first.wait_for()
    assert Party.objects.count() == 0


def test_without_script_all_of_it_works_too(bob, desk):
    page = desk(java_script_enabled=False)
    choose(page)
    page.get_by_role("link", name="See how far it is").click()
    work(bob.workspace)
    page.reload()

    page.locator("#id_field_0").select_option("company")
    page.get_by_role("button", name="See how it reads now").click()
    work(bob.workspace)
    page.get_by_role("link", name="Show me").click()
    page.get_by_role("button", name="Bring in 2 people").click()
    work(bob.workspace)
    page.get_by_role("link", name="See how far it is").click()

    assert page.get_by_text("All 2 rows are read").is_visible()
    assert sorted(Party.objects.values_list("company", flat=True)) == [
        "Ann Archer", "Pat Printer",
    ]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_nothing_is_cut_off_and_everybody_can_use_it(bob, desk, theme):
    page = desk(viewport=PHONE, has_touch=True, color_scheme=theme, reduced_motion="reduce")
    choose(page)
    work(bob.workspace)
    page.get_by_role("button", name="Bring in 2 people").wait_for()

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})

    assert [one["id"] for one in found.response["violations"]] == []
    assert page.evaluate(SIDEWAYS) is False
    assert page.evaluate(TOO_SMALL) == []
