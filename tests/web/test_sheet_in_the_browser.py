"""The finish sheet in a real browser, under the content security policy."""

import pytest

from tests.cast import client_of
from tests.web.desk import enquired

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_sheet_that_is_shown_again_writes_no_inline_style(ann, bob, browser, live_server):
    """A note that was drawn larger has a style of its own; htmx must not carry it over."""
    enquired(ann)
    session = client_of(bob).cookies["sessionid"].value
    complaints = []
    browser.on("console", lambda message: complaints.append(message.text))
    browser.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    browser.goto("/")

    browser.locator("[data-row] [data-key=d]").first.click()
    browser.wait_for_selector("#sheet[open]")
    browser.evaluate("document.querySelector('#sheet-note').style.height = '9em'")
    browser.locator("#sheet [data-save]").click()
    browser.wait_for_selector("#sheet .problem")
    browser.wait_for_timeout(200)

    assert complaints == []
