"""The lists in a real browser: read, ticked, moved and brought back, by keys, thumb and mouse."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from followthrough.core.facts import Opened, Planned, QuoteSent, WePromised
from followthrough.ledger.models import Member, Workspace
from tests.browser.test_tour import (
    DESK,
    ON_A_PHONE,
    RULES,
    SIDEWAYS,
    TOO_SMALL,
    _a_monday,
    look,
)
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.web.desk import hear, owed_to
from tests.web.test_members_in_the_browser import sign_up

__all__ = ["_a_monday", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("/people/", "/people/?standing=quiet", "/waiting/", "/week/?day=2026-03-05")
TICKED = "[...document.querySelectorAll('.pick .tick:checked')].length"


def filled(page):
    """A dozen calls on Thursday, quotes that are out, and a promise."""
    sign_up(page)
    workspace, me = Workspace.objects.get(), Member.objects.get()
    people = [party_named(f"Ann{n:02}", workspace, me) for n in range(12)]
    for party in people:
        due = MONDAY + 3 * DAY
        hear(party, Opened(at=MONDAY, matter="m", value=90_000),
             Planned(at=MONDAY, matter="m", due=due))  # fmt: skip
    ben = party_named("Ben", workspace, me)
    hear(ben, QuoteSent(at=MONDAY, matter="m", amount=90_000))
    cleo = party_named("Cleo", workspace, me)
    hear(cleo, WePromised(at=MONDAY, matter="m", due=MONDAY + 3 * DAY + timedelta(hours=4)))
    return people


@ON_A_PHONE
def test_the_lists_pass_axe_and_fit_the_thumb(look, size, theme):
    page = look(size, color_scheme=theme)
    filled(page)

    for there in PAGES:
        page.goto(there)
        for tick in page.locator(".pick").all()[:2]:
            tick.click()
        found = Axe().run(page, options={"runOnly": RULES})
        assert [
            (one["id"], one["nodes"][0]["html"][:90]) for one in found.response["violations"]
        ] == []
        assert not page.evaluate(SIDEWAYS), there
        assert size == DESK or page.evaluate(TOO_SMALL) == [], there
    page.set_viewport_size({"width": 320, "height": 700})
    for there in PAGES:
        page.goto(there)
        assert not page.evaluate(SIDEWAYS), there
    assert page.said == []


def test_by_keys_some_move_to_friday_and_back(look):
    page = look(DESK)
    people = filled(page)
    page.goto("/week/?day=2026-03-05")

    for _ in range(3):
        page.keyboard.press("j")
        page.keyboard.press("x")
    assert page.evaluate(TICKED) == 3
    page.select_option("#to", "2026-03-06")
    page.focus("#to")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=moved to Fri 6 Mar.")

    page.keyboard.press("z")
    page.wait_for_selector("text=Taken back.")
    assert {owed_to(party)[0].due.day for party in people} == {5}


def test_a_line_is_dragged_onto_a_day(look):
    page = look(DESK)
    people = filled(page)
    page.goto("/week/?day=2026-03-05")

    page.locator("li[draggable]", has_text="Ann03").drag_to(page.locator("[data-day='2026-03-06']"))
    page.wait_for_selector("text=moved to Fri 6 Mar.")

    assert owed_to(people[3])[0].due.day == 6


def test_without_script_a_view_is_found_and_several_get_a_next_step(look):
    page = look(DESK)
    people = filled(page)
    state = page.context.storage_state()
    plain = look(DESK, java_script_enabled=False, storage_state=state)

    plain.goto("/people/")
    plain.select_option("#order", "value")
    plain.locator("form.finder button").click()
    for tick in plain.locator(".pick").all()[:2]:
        tick.click()
    plain.locator("#together-when").fill("call friday 10:00")
    plain.locator("button[value=next]").click()

    assert plain.locator("text=A next step for 2 people").count() == 1
    assert sum(owed_to(party)[0].due.day == 6 for party in people) == 2
