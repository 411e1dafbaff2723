"""The first day: a mailbox goes in, who is waiting comes out, and a yes puts them on Today."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from followthrough.ledger import clock
from followthrough.ledger.models import Intake, Proposal
from followthrough.worker.importing.job import Importer
from tests.browser.test_import import desk
from tests.browser.test_tour import PHONE, RULES, SIDEWAYS, TOO_SMALL
from tests.ledger.scene import MONDAY
from tests.worker.bringing_in import letter, mbox

__all__ = ["desk"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OURS = "bob@banners.example"
ANN, PAT = "Ann Archer <ann@customer.test>", "Pat <pat@printer.test>"
MAILS = mbox(
    letter(ANN, OURS, "I saw your van. Can you make us two banners?", number=1),
    letter(PAT, OURS, "We had no answer twice already. This is not acceptable!", number=2),
    letter("Deals <win@deals.test>", OURS, "Act now! Absolutely free offer!!", number=3),
)


@pytest.fixture(autouse=True)
def _a_monday(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.at(MONDAY):
        yield


def work():
    """The worker's turn, to the end of what it may do now."""
    importer = Importer()
    for intake in Intake.objects.all():
        for _ in range(50):
            importer.slice_of(intake, at=MONDAY)
            intake.refresh_from_db()
            if intake.finished_at or (intake.preview and not intake.told):
                break


def bring(page):
    page.goto("/welcome/")
    page.set_input_files(
        "section[aria-labelledby=door-mail] [type=file]",
        {"name": "all.mbox", "mimeType": "application/mbox", "buffer": MAILS},
    )
    press(page, "Read it")
    work()
    page.reload()
    press(page, "Read 3 mails")
    work()


def press(page, name):
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE])
def test_from_a_mailbox_to_today(desk, size):
    page = desk(viewport=size)
    bring(page)
    page.goto("/found/")

    assert page.locator("h1").inner_text() == "2 people are waiting on you"
    page.get_by_role("checkbox", name="Follow up with Pat").uncheck()
    page.get_by_role("button", name="Put 1 on my list").click()

    assert page.get_by_text("1 line put on your list, 1 left out.").is_visible()
    page.goto("/")
    assert page.get_by_text("Ann Archer").first.is_visible()
    assert page.said == []


def test_one_press_leaves_one_line_out_and_undo_brings_it_back(desk):
    page = desk()
    bring(page)
    page.goto("/found/")

    page.get_by_role("button", name="Leave it out: Ann Archer").click()
    page.locator(".decided", has_text="left out").wait_for()
    page.get_by_role("button", name="Undo").click()

    page.get_by_role("heading", name="2 people are waiting on you").wait_for()
    assert Proposal.objects.filter(state="open").count() == 3


def test_without_script_it_works_too(desk):
    page = desk(java_script_enabled=False)
    bring(page)
    page.goto("/found/")

    page.get_by_role("link", name="Can you make us two banners?").click()
    page.get_by_role("button", name="Put it on my list").click()

    assert page.get_by_text("1 line put on your list.").is_visible()


def test_its_pages_are_for_everybody(desk):
    page = desk(color_scheme="dark", viewport=PHONE, has_touch=True)
    bring(page)
    for address in ("/welcome/", "/found/", f"/found/{Proposal.objects.first().pk}/",
                    "/found/learned/"):  # fmt: skip
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true })")
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(one["id"], one["nodes"][0]["target"]) for one in found] == [], address
        assert not page.evaluate(SIDEWAYS), address
        assert page.evaluate(TOO_SMALL) == [], address
