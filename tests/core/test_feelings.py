"""Hurt people, people who beg, days that are asked for, and promises that they ask about first."""

from datetime import date

import pytest
from tests.core.cast import (
    DAY,
    HOUR,
    MINUTE,
    MONDAY,
    NEXT_MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    called,
    closed,
    enquired,
    history,
    opened,
    owed,
    promised,
    qualified,
    rang_in_vain,
    told,
    wrote,
)

from followthrough.core import facts
from followthrough.core.rule import BEGS, DATED, HOT, HURT

asked_for = told(facts.AskedForDays)
FAR, NEAR = date(2026, 11, 7), date(2026, 6, 13)


def rank(*happened):
    return next(one.rank for one in owed(*happened) if one.rule == "answer_them")


def alarms(*happened):
    """What the manager is told, and when."""
    return [(a.what, a.at) for one in owed(*happened) for a in one.alarms if a.to == "mia"]


def loose(kind, at, **more):
    """Told without saying which matter it is about."""
    return kind(at=at, **more)


# --- the order --------------------------------------------------------------------------------


def test_each_step_outweighs_all_that_is_below_it():
    rich = opened(MONDAY, value=10**14, chance=100)
    days = asked_for(TUESDAY, dates=(FAR,))
    steps = [
        rank(rich, enquired(MONDAY)),
        rank(rich, enquired(MONDAY), qualified(MONDAY)),
        rank(enquired(TUESDAY), days),
        rank(wrote(MONDAY, begging=True)),
        rank(wrote(MONDAY, upset=True)),
    ]

    assert steps == sorted(steps)
    assert len(set(steps)) == len(steps)
    assert rank(rich, wrote(MONDAY, begging=True), qualified(MONDAY)) < HURT
    assert rank(rich, enquired(TUESDAY), qualified(MONDAY), days) < BEGS
    assert HOT < DATED


# --- begging ------------------------------------------------------------------------------------


def test_the_word_that_begs_is_shown_and_not_the_first():
    [one] = owed(enquired(MONDAY), wrote(TUESDAY, begging=True, shows=(0, 4)))

    assert (one.tag, one.because[0], one.shows[0]) == ("begging", "0", "1")


def test_hurt_weighs_more_than_begging():
    [one] = owed(wrote(MONDAY, begging=True), wrote(TUESDAY, upset=True))

    assert one.tag == "upset"


def test_an_answer_ends_the_begging():
    assert {one.tag for one in owed(wrote(MONDAY, begging=True), answered(TUESDAY))} == {""}


# --- upset --------------------------------------------------------------------------------------


def test_anger_makes_a_complaint_of_what_is_open_and_it_stays_one_when_it_is_answered():
    found = history(enquired(MONDAY), wrote(TUESDAY, upset=True), answered(WEDNESDAY))

    assert [matter.kind for matter in found.open_matters()] == ["complaint"]


def test_anger_after_the_end_opens_a_complaint_of_its_own():
    found = history(
        enquired(MONDAY), closed(TUESDAY, outcome="lost"),
        loose(facts.TheyWrote, WEDNESDAY, upset=True),
    )  # fmt: skip

    assert [matter.kind for matter in found.matters.values()] == ["enquiry", "complaint"]


def test_the_manager_is_told_at_once_and_again_when_nobody_answers():
    told = alarms(wrote(MONDAY, upset=True))

    assert ("Somebody is upset with us", MONDAY) in told
    assert ("Still no word from us", MONDAY + HOUR) in told


# --- days ---------------------------------------------------------------------------------------


def test_ten_days_before_the_first_the_manager_is_told():
    found = alarms(enquired(MONDAY), asked_for(MONDAY, dates=(FAR, date(2026, 11, 14))))

    [(_, at)] = [one for one in found if "day comes near" in one[0]]
    assert (at.date(), at.hour) == (date(2026, 10, 28), 8)  # nine in Berlin


