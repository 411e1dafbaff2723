"""Today under the fingers: keys without network, a thumb, one at a time, and a list that renews."""

from typing import Any

import pytest

from followthrough.core.facts import WeCalled
from followthrough.ledger.models import Member, Party, Workspace
from tests.browser.test_tour import (
    DESK,
    ON_A_WHOLE_PHONE,
    PHONE,
    SIDEWAYS,
    TOO_SMALL,
    _a_monday,
    faults,
    look,
    opened,
    settle,
)
from tests.ledger.scene import HOUR, MONDAY, party_named
from tests.web.desk import enquired, first_owed, hear, kinds
from tests.web.test_members_in_the_browser import sign_up

__all__ = ["_a_monday", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CURRENT = "[data-row][aria-current=true] .who a"
# A push of a finger, as the browser reports it.
PUSH = """([row, far]) => {
  const box = row.getBoundingClientRect(), y = box.y + 20, x = box.x + 150;
  const tell = (kind, by) => row.dispatchEvent(new PointerEvent(kind, {
    bubbles: true, isPrimary: true, pointerType: "touch", clientX: x + by, clientY: y }));
  tell("pointerdown", 0);
  tell("pointermove", far / 2);
  tell("pointermove", far);
  tell("pointerup", far);
}"""


@pytest.fixture
def people(look: Any) -> list[Party]:
    """Four who wait; `cookies` of each are those of her who is to answer them."""
    page = look(DESK)
    sign_up(page)
    shop, mia = Workspace.objects.get(), Member.objects.get()
    found = [party_named(name, shop, mia) for name in ("Ann", "Pat", "Zoe", "Kim")]
    for party in found:
        enquired(party, MONDAY - HOUR, said=f"{party.name} asks.")
        party.cookies = page.context.cookies()
    return found


def signed_in(look: Any, people: list[Party], size: dict[str, int], **more: Any) -> Any:
    page = look(size, **more)
    page.context.add_cookies(people[0].cookies)
    return page


def test_j_needs_no_network(look, people):
    page = signed_in(look, people, DESK)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)

    page.keyboard.press("j")
    page.locator("#panel h2", has_text="Pat").wait_for()
    page.keyboard.press("j")
    page.locator("#panel h2", has_text="Zoe").wait_for()

    assert page.inner_text(CURRENT) == "Zoe"


def test_a_thumb_pushes_a_row_and_the_sheet_opens(look, people):
    page = signed_in(look, people, PHONE)
    page.goto("/")
    first = page.locator("[data-row]").first.element_handle()

    page.evaluate(PUSH, [first, 60])
    page.wait_for_timeout(300)
    assert page.locator("dialog[open]").count() == 0

    page.evaluate(PUSH, [first, 120])
    opened(page)
    assert page.is_checked("dialog [name=mode][value=next]")
    page.keyboard.press("Escape")

    page.evaluate(PUSH, [first, -120])
    opened(page)
    assert page.is_checked("dialog [name=mode][value=not_now]")
    assert kinds(people[0]) == ["TheyEnquired"]


def test_the_list_renews_itself_and_keeps_the_current_row(look, people):
    page = signed_in(look, people, DESK)
    page.goto("/")
    page.keyboard.press("j")
    assert page.inner_text(CURRENT) == "Pat"

    hear(people[0], WeCalled(at=MONDAY, matter="roof", by=str(people[0].owner_id)))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("[data-row]:has-text('Ann')", state="detached")

    assert page.inner_text(CURRENT) == "Pat"
    assert page.evaluate("document.activeElement.textContent") == "Pat"
    page.keyboard.press("d")
    opened(page)
    assert page.said == []


def test_one_at_a_time_by_keys_and_the_result_in_two(look, people):
    page = signed_in(look, people, DESK)
    page.goto("/")
    page.keyboard.press("f")
    settle(page, "**/one/")
    assert page.inner_text("h1") == "Ann"

    page.keyboard.press("j")
    settle(page, "**/one/*/")
    page.keyboard.press("ArrowLeft")
    page.locator("h1", has_text="Ann").wait_for()
    page.click("text=No answer")
    page.wait_for_selector("dialog[open] #parsed[data-kind=understood]")
    page.click("dialog [data-save]")
    page.locator("h1", has_text="Pat").wait_for()

    assert kinds(people[0]) == ["TheyEnquired", "WeCalled", "Planned"]
    page.keyboard.press("Escape")
    settle(page, "**/")
    assert page.inner_text("h1") == "Today"
    assert page.said == []


def test_one_at_a_time_without_script(look, people):
    page = signed_in(look, people, PHONE, java_script_enabled=False)
    page.goto("/one/")

    page.click("[data-key=j]")
    assert page.inner_text("h1") == "Pat"
    page.click("text=Left a message")
    page.click("[data-save]")

    assert kinds(people[1]) == ["TheyEnquired", "WeCalled", "Planned"]


@ON_A_WHOLE_PHONE
def test_nobody_is_shut_out_of_the_day(look, people, size, theme):
    page = signed_in(look, people, size, color_scheme=theme)
    found = []
    owed = first_owed(people[0]).pk
    for there in ("/", "/?way=mail", "/?band=1", "/one/", "/today/done/", f"/today/order/{owed}/"):
        page.goto(there)
        found += faults(page)

    assert found == []
    assert page.said == []


def test_the_day_fits_a_small_phone_and_a_thumb(look, people):
    hear(people[1], WeCalled(at=MONDAY, matter="roof"))
    wide, small = [], []
    narrow = signed_in(look, people, {"width": 320, "height": 700})
    phone = signed_in(look, people, PHONE)
    for there in ("/", "/one/", "/today/done/", "/today/order/", "/?band=1"):
        narrow.goto(there)
        wide += [there] if narrow.evaluate(SIDEWAYS) else []
        phone.goto(there)
        small += [f"{there}: {one}" for one in phone.evaluate(TOO_SMALL)]

    assert (wide, small) == ([], [])
