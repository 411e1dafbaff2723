"""The deals in a real browser: moved by key, by drag, by button, and without script."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from followthrough.core import facts
from followthrough.ledger import clock
from followthrough.ledger.models import Matter, Member
from tests.browser.test_tour import DESK, ON_A_PHONE, PHONE, RULES, SIDEWAYS, TOO_SMALL, look
from tests.cast import member_named
from tests.ledger.scene import MONDAY, party_named
from tests.web.desk import hear
from tests.web.test_members_in_the_browser import sign_up

__all__ = ["look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANN = ".deal:has-text('Ann')"


@pytest.fixture(autouse=True)
def _a_monday():
    with clock.later(MONDAY - datetime.now(UTC)):  # noqa: TID251 - how far it is to that Monday
        yield


def shop():
    """Ann's deal is talked about, Pat's rests."""
    me = Member.objects.get()
    member_named("Bob", me.workspace)
    for name, more in (("Ann", facts.Met), ("Pat", facts.NotNow)):
        until = {"until": datetime(2026, 5, 1, tzinfo=UTC)} if more is facts.NotNow else {}
        opened = facts.Opened(at=MONDAY, matter="roof", kind="deal", value=90_000)
        hear(party_named(name, me.workspace, me), opened, more(at=MONDAY, matter="roof", **until))


def lane_of_ann():
    return Matter.objects.get(party__name="Ann").lane


def test_a_deal_moves_by_key_goes_back_and_moves_again(look):
    page = look(DESK)
    sign_up(page)
    shop()
    page.goto("/deals/")

    page.focus(f"{ANN} .who a")
    page.keyboard.press("]")
    page.wait_for_selector("[data-lane=quoted] .moving [name=when]:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector(f"[data-lane=talking] {ANN} .who a:focus")
    page.keyboard.press("]")
    page.wait_for_selector(".moving [name=when]:focus")
    page.keyboard.type("mail tomorrow 9am")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-lane=quoted] {ANN} .who a:focus")

    assert lane_of_ann() == "quoted"
    page.keyboard.press("z")
    page.wait_for_selector("text=Taken back.")
    assert lane_of_ann() == "talking"
    assert page.said == []


def test_a_deal_moves_by_drag_and_the_empty_form_says_what_to_do(look):
    page = look(DESK)
    sign_up(page)
    shop()
    page.goto("/deals/")

    page.locator(ANN).drag_to(page.locator("[data-lane=agreed]"))
    page.wait_for_selector("[data-lane=agreed] .moving")
    page.locator(".moving .primary").click()
    page.wait_for_selector("[data-lane=agreed] .moving .problem")
    page.locator(".moving [name=when]").fill("call tomorrow 9am")
    page.locator(".moving .primary").click()
    page.wait_for_selector(f"[data-lane=agreed] {ANN}:not(.moving)")

    assert lane_of_ann() == "agreed"
    assert page.said == []


def test_a_deal_moves_without_script(look):
    page = look(DESK, java_script_enabled=False)
    sign_up(page)
    shop()
    page.goto("/deals/")

    page.locator(f"{ANN} [data-key=']']").click()
    page.locator("[name=when]").fill("call tomorrow 9am")
    page.locator(".ask .primary").click()

    assert lane_of_ann() == "quoted"
    assert page.locator(f"[data-lane=quoted] {ANN}").count() == 1


@ON_A_PHONE
def test_the_deals_pass_axe_and_fit_the_thumb(look, size, theme):
    page = look(size, color_scheme=theme)
    sign_up(page)
    shop()
    ann = Matter.objects.get(party__name="Ann").pk
    pages = (
        "?view=board", "?view=list&stage=all", "new/", "stages/", f"{ann}/",
        f"{ann}/move/", f"{ann}/move/?to=close",
    )  # fmt: skip
    for address in pages:
        page.goto(f"/deals/{address}")
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], address
        assert not page.evaluate(SIDEWAYS), address
        if size == PHONE:
            assert page.evaluate(TOO_SMALL) == [], address
            page.set_viewport_size({"width": 320, "height": 700})
            assert not page.evaluate(SIDEWAYS), address
            page.set_viewport_size(PHONE)
