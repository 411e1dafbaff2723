"""The gallery in a real browser: nobody is shut out, nothing overflows, thumbs can hit it."""

import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from followthrough.web import gallery

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.look_urls")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
PAGES = sorted(gallery.PAGES.keys() - {"sheet", "sheet-blocked", "parsed"})
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 960}

# A link inside a sentence, and a link that stretches over its whole row, are measured otherwise.
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((it) => it.checkVisibility() && !it.closest("p:not(.more)"))
  .filter((it) => !it.matches(".skip, .link"))
  .map((it) => (it.matches(".who a") && it.closest("li")) || it)
  .map((it) => (it.matches(".tick") && it.closest("label")) || it)
  .filter((it) => Math.min(it.offsetWidth, it.offsetHeight) < 44)
  .map((it) => it.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def address():
    class Silent(WSGIRequestHandler):
        def log_message(self, *args):
            """The test's own output is enough."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/gallery"
    server.shutdown()
    server.server_close()


@pytest.fixture
def looking_at(chromium, address):
    contexts = []

    def look(page, theme="light", size=DESK, **more):
        context = chromium.new_context(
            viewport=size,
            color_scheme=theme,
            reduced_motion="reduce",
            has_touch=size != DESK,
            **more,
        )
        contexts.append(context)
        tab = context.new_page()
        tab.goto(f"{address}/{page}/")
        return tab

    yield look
    for context in contexts:
        context.close()


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_shut_out_nothing_overflows_and_thumbs_can_hit_it(looking_at, page):
    tab, found = looking_at(page, size=PHONE), []
    small = tab.evaluate(TOO_SMALL)
    tab.evaluate(Axe().axe_script)
    for size, theme in ((PHONE, "dark"), (DESK, "light")):
        tab.set_viewport_size(size)
        tab.emulate_media(color_scheme=theme)
        looked = tab.evaluate("(only) => axe.run(document, only)", OPTIONS)["violations"]
        found += [(theme, size["width"], one["id"], one["nodes"][0]["html"]) for one in looked]
    tab.set_viewport_size({"width": 320, "height": 700})

    assert (found, small) == ([], [])
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keys_move_open_and_finish(looking_at):
    tab = looking_at("today")
    current = "document.querySelector('[data-row][aria-current=true]').id"

    tab.keyboard.press("j")
    assert tab.evaluate(current) == "followup-7"

    tab.keyboard.press("d")
    tab.wait_for_selector("#sheet[open]")
    tab.keyboard.press("3")
    assert tab.evaluate("document.querySelector('[name=outcome]:checked').value") == "no_answer"

    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector("#sheet-when-said")
    tab.wait_for_function("document.activeElement.id === 'sheet-when'")

    tab.keyboard.press("Escape")
    tab.wait_for_selector("#sheet[open]", state="detached")
    assert tab.evaluate("document.activeElement.textContent") == "Sam Osei"


def test_without_script_the_sheet_still_asks_what_is_next(looking_at):
    tab = looking_at("sheet-page", java_script_enabled=False)

    tab.locator("[name=mode][value=close]").check(force=True)

    assert tab.get_by_text("Chose someone else").is_visible()
    assert not tab.locator("#sheet-when").is_visible()
