"""S41: An offer has an end: its last day is brought to mind, its link dies, and a lead is left."""

from zoneinfo import ZoneInfo

import pytest
from tests.stories.offered import (
    SUNDAY,
    TUESDAY,
    WHAT,
    browser,
    june,
    made,
    mail_to,
    opened,
    pressed,
    seen,
)
from tests.stories.plans import stands, with_plans
from tests.web.desk import first_owed, hear, kinds, owed_to, quiet, text_of, undo_of

from followthrough.core.facts import Closed, OptedOut, TheyEnquired, TheyVisited, WeCalled, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Address, Alarm, Offer, Party

LAST_DAY = "last_day_of_the_offer"
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture(autouse=True)
def open_on_saturdays(workspace):
    workspace.workdays = "123456"
    workspace.save(update_fields=["workdays"])


@pytest.fixture
def offer(ann, bob):
    quiet(ann, june(8))
    return made(bob, ann)


def reminder_of(party):
    rows = [row for row in owed_to(party) if row.rule == LAST_DAY and row.until]
    return rows[0] if rows else None


# --- its last day ------------------------------------------------------------------------


def test_s41_it_ends_on_sunday_at_midnight_and_saturday_is_when_they_hear_of_it(offer, ann):
    assert offer.until == june(15, 0)
    assert reminder_of(ann).show_at == june(13, 9)
    assert reminder_of(ann).due == june(13, 17)
    assert str(reminder_of(ann).what) == "Tell them that the offer ends soon"


def test_s41_where_nobody_may_be_reached_on_saturday_it_is_the_last_day_before(workspace, ann, bob):
    workspace.workdays = "12345"
    workspace.save(update_fields=["workdays"])
    quiet(ann, june(8))
    made(bob, ann)

    assert reminder_of(ann).show_at == june(12, 9)


@pytest.mark.parametrize("how", ["told", "by number", "by address"])
def test_s41_midnight_is_where_they_are(how, ann, bob):
    if how == "told":
        Party.objects.filter(pk=ann.pk).update(zone="America/New_York")
    else:
        kind, value = (
            ("phone", "+12125550100") if how == "by number" else ("post", "1 Elm St, Cuba")
        )
        Address.objects.filter(party=ann, kind="phone").delete()
        Address.objects.create(
            workspace=ann.workspace, party=ann, kind=kind, value=value, canonical=value
        )
    ann.refresh_from_db()
    quiet(ann, june(8))

    offer = made(bob, ann)

    assert offer.until == june(15, 0, NEW_YORK)
    assert reminder_of(ann).show_at == june(13, 9, NEW_YORK)


def test_s41_of_several_zones_that_fit_the_day_ends_where_it_ends_last(ann, bob):
    Address.objects.filter(party=ann, kind="phone").delete()
    Address.objects.create(
        workspace=ann.workspace, party=ann, kind="post", value="Box 7, USA", canonical="box 7"
    )

    assert made(bob, ann).until == june(15, 0, ZoneInfo("Pacific/Honolulu"))


def test_s41_who_was_told_on_that_day_is_not_told_again(offer, ann):
    hear(ann, WeWrote(at=june(13, 11), matter="roof"))

    assert reminder_of(ann) is None
    assert first_owed(ann).rule == "quiet_after_our_word"


@pytest.mark.parametrize("say", ["yes", "no"])
def test_s41_who_took_it_or_said_no_hears_of_no_last_day(say, offer, ann):
    pressed(browser(), offer, june(10), say=say)

    assert reminder_of(ann) is None


def test_s41_who_asked_us_to_stop_hears_of_no_last_day(offer, ann):
    hear(ann, OptedOut(at=june(10)))

    assert LAST_DAY not in [row.rule for row in owed_to(ann)]


def test_s41_nothing_is_dropped_where_nobody_spoke_with_them_about_it(workspace, ann, bob):
    hear(ann, TheyVisited(at=june(8), matter="roof"))
    made(bob, ann)

    [after] = [row for row in owed_to(ann) if row.rule == LAST_DAY and row.until is None]
    assert (str(after.what), after.due) == ("Ask how it stands", june(16, 9))
    assert audit(workspace, at=june(20)).uncovered == 0


# --- yes, and a question -----------------------------------------------------------------


def test_s41_the_page_says_what_it_is_and_until_when(offer):
    page = opened(browser(), offer, june(10))

    for words in (WHAT, "£ 900", "Good until the end of Sunday, 14 June 2026.", "4 more days."):
        assert words in text_of(page)
    assert "Today is its last day." in text_of(opened(browser(), offer, june(14, 23)))


