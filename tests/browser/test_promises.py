"""The pages of words given in a real browser: by key alone, without script, open to everybody."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from followthrough.core.facts import Opened, PromiseKept, WePromised
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp
from followthrough.ledger.names import fact_name
from followthrough.ledger.record import record
from tests.browser.test_tour import DESK, ON_A_PHONE, PHONE, RULES, SIDEWAYS, TOO_SMALL
from tests.cast import client_of
from tests.ledger.scene import DAY, MONDAY, party_named

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def words(workspace, bob):
    ann = party_named("Ann", workspace, bob)
    for n in range(8):
        due = MONDAY + (n - 6) * DAY + timedelta(hours=2)
        common = {"matter": f"m{n}", "by": str(bob.pk)}
        opened = Opened(at=due - 9 * DAY, kind="promise", owner=str(bob.pk), **common)
        word = WePromised(at=due - 9 * DAY, due=due, **common)
        record(
            ann, opened, word, source=f"w{n}", at=due - 9 * DAY,
            words=[("", ""), ("", f"The proof {n}")],
        )  # fmt: skip
        if n < 5:
            kept = PromiseKept(at=due, promise=fact_name(f"w{n}", "WePromised"), **common)
            record(ann, kept, source=f"k{n}", at=due)


@pytest.fixture
def bobs_page(chromium, live_server, bob):
    contexts = []

    def opened(**more):
        context = chromium.new_context(base_url=live_server.url, locale="en-GB", **more)
        contexts.append(context)
        value = client_of(bob).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        return context.new_page()

    with clock.at(MONDAY):
        yield opened
    for context in contexts:
        context.close()


@ON_A_PHONE
def test_the_pages_pass_axe_and_fit(words, bobs_page, theme, size):
    page = bobs_page(viewport=size, color_scheme=theme, has_touch=size == PHONE)
    later = f"/promises/{FollowUp.objects.filter(rule='keep_promises').last().pk}/later/"
    for there in ("/promises/", "/promises/kept/", later):
        page.goto(there)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert [one["id"] for one in found.response["violations"]] == [], there
        if size == PHONE:
            small = [it for it in page.evaluate(TOO_SMALL) if '<a href="/people/' not in it]
            assert small == [], there
            page.set_viewport_size({"width": 320, "height": 700})
            assert not page.evaluate(SIDEWAYS), there
            page.set_viewport_size(PHONE)


def test_a_private_word_is_given_and_kept_by_keys_alone(workspace, bobs_page):
    page = bobs_page(viewport=DESK)
    page.goto("/promises/")
    page.get_by_label("A customer").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Dance recital")
    page.keyboard.press("Tab")
    page.keyboard.type("thu 18:00")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Private: only you see this")

    page.keyboard.press("j")
    page.keyboard.press("d")
    page.wait_for_selector("text=Nothing is promised here.")
    page.keyboard.press("z")
    page.wait_for_selector("text=Taken back.")
    assert FollowUp.objects.filter(rule="keep_promises", settled_at=None).count() == 1


def test_p_leads_to_the_words(workspace, bobs_page):
    page = bobs_page(viewport=DESK)
    page.goto("/promises/")
    page.keyboard.press("p")
    page.keyboard.type("The proof")
    assert page.get_by_label("What?").input_value() == "The proof"


def test_without_script_it_is_kept_all_the_same(words, bobs_page):
    page = bobs_page(viewport=DESK, java_script_enabled=False)
    page.goto("/promises/")
    page.locator("li", has_text="The proof 7").locator("button[value=kept]").click()
    assert page.get_by_text("The proof 7").count() == 0
