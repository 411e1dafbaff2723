"""Without network: what was seen can be read, what is typed is kept, and goes out once."""

import pytest

from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Member, Workspace
from tests.browser.test_tour import DESK, PHONE, _a_monday, look, opened
from tests.cast import client_of, member_named
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, first_owed, kinds
from tests.web.test_members_in_the_browser import sign_up

__all__ = ["_a_monday", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = """async (name) => {
  for (const cache of await caches.keys())
    if (cache.startsWith("pages-") && await (await caches.open(cache)).match(name)) return true;
  return false;
}"""


@pytest.fixture
def at_hand(look):
    """Ann waits, and her sheet and page are kept in the browser."""
    page = look(PHONE)
    sign_up(page)
    ann = party_named("Ann Archer", Workspace.objects.get(), Member.objects.get())
    enquired(ann, said="A banner, please.")
    page.goto("/")
    wait_for(page, f"/people/{ann.pk}/")
    page.reload()
    return page, ann


def wait_for(page, name, there="true"):
    soon = "new Promise((go) => setTimeout(go, 50))"
    page.evaluate(f"async () => {{ while (await ({KEPT})({name!r}) !== {there}) await {soon}; }}")


def away(page):
    page.context.set_offline(True)
    page.goto("/")


def finish(page, note="She likes red.", when="call thursday 9:00"):
    page.locator("[data-row] [data-key=d]").first.click()
    opened(page)
    page.keyboard.press("1")
    page.fill("#sheet-note", note)
    page.fill("#sheet-when", when)
    page.locator("dialog [data-save]").click()
    page.wait_for_selector("dialog[open]", state="detached")


def test_today_and_its_people_can_be_read(at_hand):
    page, ann = at_hand

    away(page)
    assert "A banner, please." in page.inner_text("main")
    assert page.inner_text("#offline [data-said]") == "You are offline. You see what was here last."
    page.goto(f"/people/{ann.pk}/")
    assert page.inner_text("h1") == "Ann Archer"
    page.goto("/health/")
    assert page.inner_text("h1") == "You are offline"


def test_what_is_finished_there_is_kept_and_sent_once(at_hand):
    page, ann = at_hand

    away(page)
    finish(page)
    assert "1 thing is kept here and sent when you are back" in page.inner_text("#offline")
    assert "waiting for sync" in page.inner_text(".followup")
    assert kinds(ann) == ["TheyEnquired"]

    page.goto("/")
    assert "waiting for sync" in page.inner_text(".followup")
    page.context.set_offline(False)
    page.wait_for_selector("text=What was kept here is sent.")
    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]
    assert page.locator("#offline").is_hidden()


def test_a_day_is_read_as_of_when_it_was_typed_and_named_where_it_has_passed(at_hand):
    page, ann = at_hand
    page.clock.set_fixed_time(MONDAY)

    away(page)
    finish(page, when="call tomorrow 9:00")
    with clock.later(4 * DAY):
        page.context.set_offline(False)
        page.wait_for_selector("text=it meant Tuesday, 3 March 2026 at 09:00. That has passed")

    assert first_owed(ann).due == MONDAY + 23 * HOUR


def test_an_answer_that_was_lost_on_the_way_does_not_double_it(at_hand):
    page, ann = at_hand
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            return route.abort()
        return route.continue_()

    away(page)
    finish(page)
    page.context.route("**/outcome/", lose)
    with page.expect_event("requestfailed", lambda one: one.method == "POST"):
        page.context.set_offline(False)
    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]
    page.reload()
    page.wait_for_selector("#offline", state="hidden")

    assert len(lost) == 1
    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]


def test_taken_meanwhile_is_shown_with_the_words_and_can_stand_beside_it(at_hand):
    page, ann = at_hand
    away(page)
    finish(page, "She prefers green.")
    enquired_row = first_owed(ann)
    other = client_of(member_named("Bob", ann.workspace))
    told = {"token": "bobs", "outcome": "spoke", "mode": "next", "when": "call friday 9:00"}
    other.post(f"/followups/{enquired_row.pk}/outcome/", told)
    before = len(kinds(ann))

    page.context.set_offline(False)
    page.wait_for_selector("text=This could not be saved. Your words are still here.")
    assert "She prefers green." in page.inner_text("#offline")
    page.click("text=Look at it")
    page.wait_for_selector("text=Save once more")
    assert page.input_value("#sheet-note") == "She prefers green."
    page.click("[data-save]")
    page.wait_for_selector(".toast")

    assert len(kinds(ann)) == before + 2
    assert page.locator("#offline").is_hidden()


def test_a_session_that_ended_keeps_the_words_until_they_sign_in(at_hand):
    page, ann = at_hand
    mine = page.context.cookies()
    away(page)
    finish(page)
    page.context.clear_cookies(name="sessionid")
    page.context.set_offline(False)
    page.wait_for_selector("text=sign in again")
    assert kinds(ann) == ["TheyEnquired"]

    page.context.add_cookies(mine)
    page.goto("/")
    page.wait_for_selector("text=What was kept here is sent.")
    assert kinds(ann) == ["TheyEnquired", "WeCalled", "Planned"]


def test_nobody_else_sees_what_was_kept(at_hand):
    page, ann = at_hand
    zoe = member_named("Zoe", ann.workspace)
    away(page)
    finish(page)
    mine = page.context.cookies()
    theirs = client_of(zoe).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": theirs, "url": page.url}])
    page.context.set_offline(False)
    page.goto("/")
    wait_for(page, "/")
    assert page.locator("#offline").is_hidden()
    assert page.evaluate(f"({KEPT})('/people/{ann.pk}/')") is False
    assert kinds(ann) == ["TheyEnquired"]

    page.context.add_cookies(mine)
    page.goto("/")
    page.wait_for_selector("text=What was kept here is sent.")


def test_signing_out_leaves_nothing_to_read(at_hand):
    page, ann = at_hand
    page.goto("/health/")
    page.locator("[data-leave] button").first.evaluate("button => button.click()")
    page.wait_for_url("**/login/**")

    wait_for(page, "/", "false")
    assert page.evaluate(f"({KEPT})('/people/{ann.pk}/')") is False
    assert page.locator("[data-waits]").is_hidden()


def test_the_page_after_signing_out_says_that_something_waits_here(at_hand):
    page, _ann = at_hand
    away(page)
    finish(page)
    page.context.clear_cookies(name="sessionid")
    page.context.set_offline(False)
    page.goto("/account/login/")

    assert "waits in this browser" in page.inner_text("[data-waits]")


def test_half_typed_words_survive_a_reload(look):
    page = look(DESK)
    sign_up(page)
    ann = party_named("Ann Archer", Workspace.objects.get(), Member.objects.get())
    enquired(ann)
    page.goto("/")
    page.keyboard.press("d")
    opened(page)
    page.locator("dialog #sheet-note").press_sequentially("She likes")

    page.reload()
    page.keyboard.press("d")
    opened(page)
    assert page.input_value("dialog #sheet-note") == "She likes"
    page.click("dialog a:has-text('Cancel')")
    page.keyboard.press("d")
    opened(page)
    assert page.input_value("dialog #sheet-note") == ""
    assert FollowUp.objects.filter(settled_at=None).exists()
