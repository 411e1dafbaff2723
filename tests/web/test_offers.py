"""The screens of an offer: what is asked for, what is refused, and who may see what."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from followthrough.core.facts import Opened, TheyEnquired
from followthrough.ledger import clock
from followthrough.ledger.merge import merge
from followthrough.ledger.models import Fact, Matter, Offer
from tests.cast import client_of
from tests.ledger.scene import party_named
from tests.stories.offered import SUNDAY, TUESDAY, WHAT, address_of, browser, june, made, opened
from tests.web.desk import first_owed, hear, quiet, text_of

GOOD = {"token": "t", "title": WHAT, "last": SUNDAY.isoformat()}


def make(client, party, at=TUESDAY, **given):
    with clock.at(at):
        return client.post(reverse("offer_new", args=[party.pk]), GOOD | given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": " "}, "Say what it is: they read this first."),
        ({"last": ""}, "Choose the last day."),
        ({"last": "soon"}, "Choose a day, such as 2026-12-06."),
        ({"last": "2026-06-08"}, "That day is over."),
        ({"last": "2031-01-01"}, "That is more than a year ahead"),
        ({"more": "javascript:alert(1)"}, "Write a link such as https://example.com/page"),
        ({"title": "x" * 201}, "200"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(given, said, ann, bobs):
    page = make(bobs, ann, **({"terms": "£ 900, with the lamp"} | given))

    assert page.status_code == 422
    assert said in text_of(page)
    assert "£ 900, with the lamp" in page.content.decode()
    assert not Offer.objects.exists()


def test_a_yes_from_what_looks_like_a_program_is_asked_for_in_words(ann, bob):
    offer = made(bob, ann)
    inside = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Mobile/15E148 [LinkedInApp]/9.31")

    with clock.at(TUESDAY):
        page = inside.post(address_of(offer), {"say": "yes"})
        inside.post(address_of(offer), {"say": "ask", "message": "I would like to take it."})

    assert "Please send us these words instead" in text_of(page)
    assert "I would like to take it." in page.content.decode()
    assert not Fact.objects.filter(kind="TheyTookIt").exists()
    assert Fact.objects.filter(kind="TheyEnquired").exists()


def test_to_press_twice_makes_one_offer(ann, bobs):
    make(bobs, ann)
    make(bobs, ann)

    assert Offer.objects.count() == 1


def test_on_a_deal_it_belongs_to_that_deal(ann, bobs):
    hear(ann, Opened(at=TUESDAY, matter="van", kind="deal"))
    hear(ann, TheyEnquired(at=TUESDAY, matter="roof"))
    deal = Matter.objects.get(key="van")

    make(bobs, ann, matter=deal.pk)

    assert Offer.objects.get().matter == "van"
    with clock.at(TUESDAY):
        card = bobs.get(reverse("deal", args=[deal.pk]))
    assert f"/people/{ann.pk}/offer/?matter={deal.pk}" in card.content.decode()


def test_where_nothing_is_open_it_opens_a_deal_of_its_own(ann, bobs):
    make(bobs, ann)

    assert (Matter.objects.get().kind, Matter.objects.get().title) == ("deal", WHAT)


def test_a_stranger_makes_none_and_ends_none(ann, bob, sids):
    offer = made(bob, ann)

    assert make(sids, ann).status_code == 404
    with clock.at(june(10)):
        assert sids.post(reverse("offer_end", args=[offer.pk]), {"token": "x"}).status_code == 404


def test_nobody_needs_to_sign_in_and_nothing_comes_from_elsewhere(ann, bob):
    page = opened(browser(), made(bob, ann, more="https://banners.example/awnings"), june(10))

    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert page.cookies["seen"]["path"] == address_of(Offer.objects.get())
    assert page.cookies["seen"]["httponly"]
    assert "unsafe" not in policy


def test_what_somebody_wrote_into_an_offer_is_never_a_page_of_its_own(ann, bob):
    offer = made(bob, ann, title="<script>alert(1)</script>", terms="<img src=x onerror=y>")
    html = opened(browser(), offer, june(10)).content.decode()

    assert "<script>alert" not in html
    assert "<img" not in html


@pytest.mark.parametrize("said", [{}, {"say": "maybe"}, {"say": "ask", "message": "  "}])
def test_a_press_that_says_nothing_changes_nothing(said, ann, bob):
    offer = made(bob, ann)
    facts = Fact.objects.count()
    with clock.at(june(10)):
        page = browser().post(address_of(offer), said)

    assert page.status_code == 422
    assert Fact.objects.count() == facts


def test_pressed_twice_a_question_is_one(ann, bob):
    offer, client = made(bob, ann), browser()
    opened(client, offer, june(10))
    for _ in range(2):
        with clock.at(june(10)):
            client.post(address_of(offer), {"say": "ask", "message": "Is red possible?"})

    assert Fact.objects.filter(kind="TheyEnquired").count() == 1


def test_too_much_is_too_much(ann, bob):
    offer = made(bob, ann)
    with clock.at(june(10)):
        page = browser().post(address_of(offer), {"say": "ask", "message": "x" * 70_000})

    assert page.status_code == 413


def test_where_the_maker_has_left_the_page_names_who_looks_after_them(ann, bob, mia):
    offer = made(bob, ann)
    bob.active = False
    bob.save(update_fields=["active"])
    ann.owner = mia
    ann.save(update_fields=["owner"])

    assert "Mia made this for you." in text_of(opened(browser(), offer, june(10)))


def test_two_who_turn_out_to_be_one_keep_their_offers(workspace, ann, bob, bobs):
    other = party_named("Anne", workspace, owner=bob)
    offer = made(bob, other)
    merge(other, into=ann, by=bob, at=june(10))
    client = browser()
    opened(client, offer, june(10))
    with clock.at(june(11)):
        client.post(address_of(offer), {"say": "yes"})
        page = text_of(bobs.get(f"/people/{ann.pk}/"))

    assert first_owed(ann).rule == "answer_them"
    assert WHAT in page


def test_the_reminder_brings_the_words_with_the_address(ann, bob):
    quiet(ann, june(8))
    offer = made(bob, ann)
    row = next(one for one in ann.followups.filter(settled_at=None) if one.rule.startswith("last"))
    with clock.at(june(12)):
        page = client_of(bob).get(reverse("followup_panel", args=[row.pk]))

    assert address_of(offer) in page.context["words"]["mail"]


def test_the_day_is_written_as_their_browser_reads(ann, bob, workspace):
    offer = made(bob, ann)
    german = Client(HTTP_USER_AGENT="Mozilla/5.0 Firefox/140.0", HTTP_ACCEPT_LANGUAGE="de")
    assert "14. Juni 2026" in text_of(opened(german, offer, june(10)))

    workspace.language = "fr"
    workspace.save(update_fields=["language"])
    unasked = Client(HTTP_USER_AGENT="Mozilla/5.0 Firefox/140.0")
    assert "14 juin 2026" in text_of(opened(unasked, offer, june(10)))
    assert offer.wall == date(2026, 6, 14)
