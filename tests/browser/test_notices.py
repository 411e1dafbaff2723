"""What is pushed stands on the device; and a browser that can show nothing says what to do."""

import json

import pytest
from django.urls import reverse

from tests.cast import client_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = {"title": "Ann", "body": "You promised to call", "tag": "duty-1", "data": "/"}
SHOWN = """navigator.serviceWorker.ready.then((it) => it.getNotifications())
  .then((all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, data })))"""


def test_what_is_pushed_is_shown_with_no_page_asking_for_it(browser, live_server, bob, mia):
    session = client_of(bob).cookies["sessionid"].value
    context = browser.context
    context.grant_permissions(["notifications"], origin=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    browser.goto("/")
    browser.evaluate("navigator.serviceWorker.ready.then(() => 1)")

    push(context.new_cdp_session(browser), live_server.url, browser)
    browser.wait_for_function(f"{SHOWN}.then((all) => all.length)")

    assert browser.evaluate(SHOWN) == [NOTE]
    # This browser knows no push service: the press is answered with what can be done.
    browser.goto(reverse("profile"))
    browser.get_by_role("button", name="Show reminders on this device").click()
    browser.get_by_text("This browser cannot show reminders.").wait_for()


def push(devtools, origin, page):
    """As a push service does it."""
    found = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(20)
    said = {"origin": origin, "registrationId": found[-1], "data": json.dumps(NOTE)}
    devtools.send("ServiceWorker.deliverPushMessage", said)
