"""The page of an offer in a real browser: it says itself that it was seen, and only then."""

from datetime import UTC, date, datetime

import pytest

from followthrough.ledger import clock, offers
from followthrough.ledger.models import Link
from tests.ledger.scene import party_named

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 6, 9, 10, tzinfo=UTC)
SOMEBODY = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_seen_by_one_and_passed_on_to_another(chromium, live_server, workspace, mia, bob):
    ann = party_named("Ann", workspace, owner=bob)
    terms = offers.Terms(title="Your awning", last=date(2026, 6, 14), private=True)
    offers.make(ann, terms, by=bob, source="offer", at=NOW)
    link = Link.objects.get()
    with clock.at(NOW):
        first, said = shown(chromium, live_server, link)
        assert "Your awning" in first.inner_text("main")
        with first.expect_navigation():
            first.get_by_role("button", name="Yes, I take it").click()
        assert "Your yes is here. Bob will be in touch with you." in first.inner_text("main")
        second, _ = shown(chromium, live_server, link, seen=False)
        assert "This was made for one person" in second.inner_text("main")

    link.refresh_from_db()
    assert link.browser
    assert said == []
    for page in (first, second):
        page.context.close()


def shown(chromium, live_server, link, *, seen=True):
    """A browser of its own, and what it had to complain of."""
    context = chromium.new_context(
        base_url=live_server.url, locale="en-GB", user_agent=SOMEBODY, service_workers="block"
    )
    page, said = context.new_page(), []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    if seen:
        with page.expect_response(lambda answer: answer.url.endswith("/seen/")) as told:
            page.goto(f"/o/{link.token}/")
        assert told.value.status == 204
    else:
        page.goto(f"/o/{link.token}/")
    return page, said
