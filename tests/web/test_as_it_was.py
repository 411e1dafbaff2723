"""Undo puts back what still is as we set it: what somebody else changed since, stays."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from followthrough.core.facts import Opened
from followthrough.ledger import clock, spreading
from followthrough.ledger.models import Detail, Gift, Matter, Member, SavedView
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import filled, hear, owed_to, quiet, text_of


@pytest.fixture(autouse=True)
def _a_monday():
    with clock.at(MONDAY + HOUR):
        yield


def back_of(page):
    """The address behind the Undo of the page's toast."""
    form = r'action="([^"]+)">(?:\s*<input[^>]+>)+\s*<button type="submit" data-key="z"'
    [address] = set(re.findall(form, page.content.decode()))
    return address


def send(client, there, **given):
    return client.post(there, filled(**given), follow=True)


def test_the_name_of_a_deal_that_a_colleague_gave_since(ann, bobs, mias):
    hear(ann, Opened(at=MONDAY, matter="roof", kind="deal"))
    matter = Matter.objects.get()
    there = reverse("deal", args=[matter.pk])
    back = back_of(send(bobs, there, title="Sign", value="", expected=""))
    send(mias, there, title="Red sign", value="", expected="")

    bobs.post(back)

    matter.refresh_from_db()
    assert matter.title == "Red sign"


def test_what_is_known_of_somebody(ann, bobs, mias):
    send(bobs, reverse("known", args=[ann.pk]), kind="personal", text="Golf", when="")
    detail = Detail.objects.get()
    there = reverse("known_one", args=[detail.pk])
    back = back_of(send(bobs, there, kind="personal", text="Tennis", when=""))
    send(mias, there, kind="personal", text="Chess", when="")

    bobs.post(back)

    detail.refresh_from_db()
    assert detail.text == "Chess"


def test_a_gift_of_the_library(workspace, bobs, mias):
    send(bobs, reverse("library"), title="A guide", kind="tip", link="", text="All of it")
    gift = Gift.objects.get(title="A guide")
    there = reverse("gift", args=[gift.pk])
    told = {"kind": gift.kind, "link": "", "text": "All of it"}
    back = back_of(send(bobs, there, **told | {"title": "The guide"}))
    send(mias, there, **told | {"title": "The best guide"})

    bobs.post(back)

    gift.refresh_from_db()
    assert gift.title == "The best guide"


@pytest.fixture
def renamed(bob, bobs):
    """The Undo of Bob, who called himself Bobby."""
    page = send(bobs, reverse("profile"), name="Bobby", language="", zone="", theme="", line="")
    return back_of(page)


def test_your_own_page_gives_back_your_name_and_nothing_else(bob, bobs, renamed):
    Member.objects.filter(pk=bob.pk).update(line="Franchises", theme="dark")

    bobs.post(renamed)

    bob.refresh_from_db()
    assert (bob.name, bob.line, bob.theme) == ("Bob", "Franchises", "dark")


def test_who_does_not_administer_any_more_gives_no_line_back(mia, mias, bob):
    page = send(mias, reverse("profile"), name="Mia", language="", zone="", theme="", line="Signs")
    back = back_of(page)
    Member.objects.filter(pk=mia.pk).update(role="member")

    mias.post(back)

    mia.refresh_from_db()
    assert mia.line == "Signs"


def test_what_was_spread_and_then_moved_stands_where_it_was_spread_to(workspace, ann, bob, bobs):
    quiet(ann, MONDAY - 3 * DAY)
    [row] = owed_to(ann)
    wednesday = row.due + timedelta(days=1)
    spreading.spread_to({wednesday: [row.pk]}, workspace)
    before = (wednesday, wednesday, row.due)

    page = send(bobs, reverse("week_moves"), followup=[row.pk], to=f"{MONDAY + 4 * DAY:%Y-%m-%d}")
    assert owed_to(ann)[0].spread_to is None
    with clock.at(MONDAY + 2 * HOUR):
        bobs.post(back_of(page))

    [row] = owed_to(ann)
    assert (row.show_at, row.spread_to, row.due) == before


def test_a_deleted_tab_is_not_moved_or_named_but_comes_back(bob, bobs):
    send(bobs, reverse("views_kept"), title="Mine", query="owner=me")
    view = SavedView.objects.get()
    there = reverse("view_kept", args=[view.pk])
    send(bobs, there, do="delete")

    assert {bobs.post(there, {"do": do}).status_code for do in ("left", "right", "delete")} == {404}
    assert "Mine is back." in text_of(bobs.post(f"{there}?do=back", follow=True))
