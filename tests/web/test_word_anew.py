"""A word is given to whom it was meant, as what it is, and with another day only from today on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Matter, Member, Party
from tests.cast import member_named
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import filled, kinds, text_of

NOW = MONDAY + HOUR
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture(autouse=True)
def _a_monday():
    with clock.at(NOW):
        yield


def give(client, **said):
    said = {"circle": "customers", "to": "Ann", "text": "The proof", "when": "wed 10:00"} | said
    answer = client.post(reverse("promises"), filled(**said), follow=True)
    assert "The promise stands." in text_of(answer)


def word():
    return FollowUp.objects.get(rule="keep_promises", settled_at=None)


def tell(client, row, **said):
    given = {"note": "The glue dries.", "told": "called", "to": f"{FRIDAY:%Y-%m-%d}"} | said
    with clock.at(NOW + HOUR):
        return client.post(reverse("week_told", args=[row.pk]), filled(**given), follow=True)


# --- to whom, and as what ----------------------------------------------------------------


def test_jo_is_meant_though_joanna_is_on_the_team(workspace, bob, bobs):
    member_named("Joanna", workspace)
    member_named("Jo", workspace)

    give(bobs, circle="team", to="jo")

    assert word().party.name == "Jo"


def test_what_a_colleague_promised_a_customer_is_a_promise(ann, bob, mias):
    give(mias, by=str(bob.pk))

    assert Matter.objects.get(party=ann).kind == "promise"


def test_a_word_of_somebody_who_left_is_seen_by_everybody(ann, bob, bobs, mias):
    give(bobs)
    Member.objects.filter(pk=bob.pk).update(active=False)

    page = mias.get(reverse("promises") + "?whose=everybody")

    assert "The proof" in text_of(page)


# --- late, among ourselves ---------------------------------------------------------------


@pytest.mark.parametrize("given", [{"circle": "private"}, {"circle": "team", "to": "Mia"}])
def test_late_among_ourselves_every_button_does_something(bob, mia, bobs, given):
    give(bobs, **given)
    with clock.at(MONDAY + 3 * DAY):
        page = bobs.get(reverse("promises"))
        assert page.context["days"][0]["lines"][0]["late"]
        assert "Put it right" not in text_of(page)

        card = bobs.get(reverse("one"))
        assert reverse("outcome", args=[card.context["pk"]]) not in card.content.decode()
        over = reverse("promise_over", args=[card.context["pk"]])
        assert over in card.content.decode()
        kept = bobs.post(over, filled(end="kept", back="one"), follow=True)

    assert "Kept." in text_of(kept)
    assert kept.redirect_chain[-1][0] == reverse("one")
    assert not FollowUp.objects.filter(settled_at=None).exists()


# --- another day -------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["2020-01-06", "2026-03-01", "0001-01-01", "9999-12-31", "soon", ""])
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_no_day_but_one_from_today_on_is_told(ann, bob, bobs, to, zone):
    Member.objects.filter(pk=bob.pk).update(zone=zone)
    give(bobs)
    due = word().due

    page = tell(bobs, word(), to=to)

    assert "Choose a day from today on." in text_of(page)
    assert (word().due, "PromiseReleased" in kinds(ann)) == (due, False)


def test_nor_an_hour_of_today_that_has_passed(ann, bobs):
    give(bobs)
    row = word()
    page = tell(bobs, row, to=f"{MONDAY:%Y-%m-%d}")

    assert "Choose a day from today on." in text_of(page)
    assert word().due == row.due


def test_told_in_the_week_it_is_what_it_is_when_told_from_the_list(ann, pat, bobs):
    def after(party, how):
        give(bobs, to=party.name, when="text wed 10:00")
        row = FollowUp.objects.get(party=party, rule="keep_promises", settled_at=None)
        how(row)
        row = FollowUp.objects.get(party=party, rule="keep_promises", settled_at=None)
        told = [kind for kind in kinds(party) if kind != "Noted"]
        return (row.how, row.due, told, Party.objects.get(pk=party.pk).contacts)

    def in_the_week(row):
        tell(bobs, row)

    def from_the_list(row):
        form = filled(when="text fri 10:00", told="called")
        with clock.at(NOW + HOUR):
            bobs.post(reverse("promise_later", args=[row.pk]), form)

    week, listed = after(ann, in_the_week), after(pat, from_the_list)

    assert week == listed
    assert (week[0], week[3]) == ("sms", 1)


def test_what_they_were_told_in_the_week_stands_with_the_word(ann, bobs):
    give(bobs)

    tell(bobs, word())

    assert kinds(ann)[-4:] == ["WeCalled", "PromiseReleased", "WePromised", "Noted"]
