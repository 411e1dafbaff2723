"""S97: They owe us a call: who, since when, and by which other way we try next."""

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, first_owed, hear, numbers, owed_to, text_of, undo_of

from followthrough.core.facts import (
    CardPosted,
    Opened,
    QuoteSent,
    TheyPromised,
    TheyWrote,
    WeCalled,
    WeWrote,
)
from followthrough.ledger import clock

LATER = MONDAY + 9 * DAY


def look(client, at=LATER, **asked):
    with clock.at(at):
        return client.get(reverse("waiting"), asked)


def lines(page):
    return [row for group in page.context["groups"] for row in group["rows"]]


def names(page):
    return [row["who"] for row in lines(page)]


def unanswered(party, times, since=MONDAY):
    calls = [
        WeCalled(at=since + n * 2 * DAY, matter="roof", outcome="no_answer") for n in range(times)
    ]
    hear(party, *calls)


def test_s97_three_calls_without_an_answer_go_on_by_text_and_then_by_card(ann, bobs):
    unanswered(ann, 2)
    assert lines(look(bobs, kind="call"))[0]["how"] == "Call"

    hear(ann, WeCalled(at=MONDAY + 5 * DAY, matter="roof", outcome="no_answer"))
    [row] = lines(look(bobs, kind="call"))
    assert (row["who"], row["how"], row["wait"]) == ("Ann", "Text", "4 days")
    assert row["why"] == "3 unanswered calls: try a text, then a card"
    assert row["next"].startswith("We text")

    hear(ann, WeWrote(at=MONDAY + 8 * DAY, matter="roof", channel="sms"))
    [row] = lines(look(bobs, at=MONDAY + 8 * DAY + HOUR, kind="call"))
    assert row["how"] == "Card"

    hear(ann, CardPosted(at=MONDAY + 8 * DAY + HOUR, matter="roof"))
    assert names(look(bobs, kind="call")) == ["Ann"]


def test_s97_their_call_takes_them_off_the_list(ann, bobs):
    unanswered(ann, 3)

    hear(ann, TheyWrote(at=MONDAY + 6 * DAY, matter="roof"))

    assert names(look(bobs)) == []


@pytest.fixture
def five(workspace, ann, pat, bob):
    """A quote that is out, a word of theirs, a supplier's, a call, and one who waits for us."""
    hear(ann, Opened(at=MONDAY, matter="roof", value=90_000))
    hear(ann, QuoteSent(at=MONDAY, matter="roof", amount=90_000))
    for name, kind in (("Max", "enquiry"), ("Vinyl", "supply")):
        party = party_named(name, workspace, bob)
        hear(party, Opened(at=MONDAY, matter="m", kind=kind))
        hear(party, TheyPromised(at=MONDAY, matter="m", due=MONDAY + 6 * DAY))
    unanswered(party_named("Nina", workspace, bob), 1)
    enquired(party_named("Zoe", workspace, bob))


def test_s97_all_that_they_owe_us_stands_there_and_nothing_that_we_owe(five, bobs):
    page = look(bobs, at=MONDAY + HOUR)

    assert sorted(names(page)) == ["Ann", "Max", "Nina", "Vinyl"]
    assert {row["who"]: row["chip"] for row in lines(page)} == {
        "Ann": "Quote", "Max": "Their word", "Vinyl": "Order", "Nina": "They owe us a call",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "who"),
    [("quote", ["Ann"]), ("word", ["Max", "Vinyl"]), ("call", ["Nina"]), ("supply", ["Vinyl"]),
     ("talk", []), ("nonsense", ["Ann", "Max", "Nina", "Vinyl"])],
)  # fmt: skip
def test_s97_each_kind_by_itself(five, bobs, kind, who):
    assert sorted(names(look(bobs, at=MONDAY + HOUR, kind=kind))) == who


def test_s97_they_are_grouped_by_when_we_ask(five, bobs):
    page = look(bobs, at=MONDAY + 2 * DAY + HOUR)

    groups = {str(group["name"]): [row["who"] for row in group["rows"]]
              for group in page.context["groups"]}  # fmt: skip
    assert sorted(groups["Today we ask"]) == ["Ann", "Nina"]
    assert sorted(groups["This week"]) == ["Max", "Vinyl"]
    assert "We write Fri 6 Mar if it stays quiet" in text_of(page)


def test_s97_a_step_is_brought_to_today_and_put_back(five, ann, bobs):
    row = next(one for one in lines(look(bobs, at=MONDAY + HOUR)) if one["who"] == "Ann")
    before = first_owed(ann).show_at

    with clock.at(MONDAY + HOUR):
        page = bobs.post(row["sooner_url"], {"token": f"t{next(numbers)}"}, follow=True)
    assert first_owed(ann).show_at == MONDAY + HOUR
    assert "Ann is on today’s list." in text_of(page)

    with clock.at(MONDAY + 2 * HOUR):
        bobs.post(undo_of(page))
    assert first_owed(ann).show_at == before


def test_s97_everybody_is_seen_once_page_by_page_and_back(workspace, mia, bob, bobs, monkeypatch):
    monkeypatch.setattr("followthrough.web.waiting.views.PAGE", 3)
    for n in range(8):
        unanswered(party_named(f"Ann{n}", workspace, bob), 1, since=MONDAY + n // 2 * HOUR)
    seen, asked = [], {}
    while asked is not None:
        page = look(bobs, **asked)
        seen += names(page)
        asked = place(page.context["next"])

    assert seen == [f"Ann{n}" for n in range(8)]
    assert names(look(bobs, **place(page.context["previous"]))) == ["Ann3", "Ann4", "Ann5"]


def place(address):
    from urllib.parse import parse_qsl  # noqa: PLC0415 - beside its only use

    return dict(parse_qsl(address)) or None


def test_s97_the_rail_counts_them_and_a_stranger_sees_none(five, sid, bobs):
    assert look(bobs).context["rail"]["counts"]["waiting"] == 4
    assert names(look(client_of(sid))) == []


def test_s97_the_list_asks_few_questions(workspace, mia, bob, bobs, django_assert_max_num_queries):
    for n in range(30):
        unanswered(party_named(f"Ann{n}", workspace, bob), 1)

    with django_assert_max_num_queries(10):
        assert len(names(look(bobs))) == 30


@pytest.mark.parametrize("after", ["", "~", "x~1", "2026-03-02~1", "9999-12-31T00:00:00+00:00~1"])
def test_s97_an_absurd_place_begins_somewhere(five, bobs, after):
    assert look(bobs, after=after).status_code == 200


def test_s97_what_is_settled_is_said_to_be(ann, bobs):
    unanswered(ann, 1)
    row = owed_to(ann)[0]
    hear(ann, TheyWrote(at=MONDAY + DAY, matter="roof"))

    with clock.at(LATER):
        page = bobs.post(reverse("sooner", args=[row.pk]), follow=True)

    assert "That has been done meanwhile." in text_of(page)
