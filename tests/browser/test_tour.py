"""A first day in a real browser: from signing up to an undone step, with and without script."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from followthrough.core.facts import Asked, AskedForDays, TheyWrote, WePromised
from followthrough.ledger import clock, wants
from followthrough.ledger.models import Detail, Member, Party, Workspace
from tests.cast import member_named
from tests.ledger.scene import HOUR, MONDAY, party_named
from tests.web.desk import enquired, first_owed, hear, kinds, quiet
from tests.web.test_members_in_the_browser import sign_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 960}
# As tall as the page, else the bar at the bottom hides what would be scrolled into view.
WHOLE_PHONE = {"width": 390, "height": 3000}


def on_a(phone: dict[str, int]) -> Any:
    """Dark; each page in all four looks is for test_every_page."""
    return pytest.mark.parametrize(("size", "theme"), [(phone, "dark")], ids=["phone-dark"])


ON_A_PHONE, ON_A_WHOLE_PHONE = on_a(PHONE), on_a(WHOLE_PHONE)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# A link inside a sentence, and a link that stretches over its whole row, are measured otherwise.
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((it) => it.checkVisibility() && !it.closest("p:not(.more), small, dd, .hint"))
  .filter((it) => !it.matches(".skip, .link, [type=hidden]"))
  .map((it) => (it.matches(".who a, .people a, .given a") && it.closest("li")) || it)
  .map((it) => (it.matches("[type=radio], [type=checkbox], .tick") && it.closest("label")) || it)
  .filter((it) => Math.min(it.offsetWidth, it.offsetHeight) < 44)
  .map((it) => it.outerHTML.slice(0, 110))"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def _a_monday():
    """Time runs, but from ten o'clock of that Monday on."""
    with clock.later(MONDAY - datetime.now(UTC)):  # noqa: TID251 - how far it is to that Monday
        yield


@pytest.fixture
def look(chromium, live_server):
    """look(size, theme="light"): a page that remembers what it complained of."""
    contexts = []

    def look(size: dict[str, int], **more: Any) -> Any:
        context = chromium.new_context(
            base_url=live_server.url, locale="en-GB", timezone_id="UTC", viewport=size,
            reduced_motion="reduce", has_touch=size == PHONE, **more,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda line: page.said.append(line.text) if complains(line) else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        return page

    yield look
    for context in contexts:
        context.close()


def complains(line: Any) -> bool:
    """htmx also logs a question about a date that the next letter made needless."""
    needless = line.text.startswith(("htmx:afterRequest", "htmx:sendAbort"))
    return line.type == "error" and not needless


def opened(page: Any) -> None:
    """The sheet is open, and has put the focus on its first answer."""
    page.wait_for_selector("dialog[open] :is([name=outcome], [name=when], [name=reason]):focus")


def only_party() -> Party:
    return Party.objects.get()


def settle(page: Any, address: str) -> None:
    page.wait_for_url(address)
    page.wait_for_load_state("networkidle")


# --- the first day ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_first_day_by_keyboard(look, size):
    page = look(size)
    sign_up(page)
    page.goto("/")
    assert page.locator("text=Nobody is waiting on you.").count() == 1

    page.keyboard.press("a")
    page.wait_for_selector("#sheet [name=name]:focus")
    for typed in ("Ann Archer", "020 7946 0018", "A banner, please."):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("call today 15:00")
    page.wait_for_selector("#parsed[data-kind=understood]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=Kept. Ann has a next step.")
    ann = only_party()
    assert kinds(ann) == ["Opened", "TheyEnquired", "WeCalled", "Planned"]
    assert page.said == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_follow_up_is_finished_and_undone_by_keyboard(look, size):
    page = look(size)
    sign_up(page)
    ann = party_named("Ann Archer", Workspace.objects.get(), Member.objects.get())
    enquired(ann)

    page.goto("/")
    assert page.locator(".followup .who a").all_inner_texts()[0] == "Ann Archer"
    page.keyboard.press("d")
    opened(page)
    page.keyboard.press("1")
    page.focus("#sheet-when")
    page.keyboard.type("call thursday 9:00")
    page.wait_for_selector("dialog #parsed[data-kind=understood]")
    assert "Thursday, 5 March 2026 at 09:00" in page.inner_text("dialog #parsed")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".toast")
    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]

    page.keyboard.press("z")
    page.wait_for_selector("text=Taken back.")
    assert kinds(ann)[3:] == ["Retracted", "Retracted"]
    assert page.said == []


