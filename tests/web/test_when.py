"""The date reader behind the fields: a sentence back, in the member's own calendar."""

import pytest

from followthrough.ledger import clock
from tests.ledger.scene import MONDAY
from tests.web.desk import text_of


def asked(client, when, **more):
    with clock.at(MONDAY):
        return client.get("/when/", {"when": when} | more)


def test_a_day_is_said_back_in_full(bobs):
    page = asked(bobs, "call thursday 10am")

    assert "Call them on Thursday, 5 March 2026 at 10:00" in text_of(page)
    assert 'data-kind="understood"' in page.content.decode()


def test_resting_says_when_they_come_back(bobs):
    assert "Back on your list" in text_of(asked(bobs, "in 2 weeks", mode="not_now"))


def test_it_is_the_members_own_clock(bob, bobs):
    bob.zone = "Asia/Tokyo"
    bob.save()

    page = asked(bobs, "tomorrow 9:00")

    assert "Tuesday, 3 March 2026 at 09:00" in text_of(page)


@pytest.mark.parametrize(
    ("when", "kind"),
    [("", "empty"), ("yesterday", "past"), ("blue cheese", "unclear"), ("3/4", "ambiguous")],
)
def test_what_is_not_understood_says_what_to_do(bobs, when, kind):
    page = asked(bobs, when)

    assert page.status_code == 200
    assert len(text_of(page)) > 10
    assert 'data-kind="understood"' not in page.content.decode()


def test_a_choice_fills_in_what_can_be_read_again(bobs):
    page = asked(bobs, "5/6")

    for choice in page.context["reading"]["choices"]:
        assert 'data-kind="understood"' in asked(bobs, choice["text"]).content.decode()


@pytest.mark.parametrize(
    "when",
    ["\0", "9" * 10_000, "in 999999999999 years", "31.12.9999", "<script>", "🎈", "\u202e", "-1",
     "tomorrow 99:99", "in -3 days", "0000-00-00", "2026-02-30", "call " * 3000],
)  # fmt: skip
def test_nothing_breaks_it(bobs, when):
    page = asked(bobs, when)

    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
