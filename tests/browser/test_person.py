"""A person's page in a real browser: for everybody, by keys, and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from followthrough.core.facts import Acquainted, Learned, OptedOut, TheyWrote, WeCalled
from followthrough.ledger.models import Address, Detail, Member, Party, Workspace
from tests.browser.test_tour import (
    DESK,
    ON_A_PHONE,
    PHONE,
    RULES,
    SIDEWAYS,
    TOO_SMALL,
    _a_monday,
    look,
    settle,
)
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.web.desk import enquired, hear, kinds
from tests.web.test_members_in_the_browser import sign_up

__all__ = ["_a_monday", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 700}  # a small phone, or a large one at twice the size


def ann_with_a_story() -> Party:
    ann = party_named("Ann Archer", Workspace.objects.get(), Member.objects.get())
    Party.objects.filter(pk=ann.pk).update(about="Passive investor.", company="Archer’s Bakery")
    enquired(ann, MONDAY - 40 * DAY, said="We open in spring. What would a banner cost?")
    hear(ann, WeCalled(at=MONDAY - 39 * DAY, matter="roof", given="A tip"))
    hear(ann, Acquainted(at=MONDAY - 9 * DAY, how="met"), Learned(at=MONDAY - 8 * DAY))
    hear(ann, OptedOut(at=MONDAY - 2 * DAY, channels=("sms",)), words=[("", "No texts, please.")])
    hear(ann, TheyWrote(at=MONDAY - DAY, matter="roof"), words=[("", "Are you still there?")])
    Detail.objects.create(workspace=ann.workspace, party=ann, kind="goal", text="A second shop",
                          said_at=MONDAY)  # fmt: skip
    Address.objects.create(workspace=ann.workspace, party=ann, kind="email", value="old@x.example",
                           canonical="old@x.example", dead_by="hand")  # fmt: skip
    return ann


@ON_A_PHONE
def test_nobody_is_shut_out_and_nothing_overflows(look, size, theme):
    page = look(size, color_scheme=theme)
    sign_up(page)
    own = f"/people/{ann_with_a_story().pk}/"

    for there in (own, f"{own}?show=calls", f"{own}company/", f"{own}meeting/", f"{own}details/"):
        page.goto(there)
        page.evaluate("document.querySelectorAll('details').forEach((it) => it.open = true)")
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], there
        assert not page.evaluate(SIDEWAYS), there
        if size is PHONE:
            assert page.evaluate(TOO_SMALL) == [], there
            page.set_viewport_size(NARROW)
            assert not page.evaluate(SIDEWAYS), there
            page.set_viewport_size(PHONE)
    assert page.said == []


def test_a_note_a_promise_and_a_meeting_by_keys_alone(look):
    page = look(DESK)
    sign_up(page)
    ann = ann_with_a_story()
    page.goto(f"/people/{ann.pk}/")

    page.keyboard.press("n")
    page.keyboard.type("She likes red.")
    page.keyboard.press("Control+Enter")
    settle(page, f"**/people/{ann.pk}/")
    assert kinds(ann)[-1] == "Noted"

    page.keyboard.press("p")
    expect(page.locator("#promise-text")).to_be_focused()
    page.keyboard.type("A proof")
    page.keyboard.press("Tab")
    page.keyboard.type("thursday 9:00")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The promise stands in the books.").first).to_be_visible()
    assert kinds(ann)[-1] == "WePromised"

    page.keyboard.press("m")
    settle(page, f"**/people/{ann.pk}/meeting/")
    assert page.said == []


def test_a_line_of_the_timeline_is_pointed_at_from_elsewhere(look):
    page = look(DESK)
    sign_up(page)
    ann = ann_with_a_story()
    first = ann.facts.get(kind="TheyEnquired")

    page.goto(f"/people/{ann.pk}/#fact-{first.pk}")

    expect(page.locator(f"#fact-{first.pk}")).to_be_in_viewport()


def test_without_script_all_of_it_is_said_and_kept(look):
    page = look(PHONE, java_script_enabled=False)
    sign_up(page)
    ann = ann_with_a_story()
    page.goto(f"/people/{ann.pk}/")

    page.get_by_text("What have you learned?").click()
    page.get_by_role("button", name="It is so").click()
    page.get_by_role("link", name="We met").click()
    page.get_by_label("What they want to reach").fill("A third shop")
    page.get_by_role("button", name="Keep").click()

    expect(page.get_by_text("A third shop").first).to_be_visible()
    assert kinds(ann)[-2:] == ["Learned", "Met"]