def test_the_sheet_keeps_what_was_typed_when_it_refuses(look):
    page = look(DESK)
    sign_up(page)
    ann = party_named("Ann", Workspace.objects.get(), Member.objects.get())
    quiet(ann)
    page.goto(f"/people/{ann.pk}/")

    page.keyboard.press("d")
    opened(page)
    page.fill("dialog #sheet-note", "She likes red.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("dialog #sheet-when:focus")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("dialog .problem")
    assert page.input_value("dialog #sheet-note") == "She likes red."

    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert kinds(ann) == ["WeWrote"]
    assert page.said == []


def test_not_now_and_close_by_keyboard(look):
    page = look(DESK)
    sign_up(page)
    ann, pat = (party_named(n, Workspace.objects.get(), Member.objects.get()) for n in ("A", "P"))
    for party in (ann, pat):
        hear(party, WePromised(at=MONDAY - 4 * HOUR, due=MONDAY - HOUR, matter="prints"))
    page.goto("/")

    page.keyboard.press("s")
    opened(page)
    page.fill("dialog #sheet-note", "The printer is ill.")
    page.fill("dialog #sheet-when", "thursday 9:00")
    page.wait_for_selector("dialog #parsed[data-kind=understood]")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".toast")

    page.keyboard.press("d")
    opened(page)
    page.keyboard.press("1")
    page.check("dialog [name=mode][value=close]", force=True)
    page.check("dialog [name=reason][value=won]", force=True)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=Closed with")

    # Yes is the end of it, and the beginning of what comes after a sale.
    done = [kind for party in (ann, pat) for kind in kinds(party) if kind in ("Closed", "PutOff")]
    assert sorted(done) == ["Closed", "PutOff"]
    assert page.said == []


def test_j_and_k_walk_the_list_and_the_panel_follows(look):
    page = look(DESK)
    sign_up(page)
    for name in ("Ann", "Pat", "Zoe"):
        enquired(party_named(name, Workspace.objects.get(), Member.objects.get()))
    page.goto("/")
    current = "[data-row][aria-current=true] .who a"
    seen = [page.inner_text(current)]

    for key in ("j", "j", "k"):
        page.keyboard.press(key)
        seen.append(page.inner_text(current))
        page.locator("#panel h2", has_text=seen[-1]).wait_for()

    assert seen == ["Ann", "Pat", "Zoe", "Pat"]
    page.keyboard.press("Enter")
    settle(page, "**/people/*/")
    assert page.inner_text("h1") == "Pat"
    assert page.said == []


def test_a_note_and_a_promise_on_the_persons_page(look):
    page = look(PHONE)
    sign_up(page)
    ann = party_named("Ann", Workspace.objects.get(), Member.objects.get())
    page.goto(f"/people/{ann.pk}/")

    page.fill("#note", "She likes red.")
    page.click(".composer button[type=submit] >> nth=0")
    page.wait_for_selector(".toast")
    page.click("summary:has-text('Add a promise')")
    page.fill("#promise-text", "Send proofs")
    page.fill("#promise-when", "thursday 9:00")
    page.click("#add-promise button")
    page.wait_for_selector("text=The promise stands in the books.")

    assert kinds(ann) == ["Noted", "Opened", "WePromised"]
    assert page.said == []


def test_all_of_it_can_be_read_and_finished_without_script(look):
    page = look(PHONE)
    sign_up(page)
    ann = party_named("Ann", Workspace.objects.get(), Member.objects.get())
    enquired(ann, said="A banner, please.")
    plain = look(PHONE, java_script_enabled=False)
    plain.context.add_cookies(page.context.cookies())

    plain.goto("/")
    assert "A banner, please." in plain.inner_text("main")
    plain.goto(f"/followups/{first_owed(ann).pk}/outcome/")
    plain.check("[name=outcome][value=spoke]", force=True)
    plain.fill("[name=when]", "call thursday 9:00")
    plain.click("[data-save]")

    assert "Kept. Ann has a next step." in plain.inner_text("body")
    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]
    plain.click(".toast button:has-text('Undo')")
    assert kinds(ann)[-1] == "Retracted"


