"""An absence on the screen: looked at, saved, what goes over, and taken back."""

from datetime import date

import pytest
from django.urls import reverse

from followthrough.core.facts import Opened, WePromised
from followthrough.ledger import clock
from followthrough.ledger.models import Member
from tests.cast import client_of, member_named
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import enquired, first_owed, hear, text_of
from tests.worker.ticking import turn

WEEK = {"first": "2026-03-04", "last": "2026-03-06"}
THURSDAY_TWO = MONDAY + 3 * DAY + 4 * HOUR


@pytest.fixture
def promised(ann, bob):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), WePromised(due=THURSDAY_TWO, how="call", **common))
    return ann


def send(client, member, at=MONDAY + HOUR, **said):
    with clock.at(at):
        return client.post(reverse("absence", args=[member.pk]), WEEK | said, follow=True)


def away(member):
    member.refresh_from_db()
    return member.away_from, member.away_until, member.stand_in


def test_looked_at_before_nothing_is_saved(promised, bob, mia, bobs):
    page = send(bobs, bob, stand_in=mia.pk, look="yes")

    assert "If Bob is away" in text_of(page)
    assert "The call promised to Ann" in text_of(page)
    assert "Bob is away until Friday 6 Mar and asked me to call you, as promised" in text_of(page)
    assert away(bob) == (None, None, None)


def test_saved_it_says_what_goes_over_and_who_stands_in_has_the_words(
    promised, bob, mia, bobs, mias
):
    page = send(bobs, bob, stand_in=mia.pk)
    assert "What goes to Mia" in text_of(page)
    assert "The call promised to Ann" in text_of(page)

    turn(MONDAY + HOUR)

    row = first_owed(promised)
    assert row.member == mia
    with clock.at(THURSDAY_TWO - HOUR):
        panel = mias.get(reverse("followup_panel", args=[row.pk]))
    assert "asked me to call you, as promised, about" in text_of(panel)
    assert "The call promised to Ann" in text_of(bobs.get(reverse("absence", args=[bob.pk])))


def test_one_press_takes_it_back(promised, bob, mia, bobs):
    page = send(bobs, bob, stand_in=mia.pk)
    turn(MONDAY + HOUR)

    [message] = page.context["messages"]
    bobs.post(message.extra_tags.split()[0])
    turn(MONDAY + HOUR)

    assert away(bob) == (None, None, None)
    assert first_owed(promised).member == bob


def test_back_already_can_be_taken_back_too(bob, mia, bobs):
    send(bobs, bob, stand_in=mia.pk)
    page = bobs.post(reverse("presence", args=[bob.pk]), follow=True)

    bobs.post([one.extra_tags for one in page.context["messages"]][-1].split()[0])

    assert away(bob) == (date(2026, 3, 4), date(2026, 3, 6), mia)


def test_an_old_undo_changes_nothing_that_came_after(bob, mia, bobs):
    page = send(bobs, bob, stand_in=mia.pk)
    [message] = page.context["messages"]
    send(bobs, bob, stand_in=mia.pk, last="2026-03-10")

    answer = bobs.post(message.extra_tags.split()[0], follow=True)

    assert "changed again since then" in text_of(answer)
    assert away(bob)[1] == date(2026, 3, 10)


@pytest.mark.parametrize("look", [{}, {"look": "yes"}])
def test_a_stand_in_who_is_away_too_is_refused_with_the_reason(bob, mia, bobs, look):
    zoe = member_named("Zoe", bob.workspace)
    send(client_of(mia), mia, stand_in=zoe.pk)

    page = send(bobs, bob, stand_in=mia.pk, **look)

    assert page.status_code == 422
    assert "Mia is not there in those days." in text_of(page)
    assert away(bob)[0] is None


def test_nobody_else_but_an_administrator_looks(bob, mia, mias):
    zoe = client_of(member_named("Zoe", bob.workspace))

    assert zoe.get(reverse("absence", args=[bob.pk])).status_code == 403
    assert mias.get(reverse("absence", args=[bob.pk])).status_code == 302  # nothing stands there


def test_what_else_falls_due_is_counted(promised, bob, pat, mia, bobs):
    enquired(pat, at=MONDAY + 2 * DAY)
    pat.followups.update(member=bob)

    page = send(bobs, bob, at=MONDAY + 2 * DAY + HOUR, stand_in=mia.pk, look="yes")

    assert "1 follow-up of these days goes to Mia." in text_of(page)


def test_after_the_last_day_what_is_open_comes_back(promised, bob, mia, bobs):
    send(bobs, bob, stand_in=mia.pk)
    turn(MONDAY + HOUR)
    assert {row.member for row in promised.followups.filter(settled_at=None)} == {mia}

    saturday_night = MONDAY + 5 * DAY - 7 * HOUR
    turn(saturday_night)
    turn(saturday_night + HOUR / 60)

    assert away(bob) == (None, None, None)
    assert {row.member for row in promised.followups.filter(settled_at=None)} == {bob}
    assert not Member.objects.filter(stand_in__isnull=False).exists()
