"""S91: Call when you say you are going to call: a bell before, and no silence after."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from tests.ledger.scene import DAY, HOUR
from tests.web.desk import hear
from tests.worker.ticking import bells, mails, turn

from followthrough.core.facts import Opened, WeCalled, WePromised

TWO = datetime(2026, 3, 3, 14, tzinfo=UTC)  # a Tuesday
MINUTE = timedelta(minutes=1)


@pytest.fixture
def promised(ann, bob):
    common = {"at": TWO - DAY, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), WePromised(due=TWO, how="call", **common))
    turn(TWO - 2 * HOUR)
    mail.outbox.clear()
    return ann


def test_s91_ten_minutes_before_it_rings_and_is_mailed(promised, bob):
    turn(TWO - 11 * MINUTE)
    assert (bells(bob, TWO - 11 * MINUTE), mails()) == ([], [])

    turn(TWO - 10 * MINUTE)

    assert bells(bob, TWO - 10 * MINUTE) == [("You promised to call", TWO - 10 * MINUTE)]
    assert mails() == [("bob", "Ann: You promised to call")]


def test_s91_a_quarter_of_an_hour_after_it_says_late_call_or_tell_them(promised, bob):
    turn(TWO - 10 * MINUTE)
    mail.outbox.clear()

    turn(TWO + 15 * MINUTE)

    late = ("Late: call, or tell them", TWO + 15 * MINUTE)
    assert late in bells(bob, TWO + 15 * MINUTE)
    assert mails() == [("bob", "Ann: Late: call, or tell them")]


def test_s91_whoever_called_in_time_hears_nothing_more(promised, bob):
    turn(TWO - 10 * MINUTE)
    hear(promised, WeCalled(at=TWO, matter="sign", by=str(bob.pk)))
    mail.outbox.clear()

    for minutes in (15, 16, 140):
        turn(TWO + minutes * MINUTE)

    assert (bells(bob, TWO + 3 * HOUR), mails()) == ([], [])


def test_s91_still_late_the_manager_is_told_on_the_next_working_day(promised, bob, mia):
    for at in (TWO - 10 * MINUTE, TWO + 15 * MINUTE, TWO + 2.3 * HOUR):
        turn(at)
    assert bells(mia, TWO + 3 * HOUR) == []

    turn(TWO + DAY + 3 * HOUR)

    assert [what for what, _ in bells(mia, TWO + DAY + 3 * HOUR)] == [
        "Still open, after two reminders"
    ]