def test_asked_within_these_days_it_is_near_at_once_and_the_limit_stays():
    happened = [enquired(MONDAY), asked_for(MONDAY, dates=(NEAR,))]

    assert ("Unanswered, and their day comes near", MONDAY) in alarms(*happened)
    assert owed(*happened)[0].due == TUESDAY


def test_trying_buys_no_time_beyond_that_day():
    week_before = asked_for(MONDAY, dates=(date(2026, 6, 20),))  # near from Wednesday on
    happened = [enquired(MONDAY), week_before, rang_in_vain(TUESDAY + 4 * HOUR)]

    assert owed(*happened)[0].due.date() == WEDNESDAY.date()


@pytest.mark.parametrize("dates", [(), (date(2020, 1, 1),), (date(1, 1, 1), date(9999, 12, 31))])
def test_days_that_nobody_can_keep_raise_nothing(dates):
    found = alarms(enquired(MONDAY), asked_for(MONDAY, dates=dates))

    assert [what for what, _ in found if "day" in what] == []


def test_days_beside_each_other_are_one_date():
    weekend = asked_for(MONDAY, dates=(date(2026, 11, 8), date(2026, 11, 7)))

    assert str(weekend) == "They named a day"
    assert str(asked_for(MONDAY, dates=(FAR, date(2026, 11, 14)))) == "They named 2 dates"


# --- they asked first -----------------------------------------------------------------------------


def test_a_word_without_a_thread_joins_the_promise_that_is_open():
    own = opened(MONDAY, kind="promise", matter="p")
    word = promised(MONDAY, due=NEXT_MONDAY, matter="p", name="word")
    found = history(own, word, loose(facts.TheyWrote, TUESDAY, thread="new", name="asks"))

    [matter] = found.open_matters()
    assert (matter.name, matter.kind, found.asked_first) == ("p", "enquiry", {"asks"})


def test_a_promise_that_was_kept_is_joined_by_nothing():
    own = opened(MONDAY, kind="promise", matter="p")
    word = promised(MONDAY, due=TUESDAY, how="call", matter="p", name="word")
    rang = called(TUESDAY, matter="p")
    found = history(own, word, rang, loose(facts.TheyWrote, THURSDAY))

    assert len(found.open_matters()) == 2
    assert found.asked_first == set()


def test_an_open_talk_goes_before_a_promise_beside_it():
    own = opened(MONDAY, kind="promise", matter="p")
    word = promised(MONDAY, due=NEXT_MONDAY, matter="p")
    talk = enquired(MONDAY + MINUTE)
    found = history(own, word, talk, loose(facts.TheyWrote, TUESDAY))

    assert [len(matter.waiting) for matter in found.open_matters()] == [0, 2]


# --- our last word --------------------------------------------------------------------------------


def test_our_last_word_is_one_that_reached_them():
    found = history(
        answered(MONDAY), rang_in_vain(TUESDAY), wrote(WEDNESDAY),
        facts.TheyCalled(at=WEDNESDAY + DAY, answered=False, matter="roof"),
    )  # fmt: skip

    assert found.our_word.at == MONDAY


def test_a_call_of_theirs_that_we_took_is_a_word_of_ours_too():
    assert history(facts.TheyCalled(at=MONDAY)).our_word.at == MONDAY


@pytest.mark.parametrize(
    ("fact", "way"),
    [
        (facts.WeWrote(at=MONDAY), "mail"), (facts.WeWrote(at=MONDAY, channel="sms"), "text"),
        (facts.WeCalled(at=MONDAY), "call"), (facts.TheyEnquired(at=MONDAY), "website"),
        (facts.Met(at=MONDAY), "meeting"), (facts.TheyVisited(at=MONDAY), "visit"),
        (facts.CardPosted(at=MONDAY), "card"), (facts.Noted(at=MONDAY), ""),
    ],
)  # fmt: skip
def test_each_contact_has_its_way_in_one_word(fact, way):
    assert fact.way == way
