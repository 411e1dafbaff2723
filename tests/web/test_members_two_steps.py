"""Authenticator, recovery codes and passkeys: the second key to the door."""

import re
from typing import Any

import pytest
from django.test import Client

from followthrough.ledger.models import Member
from tests.cast import PASSWORD


@pytest.fixture
def mias(mia: Member) -> Client:
    """Mia, who just gave her password again, as changing the keys of the door demands."""
    client = Client()
    client.post("/account/login/", {"login": mia.user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/account/2fa/", "Authenticator"),
        ("/account/2fa/totp/activate/", "data:image/svg"),
        ("/account/2fa/webauthn/add/", "mfa/js/webauthn.js"),
        ("/account/2fa/webauthn/", "key"),
    ],
)
def test_each_page_of_the_second_step_opens(mias: Client, page: str, words: str):
    answer = mias.get(page)

    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_the_door_offers_a_passkey(client: Client, mia: Member):
    page = client.get("/account/login/").content.decode()

    assert "Sign in with a passkey" in page
    assert "mfa/js/webauthn.js" in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_and_opens_the_door(browser: Any, mia: Member, live_server):
    with_a_virtual_key(browser)
    home = live_server.url  # passkeys need a name, and this one begins with localhost
    browser.goto(f"{home}/account/login/")
    browser.fill("[name=login]", mia.user.email)
    browser.fill("[name=password]", PASSWORD)
    browser.click("button.primary")
    browser.goto(f"{home}/account/2fa/webauthn/add/")
    browser.fill("[name=password]", PASSWORD)
    browser.click("button[type=submit]")
    browser.fill("[name=name]", "Desk")
    if browser.locator("[name=passwordless]").count():
        browser.check("[name=passwordless]")
    browser.click("#mfa_webauthn_add")
    browser.wait_for_url(re.compile("recovery|webauthn/$"))
    browser.context.clear_cookies()

    browser.goto(f"{home}/account/login/")
    browser.click("#passkey_login")
    browser.wait_for_url(f"{home}/")

    assert "Nobody is waiting on you" in browser.content()


def with_a_virtual_key(page: Any) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