# --- for everybody ----------------------------------------------------------------------------


@pytest.fixture
def shop(look):
    """A full day, and a signed-in browser's cookies."""
    page = look(DESK)
    sign_up(page)
    shop, mia = Workspace.objects.get(), Member.objects.get()
    member_named("Bob", shop)
    ann, pat, zoe = (party_named(name, shop, mia) for name in ("Ann", "Pat", "Zoe"))
    enquired(ann, MONDAY - 3 * HOUR, said="A banner, please. " * 6)
    hear(ann, Asked(at=MONDAY - HOUR, matter="roof"), words=[("", "How much is it?")])
    hear(ann, WePromised(at=MONDAY, due=MONDAY + 4 * HOUR, matter="roof"), words=[("", "Proofs")])
    hear(pat, WePromised(at=MONDAY - 5 * HOUR, due=MONDAY - HOUR, how="call", matter="prints"))
    quiet(zoe, MONDAY - 400 * HOUR)
    said = "I want to buy."
    begs = TheyWrote(at=MONDAY, upset=True, begging=True, shows=(0, len(said)))
    days = AskedForDays(at=MONDAY, dates=(date(2026, 11, 7), date(2026, 11, 14)))
    hear(ann, begs, days, words=[("", said)])
    wants.add(wants.Wanted(party=ann, text="Action shots", said_at=MONDAY))
    for kind in ("personal", "common_ground"):
        Detail.objects.create(workspace=shop, party=ann, kind=kind, text="Rows", said_at=MONDAY)
    return page.context.cookies(), ann


def pages(ann: Party) -> dict[str, str]:
    owed = first_owed(ann).pk
    return {
        "today": "/", "sheet": f"/followups/{owed}/outcome/", "person": f"/people/{ann.pk}/",
        "not now": f"/followups/{owed}/outcome/?mode=not_now", "people": "/people/",
        "asked": "/people/?name=action+shots", "known": f"/known/{ann.details.first().pk}/",
        "nobody": "/people/?name=Nobody", "capture": "/capture/", "health": "/health/",
        "why": f"/followups/{owed}/why/", "details": f"/people/{ann.pk}/details/",
        "members": "/members/", "forget": f"/people/{ann.pk}/oblivion/", "import": "/import/",
    }  # fmt: skip


def faults(page: Any) -> list[str]:
    # Unfolded, so that what is folded away is looked at too.
    folded = page.locator("main details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@ON_A_WHOLE_PHONE
def test_nobody_is_shut_out(look, shop, size, theme):
    cookies, ann = shop
    page = look(size, color_scheme=theme)
    page.context.add_cookies(cookies)
    found = []
    for there in pages(ann).values():
        page.goto(there)
        found += faults(page)
    page.goto("/")
    page.keyboard.press("d")
    opened(page)
    found += faults(page)

    assert found == []
    assert page.said == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nor_from_an_empty_day(look, theme):
    page = look(PHONE, color_scheme=theme)
    sign_up(page)
    found = []
    for there in ("/", "/people/", "/health/", "/capture/"):
        page.goto(there)
        found += faults(page)

    assert found == []


def test_nothing_scrolls_sideways_and_thumbs_can_hit_it(look, shop):
    cookies, ann = shop
    wide, small = [], []
    narrow, phone = look({"width": 320, "height": 700}), look(PHONE)
    for page in (narrow, phone):
        page.context.add_cookies(cookies)
    for name, there in pages(ann).items():
        narrow.goto(there)
        wide += [name] if narrow.evaluate(SIDEWAYS) else []
        phone.goto(there)
        small += [f"{name}: {one}" for one in phone.evaluate(TOO_SMALL)]

    assert (wide, small) == ([], [])