def test_s41_a_yes_waits_for_the_owner_who_is_told_at_once(offer, ann, bob):
    page = pressed(browser(), offer, june(10), say="yes")

    assert "Your yes is here. Bob will be in touch with you." in text_of(page)
    row = first_owed(ann)
    assert (row.rule, row.member) == ("answer_them", bob)
    assert str(row.what) == "They said yes: go on from there"
    assert Alarm.objects.filter(
        followup=row, member=bob, at=june(10), what="They took your offer"
    ).exists()


@pytest.mark.parametrize("say", ["yes", "no"])
def test_s41_an_answer_stops_what_was_on_its_way_and_the_plan(say, workspace, ann, bob):
    with_plans(workspace)
    hear(ann, TheyEnquired(at=june(8), matter="roof"))
    hear(ann, WeCalled(at=june(8, 11), matter="roof"))
    waiting = mail_to(ann, at=june(9))
    assert stands(ann) == ("active", "")

    pressed(browser(), made(bob, ann), june(10), say=say)

    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    assert stands(ann) == ("stopped", "replied")


def test_s41_to_press_yes_twice_is_one_yes(offer, ann):
    client = browser()
    pressed(client, offer, june(10), say="yes")
    pressed(client, offer, june(10, 11), say="yes")
    pressed(client, offer, june(10, 12), say="no")

    assert kinds(ann).count("TheyTookIt") == 1
    assert "TheyDeclined" not in kinds(ann)


def test_s41_whoever_said_no_may_still_say_yes(offer, ann):
    client = browser()
    assert "nobody asks again" in text_of(pressed(client, offer, june(10), say="no"))
    pressed(client, offer, june(11), say="yes")

    assert first_owed(ann).rule == "answer_them"


def test_s41_a_question_stands_in_the_same_matter(offer, ann):
    page = pressed(browser(), offer, june(10), say="ask", message="Is red possible?")

    row = first_owed(ann)
    assert "We have your words" in text_of(page)
    assert (row.rule, row.matter.key) == ("answer_them", offer.matter)


# --- after its end -----------------------------------------------------------------------


def test_s41_after_its_end_the_link_says_so_and_what_they_ask_is_an_enquiry(offer, ann):
    page = opened(browser(), offer, june(15, 0))
    assert "This offer has ended. Ask Bob" in text_of(page)
    assert "Yes, I take it" not in text_of(page)

    pressed(browser(), offer, june(15, 9), say="ask", message="Am I too late?")

    row = first_owed(ann)
    [fact] = [one for one in ann.facts.all() if one.kind == "TheyEnquired"]
    assert row.rule == "answer_them"
    assert fact.own["origin"] == "An offer that had ended"


def test_s41_a_yes_a_minute_too_late_is_not_lost(offer, ann):
    page = pressed(browser(), offer, june(15, 0), say="yes")

    assert page.status_code == 409
    assert "I would have liked to take it." in text_of(page)
    assert "TheyTookIt" not in kinds(ann)


def test_s41_who_asks_after_all_was_closed_begins_anew(offer, ann, bob):
    hear(ann, Closed(at=june(15, 9), matter=offer.matter, outcome="lost"))
    pressed(browser(), offer, june(16), say="ask", message="And now?")

    assert first_owed(ann).matter.closed_at is None


# --- by hand -----------------------------------------------------------------------------


def test_s41_to_end_it_now_and_to_take_that_back(offer, ann, bobs):
    with clock.at(june(10)):
        page = bobs.post(f"/offers/{offer.pk}/end/", {"token": "x"}, follow=True)
    assert "This offer has ended" in text_of(opened(browser(), offer, june(10)))
    assert reminder_of(ann) is None

    with clock.at(june(10)):
        bobs.post(undo_of(page))

    assert "Yes, I take it" in text_of(opened(browser(), offer, june(10)))
    assert reminder_of(ann) is not None


def test_s41_what_was_made_by_mistake_is_gone_with_its_link(ann, bob, bobs):
    with clock.at(TUESDAY):
        page = bobs.post(
            f"/people/{ann.pk}/offer/",
            {"token": "m", "title": WHAT, "last": SUNDAY.isoformat()}, follow=True,
        )  # fmt: skip
        offer = Offer.objects.get()
        bobs.post(undo_of(page))

    assert opened(browser(), offer, june(10)).status_code == 404
    assert reminder_of(ann) is None


def test_s41_their_page_shows_how_it_stands(offer, ann, bobs):
    def shown(at):
        with clock.at(at):
            return text_of(bobs.get(f"/people/{ann.pk}/"))

    assert "Not looked at yet, as far as we can see" in shown(june(10))
    seen(browser(), offer, june(10))
    assert "Looked at today, 10:00, no answer yet" in shown(june(10, 11))
