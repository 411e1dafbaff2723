"""A visitor in a real browser: without script, without a cookie, and in a frame of another site."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from followthrough.ledger import clock
from followthrough.ledger.models import Party
from tests.cast import client_of
from tests.ledger.scene import MONDAY
from tests.web.desk import text_of
from tests.web.knocking import connected

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def visitor(chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="en-GB"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def form(mia, bob):
    return connected("form", bob, title="Ask us", thanks="Bob rings you.")


def written(page):
    page.get_by_label("Your name").fill("Ann Archer")
    page.get_by_label("Your mail address").fill("ann@archer.example")
    page.get_by_label("What can we do for you?").fill("What would a sign cost?")
    with clock.at(MONDAY + A_MINUTE):
        page.get_by_role("button", name="Send").click()
        page.get_by_text("Bob rings you.").wait_for()


def test_what_a_visitor_writes_stands_on_bobs_list(visitor, form, bob):
    with clock.at(MONDAY):
        visitor.goto(f"/f/{form.key}/")
        written(visitor)

    assert visitor.context.cookies() == []
    with clock.at(MONDAY + A_MINUTE):
        assert "They enquired and have not heard a word from us" in text_of(client_of(bob).get("/"))


@pytest.fixture
def bakery():
    """Another site: whatever is pasted into its one page."""
    page = {}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page["html"].encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    page["url"] = f"http://127.0.0.1:{server.server_port}/"
    yield page
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("way", ["frame", "snippet"])
def test_it_works_inside_another_site(visitor, live_server, mias, form, bakery, way):
    with clock.at(MONDAY):
        pasted = mias.get(f"/settings/connections/{form.pk}/").context[way]
        bakery["html"] = pasted.replace("http://testserver", live_server.url)
        visitor.goto(bakery["url"])
        written(visitor.frame_locator("iframe") if way == "frame" else visitor)

    assert Party.objects.get().name == "Ann Archer"
