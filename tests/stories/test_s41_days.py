"""S41: The last day of an offer is changed: told anew, seen by whoever has its link, taken back."""

from datetime import date

import pytest
from tests.ledger.scene import party_named
from tests.stories.offered import browser, june, made, opened, pressed, seen
from tests.web.desk import hear, owed_to, quiet, text_of, undo_of

from followthrough.core.facts import OfferEnded, WeCalled, WeWrote
from followthrough.ledger import clock, offer_days, offers
from followthrough.ledger.audit import audit
from followthrough.ledger.merge import merge
from followthrough.ledger.undo import redo, undo

WEDNESDAY = june(10)
LAST_DAY = "last_day_of_the_offer"


@pytest.fixture
def offer(ann, bob):
    """Up to Sunday, 14 June; the team rests on Saturdays, so that they hear of it on Friday."""
    quiet(ann, june(8))
    return made(bob, ann)


@pytest.fixture
def moved(offer, bobs):
    def to(day, at=WEDNESDAY, token="d"):
        with clock.at(at):
            form = {"token": token, "last": f"2026-06-{day:02}"}
            page = bobs.post(f"/offers/{offer.pk}/day/", form, follow=True)
        offer.refresh_from_db()
        return page

    return to


def told_from(party):
    return [row.show_at for row in owed_to(party) if row.rule == LAST_DAY and row.until]


def test_s41_a_longer_one_is_good_longer_and_brought_to_mind_later(offer, ann, moved):
    page = moved(21)

    assert "It is good until the end of Sunday, 21 June 2026 now." in text_of(page)
    assert told_from(ann) == [june(19, 9)]
    assert "Good until the end of Sunday, 21 June 2026." in text_of(
        opened(browser(), offer, june(15))
    )
    assert "Your yes is here." in text_of(pressed(browser(), offer, june(20), say="yes"))


def test_s41_a_shorter_one_ends_sooner(offer, ann, moved):
    moved(11)

    assert told_from(ann) == [june(10, 9)]
    assert "This offer has ended" in text_of(opened(browser(), offer, june(12, 0)))


def test_s41_who_saw_the_later_day_should_be_told(offer, moved):
    seen(browser(), offer, june(10, 9))

    assert "They have seen the later day: tell them." in text_of(moved(11))
    assert "tell them" not in text_of(moved(20, token="e"))


def test_s41_who_was_told_of_the_old_day_is_told_of_the_new_one_too(offer, ann, moved):
    [row] = [one for one in owed_to(ann) if one.rule == LAST_DAY]
    hear(ann, WeWrote(at=june(12, 11), matter=offer.matter, did=row.key))
    assert told_from(ann) == []

    moved(19, at=june(12, 12))

    assert told_from(ann) == [june(18, 9)]


def test_s41_one_that_ended_in_silence_stands_again(workspace, offer, ann, moved):
    hear(ann, WeCalled(at=june(15, 10), matter=offer.matter))
    page = moved(17, at=june(15, 11))

    assert "Change its last day" in text_of(page)
    assert told_from(ann) == [june(16, 9)]
    assert "Yes, I take it" in text_of(opened(browser(), offer, june(16)))
    assert audit(workspace, at=june(30)).uncovered == 0


def test_s41_a_changed_day_is_taken_back_to_the_one_before(offer, ann, bobs, moved):
    moved(18)
    page = moved(21, at=june(10, 11), token="e")
    with clock.at(june(10, 11)):
        bobs.post(undo_of(page))

    offer.refresh_from_db()
    assert (offer.wall.day, told_from(ann)) == (18, [june(17, 9)])


def test_s41_what_was_taken_back_may_come_again(offer, ann, bob):
    by, at = str(bob.pk), june(10)
    offer_days.move(offer, date(2026, 6, 18), by=by, source="longer", at=at)
    undo(ann, source="longer", by=bob, at=at)
    redo(ann, source="longer", by=bob, at=at)

    offer.refresh_from_db()
    assert (offer.wall.day, offer.until, told_from(ann)) == (18, june(19, 0), [june(17, 9)])


def test_s41_what_was_said_before_stays_in_the_history(offer, ann, bobs, moved):
    moved(21)
    with clock.at(june(10, 11)):
        page = text_of(bobs.get(f"/people/{ann.pk}/"))

    assert "The last day of the offer was changed" in page
    assert "until the end of Sun 21 Jun, before: Sun 14 Jun" in page
    assert "until the end of Sun 14 Jun" in page.replace("before: Sun 14 Jun", "")


@pytest.mark.parametrize(("token", "day"), [("d", 21), ("e", 21)])
def test_s41_to_say_the_same_day_twice_says_it_once(token, day, ann, moved):
    moved(21)
    page = moved(day, token=token)

    assert "nothing was added" in text_of(page)
    assert [one.kind for one in ann.facts.all()].count("LastDayMoved") == 1


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("", "Choose the last day."),
        ("soon", "Choose a day, such as 2026-12-06."),
        ("2026-06-09", "That day is over."),
        ("2028-01-01", "That is more than a year ahead"),
    ],
)
def test_s41_a_day_that_cannot_be_is_said(last, said, offer, bobs):
    with clock.at(june(10)):
        page = bobs.post(f"/offers/{offer.pk}/day/", {"token": "d", "last": last})

    assert page.status_code == 422
    assert said in text_of(page)


@pytest.mark.parametrize("say", ["yes", "no", "ended"])
def test_s41_what_was_answered_or_ended_keeps_its_day(say, offer, ann, bob, moved):
    if say == "ended":
        offers.end(offer, by=bob, source="end", at=june(9, 12))
    else:
        pressed(browser(), offer, june(9, 12), say=say)

    page = moved(21)

    assert "its day stays" in text_of(page)
    assert "Change its last day" not in text_of(page)
    assert (offer.wall.day, told_from(ann)) == (14, [])


def test_s41_the_day_of_somebody_who_was_joined_is_changed_where_they_are_now(
    workspace, bob, bobs, ann
):
    other = party_named("Anne", workspace, owner=bob)
    quiet(other, june(8))
    offer = made(bob, other)
    merge(other, into=ann, by=bob, at=june(10))
    with clock.at(june(10)):
        bobs.post(f"/offers/{offer.pk}/day/", {"token": "d", "last": "2026-06-18"})

    assert told_from(ann) == [june(17, 9)]
    offer.refresh_from_db()
    assert offer.wall.day == 18


def test_s41_an_early_end_is_no_day_of_it(offer, ann):
    hear(ann, OfferEnded(at=june(10), matter=offer.matter, offer=offer.fact))

    assert told_from(ann) == []
