"""Words chosen over a half-written mail: nothing is lost, and what was chosen stands there."""

import re

import pytest
from playwright.sync_api import expect

from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp
from tests.cast import client_of
from tests.sign_shop import NOW, SignShop
from tests.worker.sending_scene import mailbox_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Nowhere:
    port = 25


def test_words_are_changed_over_a_half_written_mail(browser, live_server):
    with clock.at(NOW):
        shop = SignShop()
        mailbox_at(Nowhere, shop.bob)
        owed = FollowUp.objects.get(rule="answer_them", party=shop.ann, settled_at=None)
        cookie = client_of(shop.bob).cookies["sessionid"]
        browser.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )
        browser.goto(f"/followups/{owed.pk}/mail/")
        text = browser.locator("#id_text")
        text.fill("This is the third time I am writing to you.")
        browser.wait_for_selector("#kinder .note:has-text('how often they were written to')")

        browser.click("text=Another tone, or other words")
        words = browser.locator("#sheet #words-text")
        assert words.input_value() == "This is the third time I am writing to you."
        browser.click("#sheet button:has-text('Warm')")
        browser.wait_for_selector("#sheet summary:has-text('What you had written')")
        browser.click("#sheet button:has-text('Use these words')")
        browser.wait_for_url("**/mail/?fresh=yes")

        expect(text).to_have_value(re.compile(r"^Hello Ann,\n\ngood to hear from you"))
