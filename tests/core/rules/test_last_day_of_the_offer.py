"""The last day of an offer is brought to mind: on which day, and when not at all."""

from datetime import timedelta

import pytest
from tests.core.cast import (
    FRIDAY,
    MONDAY,
    NEXT_MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    berlin,
    by_rule,
    called,
    closed,
    nine,
    ordered,
    owed,
    told,
    wrote,
)

from followthrough.core.calendar import Calendar
from followthrough.core.facts import (
    LastDayMoved,
    NotNow,
    Offered,
    OfferEnded,
    OptedOut,
    PutOff,
    TheyDeclined,
    TheyOrdered,
    TheyTookIt,
    Waived,
    WeWrote,
)

RULE = "last_day_of_the_offer"
END = berlin(2026, 6, 15)  # Sunday at midnight
offer = told(Offered)
OFFER = offer(MONDAY, until=END, zone="Europe/Berlin", name="offer")
WEEK = timedelta(days=7)
SIX_DAYS = Calendar(zone="Europe/Berlin", days=frozenset({1, 2, 3, 4, 5, 6}))


def says(*happened, **given):
    return [(one.what, one.start, one.due) for one in by_rule(RULE, *happened, **given)]


def reminder(*happened, **given):
    return next((one for one in by_rule(RULE, *happened, **given) if one.until), None)


def test_a_team_that_rests_at_weekends_tells_them_on_friday():
    one = reminder(OFFER)

    assert (one.start, one.due, one.until) == (nine(FRIDAY), FRIDAY.replace(hour=17), END)
    assert (one.what, one.how) == ("Tell them that the offer ends soon", "email")


def test_where_saturday_is_open_to_them_it_is_saturday():
    assert reminder(OFFER, contact=SIX_DAYS).start == nine(FRIDAY + timedelta(days=1))


def test_a_holiday_before_the_end_is_no_day_for_it():
    closed_on_friday = Calendar(zone="Europe/Berlin", holidays=frozenset({FRIDAY.date()}))

    assert reminder(OFFER, contact=closed_on_friday).start == nine(THURSDAY)


def test_the_day_is_theirs():
    tokyo = offer(MONDAY, until=END, zone="Asia/Tokyo", name="offer")

    assert reminder(tokyo).start == nine(FRIDAY) - timedelta(hours=7)


@pytest.mark.parametrize(
    "over",
    [
        told(TheyTookIt)(TUESDAY, offer="offer"),
        told(TheyDeclined)(TUESDAY, offer="offer"),
        told(OfferEnded)(TUESDAY, offer="offer"),
        ordered(TUESDAY),
        closed(TUESDAY, outcome="lost"),
        OptedOut(at=TUESDAY),
        told(NotNow)(TUESDAY, until=NEXT_MONDAY),
        wrote(TUESDAY),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_it_is_silent_once_there_is_an_answer_or_they_wait(over):
    assert by_rule(RULE, OFFER, over) == []


def test_a_word_of_ours_on_that_day_tells_them():
    assert reminder(OFFER, called(FRIDAY)) is None
    assert reminder(OFFER, called(WEDNESDAY)).start == nine(FRIDAY)


def test_done_earlier_it_is_done():
    done = called(WEDNESDAY, did=f"{RULE}/roof/offer")

    assert reminder(OFFER, done) is None


def test_made_on_its_last_day_it_needs_no_reminder():
    today = offer(FRIDAY.replace(hour=18), until=END, zone="Europe/Berlin", name="offer")

    assert reminder(today) is None


def test_each_offer_has_its_own():
    other = offer(MONDAY, until=END - timedelta(days=3), zone="Europe/Berlin", name="other")
    taken = told(TheyTookIt)(TUESDAY, offer="other")

    assert [one.occasion for one in by_rule(RULE, OFFER, other) if one.until] == ["offer", "other"]
    # They wait for us now; what is still offered comes back with our answer.
    assert by_rule(RULE, OFFER, other, taken) == []
    answered = called(WEDNESDAY, did="answer_them/roof/x")
    assert [one.occasion for one in by_rule(RULE, OFFER, other, taken, answered)] == ["offer"]


def test_after_its_end_we_ask_where_nobody_spoke_with_them():
    asks = [one for one in says(OFFER) if one[0] == "Ask how it stands"]

    assert asks == [("Ask how it stands", END, nine(NEXT_MONDAY) + timedelta(days=1))]
    assert [
        one for one in by_rule(RULE, OFFER, called(TUESDAY, outcome="message")) if not one.until
    ] == []


def test_our_word_before_it_is_asked_after_only_when_it_is_over():
    quiet = [one for one in owed(OFFER, called(MONDAY)) if one.rule == "quiet_after_our_word"]

    assert [one.due for one in quiet if one.due < END] == []


def test_an_offer_in_a_zone_that_nobody_knows_drops_nothing():
    nowhere = offer(MONDAY, until=END, zone="Middle/Earth", name="offer")

    assert [one.occasion for one in by_rule(RULE, nowhere)] == ["offer:ended"]


def test_put_off_it_moves_and_let_go_it_is_gone():
    moved = PutOff(at=MONDAY, what=f"{RULE}/roof/offer", until=FRIDAY.replace(hour=16))
    let_go = Waived(at=MONDAY, what=f"{RULE}/roof/offer")

    assert [one.start for one in owed(OFFER, moved) if one.until] == [FRIDAY.replace(hour=16)]
    assert [one for one in owed(OFFER, let_go) if one.until] == []


def test_another_last_day_is_brought_to_mind_instead_also_where_they_were_told():
    told_then = told(WeWrote)(FRIDAY, did=f"{RULE}/roof/offer")
    later = told(LastDayMoved)(FRIDAY, offer="offer", until=END + WEEK, zone="Europe/Berlin")

    assert reminder(OFFER, told_then) is None
    one = reminder(OFFER, told_then, later)
    assert (one.start, one.until) == (nine(FRIDAY + WEEK), END + WEEK)
    assert one.evidence == ("offer",)


def test_a_day_of_another_offer_or_of_one_that_was_refused_changes_nothing():
    later = told(LastDayMoved)(THURSDAY, offer="offer", until=END + WEEK, zone="Europe/Berlin")
    other = told(LastDayMoved)(TUESDAY, offer="another", until=END + WEEK, zone="Europe/Berlin")

    assert reminder(OFFER, told(TheyDeclined)(TUESDAY, offer="offer"), later) is None
    assert reminder(OFFER, other) == reminder(OFFER)


def test_another_last_day_is_no_reason_to_remind_whoever_has_ordered():
    later = told(LastDayMoved)(THURSDAY, offer="offer", until=END + WEEK, zone="Europe/Berlin")

    assert reminder(OFFER, told(TheyOrdered)(TUESDAY), later) is None
