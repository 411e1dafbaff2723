"""The sheet, quick capture and things to give in a real browser: few keys, axe, with and without
script."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from followthrough.core.facts import Planned
from followthrough.ledger import clock
from followthrough.ledger.models import Address, Fact, Party
from tests.browser.test_tour import DESK, ON_A_PHONE, PHONE, RULES, SIDEWAYS, TOO_SMALL
from tests.cast import client_of
from tests.ledger.scene import HOUR, MONDAY, party_named
from tests.web.desk import first_owed, hear, kinds, sheet_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = "Loves it. I said I'd send the drawing by Friday."
# A phone takes the call; this browser has none, and would ask which program to open, over all keys.
PHONE_RINGS = (
    "addEventListener('click', (it) => it.target.closest('a[href^=tel]') && it.preventDefault())"
)
SMALL = {"width": 320, "height": 700}


@pytest.fixture(autouse=True)
def _a_monday():
    """Time runs, but from ten o'clock of that Monday on."""
    with clock.later(MONDAY - datetime.now(UTC)):  # noqa: TID251 - how far it is to that Monday
        yield


@pytest.fixture
def planned(workspace, bob):
    """Ann is to be called at nine, and it is ten."""
    ann = party_named("Ann", workspace, owner=bob)
    hear(ann, Planned(at=MONDAY - 5 * HOUR, due=MONDAY - HOUR, matter="roof", by=str(bob.pk)))
    return ann


@pytest.fixture
def desk(chromium, live_server, bob):
    contexts = []

    def desk(size=DESK, **more):
        context = chromium.new_context(
            base_url=live_server.url, locale="en-GB", viewport=size, reduced_motion="reduce",
            has_touch=size != DESK, **more,
        )  # fmt: skip
        contexts.append(context)
        session = client_of(bob).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto("/")
        return page

    yield desk
    for context in contexts:
        context.close()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def open_sheet(page):
    page.keyboard.press("d")
    page.wait_for_selector("#sheet [name=outcome]:focus")


def test_a_call_and_the_next_step_take_at_most_six_keys_after_the_words(desk, planned):
    page = desk()
    open_sheet(page)
    page.keyboard.press("1")
    page.wait_for_selector("#sheet-note:focus")
    page.keyboard.type(NOTE)

    pressed = press(page, "Control+Enter")
    page.wait_for_selector("#sheet-when:focus")
    pressed += press(page, "ArrowDown")
    page.wait_for_selector("#parsed[data-kind=understood]")
    pressed += press(page, "Control+Enter")
    page.wait_for_selector("text=Kept. Ann has a next step.")

    assert pressed <= 6
    assert kinds(planned)[-2:] == ["WeCalled", "Planned"]
    assert Fact.objects.get(kind="WeCalled").text.body == NOTE


def test_a_promise_in_the_note_is_offered_and_one_press_keeps_it(desk, planned):
    page = desk()
    open_sheet(page)
    page.keyboard.press("1")
    page.keyboard.type(NOTE)
    page.locator("#heard .choice").click()
    page.fill("#sheet-when", "call in 2 weeks")
    page.wait_for_selector("#parsed[data-kind=understood]")
    page.locator("#sheet [data-save]").click()
    page.wait_for_selector("text=Kept. Ann has a next step.")

    assert kinds(planned)[-3:] == ["WeCalled", "WePromised", "Planned"]


def test_the_call_s_length_fills_itself_and_can_be_changed(desk, planned):
    Address.objects.filter(kind="phone").update(canonical="+442079460301")
    page = desk()
    page.evaluate(PHONE_RINGS)
    press(page, "c")
    open_sheet(page)
    page.keyboard.press("1")
    assert page.locator("[name=minutes]").input_value() == "1"

    page.fill("[name=minutes]", "12")
    page.fill("#sheet-when", "call in 2 weeks")
    page.wait_for_selector("#parsed[data-kind=understood]")
    page.click("#sheet [data-save]")
    page.wait_for_selector("text=Kept. Ann has a next step.")

    assert Fact.objects.get(kind="WeCalled").own["minutes"] == 12


def test_without_script_it_asks_again_and_keeps_what_was_typed(desk, planned):
    page = desk(java_script_enabled=False)
    page.goto(sheet_of(first_owed(planned)))
    page.locator("label.choice", has_text="We spoke").click()
    page.fill("[name=note]", NOTE)
    page.click("[data-save]")

    assert page.locator("[name=note]").input_value() == NOTE
    page.locator("#heard .choice").click()
    page.fill("[name=when]", "call thursday 10am")
    page.click("[data-save]")

    assert page.locator("text=Kept. Ann has a next step.").count() == 1
    assert kinds(planned)[-3:] == ["WeCalled", "WePromised", "Planned"]


def test_somebody_who_rang_is_kept_by_keyboard_from_any_page(desk, planned):
    page = desk()
    page.goto("/people/")
    page.keyboard.press("a")
    page.wait_for_selector("#sheet [name=name]:focus")
    page.keyboard.type("Cleo Hart 020 7946 0342 wants a banner, call tue 10")
    page.wait_for_selector("#known b")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=Kept. Cleo has a next step.")

    assert Party.objects.filter(name="Cleo Hart").count() == 1
    assert page.url.endswith("/people/")


@ON_A_PHONE
def test_nothing_stands_in_anybodys_way(desk, planned, size, theme):
    page = desk(size, color_scheme=theme)
    pages = {
        "/library/": "main", f"/people/{planned.pk}/happened/": "main", "/capture/": "main",
        sheet_of(first_owed(planned)): "main",
    }  # fmt: skip
    for address in pages:
        page.goto(address)
        assert passes(page) == [], address
    page.goto("/")
    open_sheet(page)
    page.keyboard.press("1")
    page.keyboard.type(NOTE)
    page.wait_for_selector("#heard .choice")
    assert passes(page) == []
    page.locator("#sheet label", has_text="Close").last.click()
    assert passes(page) == []


def test_at_320_pixels_nothing_runs_out_sideways(desk, planned):
    page = desk(SMALL)
    for address in ("/library/", f"/people/{planned.pk}/happened/", "/capture/",
                    sheet_of(first_owed(planned))):  # fmt: skip
        page.goto(address)
        assert not page.evaluate(SIDEWAYS), address


def passes(page):
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    small = page.evaluate(TOO_SMALL) if page.viewport_size == PHONE else []
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] + small
