"""S36 and S91 on a device: pushed, pushed again, then another way, then another person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from tests.ledger.scene import DAY, HOUR, party_named
from tests.web.desk import first_owed, hear
from tests.worker.push_service import Browser, Service
from tests.worker.ticking import bells, mails, told, turn

from followthrough.core.facts import Opened, Planned, WeCalled, WePromised
from followthrough.ledger.models import Alarm
from followthrough.ledger.reminding import CHOSEN, STILL_OPEN

TUESDAY = datetime(2026, 3, 3, tzinfo=UTC)
NINE, ELEVEN, TWO = (TUESDAY + n * HOUR for n in (9, 11, 14))
HALF_PAST_NINE = NINE + HOUR / 2
MINUTE = timedelta(minutes=1)
MONDAY_AT_TEN = TUESDAY - DAY + 10 * HOUR


@pytest.fixture
def service(settings):
    settings.WEB_INSIDE = "machine"
    started = Service()
    yield started
    started.close()


@pytest.fixture
def phone(service, bob):
    browser = Browser(service)
    browser.says_yes(bob, TUESDAY - 9 * DAY)
    return browser


def plan(party, bob, due):
    common = {"at": MONDAY_AT_TEN, "matter": "sign", "by": str(bob.pk)}
    hear(party, Opened(**common), Planned(due=due, **common))
    turn(MONDAY_AT_TEN + HOUR)
    mail.outbox.clear()


def test_s36_due_at_nine_it_is_pushed_at_nine_and_still_open_at_eleven_again(ann, bob, phone):
    plan(ann, bob, NINE)

    for at in (NINE - MINUTE, NINE, NINE + HOUR, ELEVEN, ELEVEN + HOUR):
        turn(at)

    assert told(bob, "push") == [(CHOSEN, NINE), (CHOSEN, ELEVEN)]
    assert {title for title, _ in phone.shows()} == {"Ann"}
    assert len({one["tag"] for one in phone.read()}) == 1  # the second takes the first one's place


def test_s36_what_was_done_in_between_is_not_pushed_again(ann, bob, phone):
    plan(ann, bob, NINE)
    turn(NINE)
    did = first_owed(ann).key
    hear(ann, WeCalled(at=NINE + HOUR, matter="sign", by=str(bob.pk), did=did))

    turn(ELEVEN + MINUTE)

    assert len(phone.shows()) == 1


def test_s36_pushed_twice_in_vain_it_is_mailed_and_then_the_manager_is_told(ann, bob, mia, phone):
    plan(ann, bob, HALF_PAST_NINE)
    by_mail = ("bob", f"Ann: {CHOSEN}")

    for hours in (0, 2):
        turn(HALF_PAST_NINE + hours * HOUR + MINUTE)
    assert len(phone.shows()) == 2
    assert by_mail not in mails()

    turn(HALF_PAST_NINE + 4 * HOUR + 3 * MINUTE)
    assert by_mail in mails()
    assert bells(mia, HALF_PAST_NINE + 5 * HOUR) == []

    next_day = HALF_PAST_NINE + DAY + 2 * HOUR + 5 * MINUTE
    turn(next_day)
    assert [what for what, _ in bells(mia, next_day)] == [STILL_OPEN]


def test_s36_after_three_hours_of_outage_nothing_is_lost_and_nothing_bursts(bob, mia, phone):
    """On the page one line, on the phone one notice, and one mail: each with what was late."""
    for n in range(14):
        due = TWO + n * 11 * MINUTE + 10 * MINUTE
        common = {"at": MONDAY_AT_TEN, "matter": "sign", "by": str(bob.pk)}
        party = party_named(f"Ann{n}", bob.workspace, owner=bob)
        hear(party, Opened(**common), WePromised(due=due, how="call", **common))
    turn(TWO - MINUTE)
    mail.outbox.clear()

    back = TWO + 3 * HOUR + 10 * MINUTE
    turn(back)

    said = "14 reminders were late by up to 3 h 10 min"
    [late] = Alarm.objects.filter(member=bob, followup=None)
    [shown] = phone.shows()
    [letter] = [one for one in mail.outbox if one.to == [bob.user.email]]
    assert late.what == said
    assert said in shown[1]
    assert said in letter.body
    assert len(told(bob, "push")) == 14  # each is now late, which is told in its place


def test_s91_ten_minutes_before_a_promised_call_and_once_it_is_late(ann, bob, phone):
    common = {"at": TWO - DAY, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), WePromised(due=TWO, how="call", **common))
    turn(TWO - 2 * HOUR)

    for minutes in (-11, -10, 14, 15):
        turn(TWO + minutes * MINUTE)

    assert phone.shows() == [
        ("Ann", "You promised to call"),
        ("Ann", "Late: call, or tell them · Say sorry and put it right"),
    ]
    ten_before, quarter_past = TWO - 10 * MINUTE, TWO + 15 * MINUTE
    assert [at for _, at in told(bob, "push")] == [ten_before, quarter_past]
