"""A member's calendar, read by another program than the one that writes it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from followthrough.core.facts import Opened, Planned, PromiseKept, PutOff, WePromised
from followthrough.ledger import clock, membership
from followthrough.ledger.models import Fact, Member
from followthrough.web.feed.secret import secret_of
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, filled, first_owed, hear, text_of

TWO = datetime(2026, 3, 3, 14, tzinfo=UTC)
SUMMER = datetime(2026, 4, 7, 13, tzinfo=UTC)  # two o'clock in London, in summer


@pytest.fixture
def address(bob, bobs):
    bobs.post(reverse("feed_renewed"))
    return feed_of(bob)


def feed_of(member):
    return reverse("feed", args=[secret_of(Member.objects.get(pk=member.pk))])


def ask(address, at=MONDAY + HOUR, **headers):
    with clock.at(at):
        return Client().get(address, headers=headers)


def events(address, at=MONDAY + HOUR):
    calendar = vobject.readOne(ask(address, at).content.decode())
    return {one.summary.value: one for one in calendar.contents.get("vevent", [])}


def promised(party, bob, due=TWO, how="call"):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    hear(party, Opened(**common), WePromised(due=due, how=how, **common))


def test_a_promised_call_stands_at_its_hour_with_a_bell_before(ann, bob, address):
    promised(ann, bob)

    one = events(address)["Call as you promised: Ann"]

    assert one.dtstart.value == TWO
    assert one.dtend.value == TWO + timedelta(minutes=15)
    assert one.valarm.trigger.value == timedelta(minutes=-10)
    assert f"/people/{ann.pk}/" in one.description.value


def test_meetings_and_chosen_hours_stand_at_theirs_and_days_are_summed(workspace, bob, address):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    plans = [(TWO, "meeting"), (TWO + HOUR, "call"), (TWO.replace(hour=9), "call")]
    for n, (due, how) in enumerate(plans):
        party = party_named(f"P{n}", workspace, owner=bob)
        hear(party, Opened(**common), Planned(due=due, how=how, **common))

    found = events(address)

    assert found["Meet: P0"].dtend.value - found["Meet: P0"].dtstart.value == HOUR
    assert found["Call: P1"].dtstart.value == TWO + HOUR
    assert found["1 person to follow up"].dtstart.value == date(2026, 3, 3)


def test_everybody_without_an_hour_is_a_number_for_the_day(workspace, bob, address):
    for n in range(6):
        enquired(party_named(f"Ann{n}", workspace, owner=bob))

    [one] = events(address).values()

    assert one.summary.value == "6 people to follow up"
    assert one.dtstart.value == date(2026, 3, 2)
    assert one.transp.value == "TRANSPARENT"


def test_the_hour_is_right_on_both_sides_of_the_change_of_clocks(ann, pat, bob, address):
    promised(ann, bob)
    Member.objects.filter(pk=bob.pk).update(zone="Europe/London")
    party = party_named("Tom", bob.workspace, owner=bob)
    promised(party, bob, SUMMER)

    found = events(address)

    assert [found[f"Call as you promised: {who}"].dtstart.value for who in ("Ann", "Tom")] == [
        TWO, SUMMER,
    ]  # fmt: skip


def test_moved_it_keeps_its_name_and_counts_up(ann, bob, address):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), Planned(due=TWO, **common))
    before = events(address)["Call: Ann"]

    moved = PutOff(at=MONDAY + HOUR, what=first_owed(ann).key, until=TWO + DAY, by=str(bob.pk))
    hear(ann, moved)
    after = events(address, MONDAY + 2 * HOUR)["Call: Ann"]

    assert after.uid.value == before.uid.value
    assert after.dtstart.value == TWO + DAY
    assert int(after.sequence.value) > int(before.sequence.value)


def test_done_it_is_gone(ann, bob, address):
    promised(ann, bob, how="call")
    promise = Fact.objects.get(kind="WePromised")
    hear(ann, PromiseKept(at=MONDAY + HOUR, matter="sign", promise=promise.name))

    assert "Call as you promised: Ann" not in events(address)


def test_the_same_while_nothing_changes(ann, bob, address):
    promised(ann, bob)
    first = ask(address)

    again = ask(address, MONDAY + 2 * HOUR, if_none_match=first.headers["ETag"])
    enquired(ann, at=MONDAY + 2 * HOUR)
    changed = ask(address, MONDAY + 3 * HOUR, if_none_match=first.headers["ETag"])

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_what_is_private_has_its_hour_and_no_words(bob, bobs, mia, mias, address):
    with clock.at(MONDAY):
        bobs.post(
            reverse("promises"),
            filled(circle="private", text="Dance recital", when="tomorrow 18:00"),
        )
    mias.post(reverse("feed_renewed"))

    one = events(address)["Private"]

    assert one.dtstart.value == TWO + 4 * HOUR
    assert "description" not in one.contents
    assert "recital" not in ask(address).content.decode()
    assert events(feed_of(mia)) == {}


def test_names_with_commas_and_lines_are_escaped(workspace, bob, address):
    party = party_named("Ann, Bo; \\ and\nCo", workspace, owner=bob)
    promised(party, bob)

    assert "Call as you promised: Ann, Bo; \\ and\nCo" in events(address)


# --- whose it is ------------------------------------------------------------------------------


def test_a_new_address_ends_the_old_one_and_undo_brings_it_back(ann, bob, bobs, address):
    page = bobs.post(reverse("feed_renewed"), follow=True)

    assert (ask(address).status_code, ask(feed_of(bob)).status_code) == (404, 200)
    bobs.post([message.extra_tags for message in page.context["messages"]][-1].split()[0])
    assert ask(address).status_code == 200


def test_another_one_is_never_one_that_had_ended(bob, bobs, address):
    page = bobs.post(reverse("feed_renewed"), follow=True)
    ended = feed_of(bob)
    bobs.post([message.extra_tags for message in page.context["messages"]][-1].split()[0])

    bobs.post(reverse("feed_renewed"))

    assert (ask(ended).status_code, ask(address).status_code) == (404, 404)
    assert ask(feed_of(bob)).status_code == 200


def test_nobody_else_opens_it(bob, mia, mias, address):
    mias.post(reverse("feed_renewed"))
    theirs = secret_of(Member.objects.get(pk=mia.pk))

    forged = f"{bob.pk}-{theirs.partition('-')[2]}"
    for secret in (forged, f"{bob.pk}-", "0-", "x", f"{bob.pk}"):
        assert ask(reverse("feed", args=[secret])).status_code == 404
    Member.objects.filter(pk=bob.pk).update(active=False)
    assert ask(address).status_code == 404


def test_without_one_there_is_a_button_and_no_address(bobs):
    said = text_of(bobs.get(reverse("profile")))

    assert "Make an address" in said
    assert "Your calendar’s address" not in said


def test_however_many_are_open_it_asks_little(workspace, bob, address, assert_queries):
    for n in range(12):
        promised(party_named(f"Ann{n}", workspace, owner=bob), bob, TWO + n * HOUR)

    with assert_queries(12):
        ask(address)


def test_whom_one_stands_in_for_shows_while_they_are_away_and_not_before(
    workspace, bob, mia, address
):
    promised(party_named("Tom", workspace, owner=mia), mia)
    away = (MONDAY + 30 * DAY).date()

    membership.send_away(mia, first=away, last=away, stand_in=bob)
    assert events(address) == {}

    membership.send_away(mia, first=MONDAY.date(), last=away, stand_in=bob)
    assert "Call as you promised: Tom" in events(address)
