"""S42: Each link belongs to one recipient; whoever else opens it is somebody else."""

import pytest
from django.test import Client
from tests.stories.offered import (
    PERSON,
    SCANNER,
    WHAT,
    address_of,
    browser,
    june,
    made,
    opened,
    pressed,
    seen,
)
from tests.web.desk import first_owed, kinds, quiet, text_of

from followthrough.core.facts import TheyOpened
from followthrough.ledger import clock
from followthrough.ledger.books import history_of
from followthrough.ledger.forget import forget
from followthrough.ledger.models import Link, Offer, Party

LISTS = "How they like to hear from you"


@pytest.fixture
def offer(ann, bob):
    quiet(ann, june(8))
    return made(bob, ann)


@pytest.fixture
def private(ann, bob):
    quiet(ann, june(8))
    return made(bob, ann, private="on")


def shared(offer):
    return len(Link.objects.get(offer=offer).others)


# --- seen ----------------------------------------------------------------------------------


def test_s42_two_people_never_have_the_same_link(ann, pat, bob):
    made(bob, ann)
    made(bob, pat, token="another")

    tokens = set(Link.objects.values_list("token", flat=True))
    assert [len(token) for token in tokens] == [22, 22]


def test_s42_what_was_shown_was_seen_and_that_is_no_answer(offer, ann):
    before = first_owed(ann).pk
    seen(browser(), offer, june(10))

    [fact] = [one for one in history_of(ann).facts if isinstance(one, TheyOpened)]
    assert (fact.channel, fact.matter) == ("offer", offer.matter)
    assert first_owed(ann).pk == before


@pytest.mark.parametrize("headers", [SCANNER, PERSON | {"HTTP_SEC_PURPOSE": "prefetch;prerender"}])
def test_s42_what_a_program_looks_at_was_not_seen(headers, offer, ann):
    client = Client()
    seen(client, offer, june(10), **headers)
    with clock.at(june(10)):
        client.head(address_of(offer), **headers)

    assert "TheyOpened" not in kinds(ann)
    assert Link.objects.get(offer=offer).seen == 0


def test_s42_that_a_page_was_asked_for_says_nothing(offer, ann):
    opened(browser(), offer, june(10))

    assert "TheyOpened" not in kinds(ann)


def test_s42_seen_again_is_counted_and_told_once(offer, ann):
    client = browser()
    seen(client, offer, june(10))
    seen(client, offer, june(11))

    assert Link.objects.get(offer=offer).seen == 2
    assert kinds(ann).count("TheyOpened") == 1


# --- passed on -----------------------------------------------------------------------------


def test_s42_a_second_browser_is_passed_on_and_not_them(offer, ann, bobs):
    seen(browser(), offer, june(10))
    another = browser()
    seen(another, offer, june(11))
    seen(another, offer, june(12))

    assert kinds(ann).count("TheyOpened") == 1
    assert kinds(ann).count("PassedOn") == 1
    assert shared(offer) == 1
    with clock.at(june(12)):
        page = text_of(bobs.get(f"/people/{ann.pk}/"))
    assert "Opened in 1 other browser too: perhaps passed on" in page


def test_s42_a_second_browser_cannot_say_yes_for_them(offer, ann):
    seen(browser(), offer, june(10))
    page = pressed(browser(), offer, june(11), say="yes")

    assert "TheyTookIt" not in kinds(ann)
    assert "It was made for somebody else, who passed it on." in text_of(page)


def test_s42_to_whom_it_was_passed_on_is_a_lead_of_their_own(offer, ann, bob):
    seen(browser(), offer, june(10))
    cy = {"name": "Cy Carter", "email": "cy@home.example", "message": "May I have one, too?"}
    pressed(browser(), offer, june(11), say="ask", **cy)

    them = Party.objects.get(name="Cy Carter")
    row = first_owed(them)
    history = history_of(them)
    assert (row.rule, row.member) == ("answer_them", bob)
    assert history.facts[0].origin == "A link that was passed on"
    assert history.known.acquainted.through == str(ann.pk)
    assert "TheyEnquired" not in kinds(ann)


def test_s42_whose_address_it_is_is_them_with_another_browser(offer, ann):
    ann.addresses.filter(kind="email").update(canonical="ann@home.example")
    seen(browser(), offer, june(10))
    said = {
        "name": "Ann",
        "email": "Ann@home.example",
        "message": "From my phone: is red possible?",
    }
    pressed(browser(), offer, june(11), say="ask", **said)

    assert Party.objects.count() == 1
    assert first_owed(ann).matter.key == offer.matter


def test_s42_for_them_only_says_nothing_to_anybody_else(private, ann):
    seen(browser(), private, june(10))
    page = opened(browser(), private, june(11))

    assert "This was made for one person" in text_of(page)
    assert WHAT not in page.content.decode()
    assert "Write to Bob" in text_of(page)


def test_s42_until_somebody_was_shown_it_a_private_one_opens_for_whom_it_was_sent(private):
    assert WHAT in text_of(opened(Client(), private, june(10), **SCANNER))
    assert WHAT in text_of(opened(browser(), private, june(10)))


def test_s42_who_is_forgotten_leaves_no_link(offer, ann, mia):
    forget(ann, by=mia, at=june(11))

    assert not Link.objects.exists()
    assert Offer.objects.get().title == ""


@pytest.mark.parametrize("token", ["x", "a" * 22, "../../etc/passwd", "%00" * 8])
def test_s42_a_guess_opens_nothing(token, offer):
    assert browser().get(f"/o/{token}/").status_code == 404


# --- consent and lists ---------------------------------------------------------------------


def test_s42_who_joined_a_list_by_whose_word_stands_on_their_page(ann, bobs):
    form = {"token": "l", "list": "Newsletter", "said": "She, at the fair", "say": "yes"}
    with clock.at(june(10)):
        page = bobs.post(f"/people/{ann.pk}/lists/", form, follow=True)

    assert "Newsletter On it “She, at the fair”, today (Bob)" in text_of(page)


def test_s42_and_who_left_it(ann, bobs):
    for n, say in enumerate(["yes", "no"]):
        form = {"token": f"l{n}", "list": "Newsletter", "said": "On the phone", "say": say}
        with clock.at(june(10 + n)):
            page = bobs.post(f"/people/{ann.pk}/lists/", form, follow=True)

    assert "Newsletter Not on it" in text_of(page)
    assert history_of(ann).known.lists["Newsletter"].at == june(11)


def test_s42_they_join_and_leave_by_a_link_of_their_own(ann, bobs):
    with clock.at(june(10)):
        bobs.post(f"/people/{ann.pk}/lists/link/", {"list": "Newsletter"})
    link = Link.objects.get(purpose="list")
    theirs, address = browser(), f"/l/{link.token}/"
    with clock.at(june(11)):
        assert "Newsletter" in text_of(theirs.get(address))
        assert history_of(ann).known.lists == {}
        theirs.post(address, {"say": "join"})
        assert history_of(ann).known.lists["Newsletter"].at == june(11)
    with clock.at(june(12)):
        page = theirs.post(address, {"say": "leave"}, follow=True)

    assert "You are not on it." in text_of(page)
    assert kinds(ann)[-2:] == ["JoinedList", "LeftList"]
