"""A step that tells of the last day of an offer: counted back from it, and only while it stands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.cast import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, berlin, nine, terms

from followthrough.core.decide import decide
from followthrough.core.enrolments import enrolment
from followthrough.core.facts import (
    Enrolled,
    LastDayMoved,
    Offered,
    OfferEnded,
    Opened,
    OptedOut,
    TheyDeclined,
    TheyTookIt,
    WeCalled,
    WeWrote,
)
from followthrough.core.history import History
from followthrough.core.plans import BEFORE_END, Plan, Step

END = berlin(2026, 6, 15)  # Sunday at midnight
WEEK = timedelta(days=7)
LAST = "last_day_of_the_offer"
PLAN = Plan(
    key="p", sequence="s", name="Offers",
    steps=(
        Step(how="call", wait=0),
        Step(how="email", wait=2, unit=BEFORE_END, alone=True, words="It ends soon"),
        Step(how="call", wait=1),
    ),
)  # fmt: skip
ON = {"matter": "m"}
OPENED = Opened(at=MONDAY, kind="deal", **ON)
BEGUN = Enrolled(at=MONDAY, plan="p", name="e", **ON)
OFFER = Offered(at=MONDAY, until=END, zone="Europe/Berlin", name="offer", **ON)
CALLED = WeCalled(at=TUESDAY, outcome="no_answer", did="ask_again/m/e:0", **ON)
TOLD = WeWrote(at=nine(THURSDAY), did="ask_again/m/e:1", **ON)


def there(*happened, plan=PLAN):
    history = History.of("ann", happened)
    return history, terms(plans={plan.key: plan}, reaches=frozenset({"call", "email"}))


def step(*happened, **given):
    return next(
        (one for one in decide(*there(*happened, **given)) if one.rule == "ask_again"), None
    )


def stands(*happened):
    history, told = there(*happened)
    one = enrolment(history, history.matters["m"], told)
    return one.state, one.why


def test_it_leaves_so_many_working_days_before_the_last_day_whatever_came_before():
    one = step(OPENED, BEGUN, OFFER, CALLED)

    assert (one.due, one.how, one.alone, one.count) == (nine(THURSDAY), "email", True, 2)


def test_its_day_is_counted_where_they_are():
    tokyo = replace(OFFER, zone="Asia/Tokyo", until=berlin(2026, 6, 14, 17))

    assert step(OPENED, BEGUN, tokyo, CALLED).due == nine(THURSDAY)


def test_where_the_plan_comes_there_later_it_is_told_at_once():
    late = replace(CALLED, at=FRIDAY)

    assert step(OPENED, BEGUN, OFFER, late).due == FRIDAY


def test_where_no_offer_stands_it_waits_for_one_and_nothing_is_dropped():
    assert stands(OPENED, BEGUN, CALLED) == ("waiting", "no_offer")
    assert decide(*there(OPENED, BEGUN, CALLED)) != []

    assert stands(OPENED, BEGUN, CALLED, replace(OFFER, at=WEDNESDAY)) == ("active", "")


def test_an_offer_that_had_ended_before_is_none():
    after = replace(CALLED, at=END + timedelta(hours=9))

    assert stands(OPENED, BEGUN, OFFER, after) == ("waiting", "no_offer")


@pytest.mark.parametrize(
    "over",
    [
        TheyTookIt(at=WEDNESDAY, offer="offer", **ON),
        TheyDeclined(at=WEDNESDAY, offer="offer", **ON),
        OptedOut(at=WEDNESDAY),
        OptedOut(at=WEDNESDAY, channels=("email",)),
        OfferEnded(at=WEDNESDAY, offer="offer", **ON),
    ],
    ids=["took it", "said no", "asked to stop", "refused mail", "ended by hand"],
)
def test_nobody_is_told_who_has_answered_or_has_none(over):
    assert step(OPENED, BEGUN, OFFER, CALLED, over) is None


def test_another_last_day_moves_it():
    later = LastDayMoved(
        at=WEDNESDAY, offer="offer", until=END + WEEK, zone="Europe/Berlin", **ON
    )  # fmt: skip

    assert step(OPENED, BEGUN, OFFER, CALLED, later).due == nine(THURSDAY + WEEK)


def test_of_two_offers_it_tells_of_the_one_that_ends_first():
    longer = replace(OFFER, until=END + WEEK, name="longer")

    assert step(OPENED, BEGUN, longer, OFFER, CALLED).due == nine(THURSDAY)


def test_once_it_was_told_the_plan_goes_on_below():
    assert step(OPENED, BEGUN, OFFER, CALLED, TOLD).count == 3


@pytest.mark.parametrize("happened", [(CALLED,), (CALLED, TOLD)], ids=["it comes", "it was told"])
def test_nobody_is_asked_to_tell_them_what_the_plan_tells(happened):
    rules = [one.rule for one in decide(*there(OPENED, BEGUN, OFFER, *happened))]

    assert LAST not in rules


def test_of_an_offer_that_is_made_longer_afterwards_a_person_tells():
    later = LastDayMoved(at=FRIDAY, offer="offer", until=END + WEEK, zone="Europe/Berlin", **ON)

    [one] = [
        one for one in decide(*there(OPENED, BEGUN, OFFER, CALLED, TOLD, later)) if one.rule == LAST
    ]
    assert one.start == nine(FRIDAY + WEEK)


def test_manners_hold_it_like_any_other():
    often = [
        WeWrote(at=day, matter="van", name=f"often-{n}")
        for n, day in enumerate((TUESDAY, WEDNESDAY))
    ]
    one = step(OPENED, BEGUN, OFFER, replace(CALLED, at=MONDAY), *often)

    assert str(one.held) == "Held: that would be too much in 7 days"
    assert one.due > nine(THURSDAY)
