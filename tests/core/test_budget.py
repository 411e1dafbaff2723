"""On which day the last of many mails leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.cast import MONDAY

from followthrough.core.budget import Ahead, Budget, last_day
from followthrough.core.calendar import Calendar
from followthrough.core.plans import Step

CALENDAR = Calendar(zone="Europe/Berlin")
MAIL = Step(how="email", wait=0, alone=True)
MON = MONDAY.date()
DAY = timedelta(days=1)
TUE, WED, THU, FRI, NEXT = (MON + n * DAY for n in (1, 2, 3, 4, 7))


def budget(a_day=2, today=2, calendar=CALENDAR):
    return Budget(calendar=calendar, since=MON, today=today, a_day=a_day)


@pytest.mark.parametrize(
    ("people", "told", "last"),
    [
        (1, {}, MON), (2, {}, MON), (3, {}, TUE), (10, {}, FRI), (11, {}, NEXT),
        (1, {"today": 0}, TUE), (100, {"a_day": 100, "today": 100}, MON),
    ],
)  # fmt: skip
def test_so_many_a_day_on_working_days(people, told, last):
    assert last_day(budget(**told), [Ahead(MON, [MAIL])] * people) == last


def test_what_waits_already_goes_first_where_both_are_due():
    assert last_day(budget(), [Ahead(MON, [MAIL])], before=[MON] * 4) == WED
    assert last_day(budget(), [Ahead(MON, [MAIL])], before=[FRI] * 4) == MON


def after(wait, how="email", unit="business_days"):
    return Step(how=how, wait=wait, unit=unit, alone=how == "email")


@pytest.mark.parametrize(("people", "last"), [(2, WED), (4, THU), (5, FRI)])
def test_a_further_mail_counts_from_the_day_on_which_the_one_before_it_left(people, last):
    assert last_day(budget(), [Ahead(MON, [MAIL, after(2)])] * people) == last


def test_nobody_gets_two_on_one_day():
    assert last_day(budget(a_day=9, today=9), [Ahead(MON, [MAIL, MAIL])]) == TUE


def test_other_steps_take_their_time_and_nothing_of_the_budget():
    steps = [after(1, "call"), MAIL, after(1, "task"), after(1)]

    assert last_day(replace(budget(), weekly=9), [Ahead(TUE, steps)]) == THU


def test_two_contacts_in_seven_days_hold_the_third():
    steps = [MAIL, after(1), after(1)]

    assert last_day(budget(), [Ahead(MON, steps)]) == NEXT
    assert last_day(replace(budget(), weekly=9), [Ahead(MON, steps)]) == WED


def test_days_over_a_weekend_are_counted_as_days():
    assert last_day(budget(), [Ahead(FRI, [MAIL, after(3, unit="days")])]) == NEXT


def test_a_plan_of_calls_sends_nothing():
    assert last_day(budget(), [Ahead(MON, [Step(), Step(how="card")])]) is None


def test_a_closed_day_is_left_out():
    closed = Calendar(zone="Europe/Berlin", holidays=frozenset({TUE}))

    assert last_day(budget(calendar=closed), [Ahead(MON, [MAIL])] * 3) == WED


def test_nothing_of_ours_has_no_last_day():
    assert last_day(budget(), [], before=[MON]) is None


def test_five_thousand_people_and_three_mails_are_reckoned():
    """As many as an import brings at once: 15,000 mails at 400 a day are 38 working days."""
    rows = [Ahead(MON, [MAIL, after(1), after(1)])] * 5000

    last = last_day(budget(a_day=400, today=400), rows)

    assert CALENDAR.working_days_between(MONDAY, CALENDAR.day_end(last)) == 37
