"""Taken back: just what one did, to just what it was, and nothing that somebody did since."""

import re

import pytest
from django.core import signing
from django.urls import reverse

from followthrough.core.facts import Opened
from followthrough.ledger import clock
from followthrough.ledger.models import Detail, Gift, Matter, Member
from followthrough.web.tokens import AGE
from tests.cast import member_named
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import enquired, filled, hear


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(MONDAY + HOUR):
        yield


def back_of(page, name):
    """The Undo of the page's toast."""
    start = reverse(name, args=["x"])[:-2]
    [address] = set(re.findall(rf'action="({start}[^"]+)"', page.content.decode()))
    return address


def taken_back(client, address):
    with clock.at(MONDAY + 2 * HOUR):
        return client.post(address, {}, follow=True)


def deal_of(party, owner, name="deal-1"):
    hear(party, Opened(at=MONDAY, matter=name, kind="deal", owner=str(owner.pk), by=str(owner.pk)))
    return Matter.objects.get(party=party, key=name)


def test_what_two_looked_after_is_theirs_again(workspace, ann, bob, bobs, mia):
    cid = member_named("Cid", workspace)
    deal_of(ann, mia, "deal-1")
    deal_of(ann, bob, "deal-2")
    page = bobs.post(reverse("owner", args=[ann.pk]), {"to": cid.pk}, follow=True)
    assert set(Matter.objects.filter(party=ann).values_list("owner__name", flat=True)) == {"Cid"}

    taken_back(bobs, back_of(page, "handed_back"))

    owners = dict(Matter.objects.filter(party=ann).values_list("key", "owner__name"))
    assert owners == {"deal-1": "Mia", "deal-2": "Bob"}


def test_whom_nobody_looked_after_nobody_does_again(workspace, bob, bobs, pat):
    type(pat).objects.filter(pk=pat.pk).update(owner=None)
    page = bobs.post(reverse("owner", args=[pat.pk]), {"to": bob.pk}, follow=True)

    taken_back(bobs, back_of(page, "handed_back"))

    pat.refresh_from_db()
    assert pat.owner is None


def test_a_colleagues_later_name_of_a_deal_stays(ann, bob, bobs, mias):
    deal = deal_of(ann, bob)
    form = {"value": "", "expected": ""}
    there = reverse("deal", args=[deal.pk])
    page = bobs.post(there, filled(title="Roof sign", **form), follow=True)
    back = back_of(page, "deal_restored")
    mias.post(there, filled(title="Roof sign, red", **form))

    taken_back(bobs, back)
    deal.refresh_from_db()
    assert deal.title == "Roof sign, red"


def test_a_name_of_a_deal_that_stands_is_taken_back(ann, bob, bobs):
    deal = deal_of(ann, bob)
    form = filled(title="Roof sign", value="", expected="")
    page = bobs.post(reverse("deal", args=[deal.pk]), form, follow=True)

    taken_back(bobs, back_of(page, "deal_restored"))

    deal.refresh_from_db()
    assert deal.title == ""


def test_a_colleagues_later_words_about_somebody_stay(ann, bob, bobs, mias):
    enquired(ann)
    there = reverse("details", args=[ann.pk])
    page = bobs.post(there, {"name": "Ann", "about": "Likes red"}, follow=True)
    back = back_of(page, "restore")
    mias.post(there, {"name": "Ann", "about": "Likes red, and blue"})

    taken_back(bobs, back)
    ann.refresh_from_db()
    assert ann.about == "Likes red, and blue"


def test_what_is_known_and_changed_is_taken_back(ann, bob, bobs):
    enquired(ann)
    detail = Detail.objects.create(
        workspace=ann.workspace, party=ann, kind="personal", text="Golf", said_at=MONDAY
    )
    there = reverse("known_one", args=[detail.pk])
    for form, said in (({"kind": "personal", "text": "Tennis"}, "Golf"), ({"remove": "1"}, "Golf")):
        page = bobs.post(there, form, follow=True)
        taken_back(bobs, back_of(page, "restore"))
        detail.refresh_from_db()
        assert (detail.text, detail.gone_at) == (said, None)


def test_a_colleagues_later_words_of_a_gift_stay(workspace, bobs, mias):
    gift = Gift.objects.create(
        workspace=workspace, title="A tip", kind="tip", text="", added_at=MONDAY
    )
    there = reverse("gift", args=[gift.pk])
    page = bobs.post(there, {"title": "A tip", "kind": "tip", "text": "Wash it"}, follow=True)
    mias.post(there, {"title": "A tip", "kind": "tip", "text": "Wash it cold"})

    taken_back(bobs, back_of(page, "gift_as_before"))

    gift.refresh_from_db()
    assert gift.text == "Wash it cold"


def test_what_an_administrator_set_stays(bob, bobs):
    form = {"name": "Bobby", "language": "", "zone": "", "theme": ""}
    page = bobs.post(reverse("profile"), form, follow=True)
    Member.objects.filter(pk=bob.pk).update(line="Franchises")

    taken_back(bobs, back_of(page, "profile_undone"))

    bob.refresh_from_db()
    assert (bob.name, bob.line) == ("Bob", "Franchises")


def test_after_a_day_it_is_no_press_any_more(bob, bobs, monkeypatch):
    form = {"name": "Bobby", "language": "", "zone": "", "theme": ""}
    page = bobs.post(reverse("profile"), form, follow=True)
    back = back_of(page, "profile_undone")
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() + AGE + 60)

    assert taken_back(bobs, back).status_code == 404
