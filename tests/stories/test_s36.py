"""S36: Reminders that reach the person, repeated until acted on, and not lost in an outage."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from tests.ledger.scene import DAY, HOUR
from tests.web.desk import first_owed, hear
from tests.worker.ticking import bells, mails, see_all, told, turn

from followthrough.core.facts import Opened, Planned, WeCalled
from followthrough.ledger.models import Notice
from followthrough.ledger.reminding import CHOSEN, STILL_OPEN

TUESDAY = datetime(2026, 3, 3, tzinfo=UTC)
NINE, ELEVEN, FIVE = TUESDAY + 9 * HOUR, TUESDAY + 11 * HOUR, TUESDAY + 17 * HOUR
HALF_PAST_NINE = NINE + HOUR / 2
SECONDS = timedelta(seconds=10)


@pytest.fixture
def due_at_nine(ann, bob):
    """On Monday Bob chose Tuesday, nine o'clock, and half past nine for Pat's."""
    monday = TUESDAY - DAY + 10 * HOUR
    common = {"at": monday, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), Planned(due=NINE, **common))
    turn(monday + HOUR)
    mail.outbox.clear()
    return ann


@pytest.fixture
def due_half_past(ann, bob):
    monday = TUESDAY - DAY + 10 * HOUR
    common = {"at": monday, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), Planned(due=HALF_PAST_NINE, **common))
    turn(monday + HOUR)
    mail.outbox.clear()
    return ann


def test_s36_due_at_nine_it_rings_at_nine_and_again_at_eleven(due_at_nine, bob):
    turn(NINE - SECONDS)
    assert bells(bob, NINE - SECONDS) == []

    turn(NINE)
    assert bells(bob, NINE) == [(CHOSEN, NINE)]
    see_all(bob, NINE + HOUR)
    turn(ELEVEN - SECONDS)
    assert bells(bob, ELEVEN - SECONDS) == []

    turn(ELEVEN + HOUR / 30)
    assert bells(bob, ELEVEN + HOUR / 30) == [(CHOSEN, NINE)]


def test_s36_what_was_done_in_between_stays_silent(due_at_nine, bob):
    turn(NINE)
    row = first_owed(due_at_nine)
    hear(due_at_nine, WeCalled(at=NINE + HOUR, matter="sign", by=str(bob.pk), did=row.key))

    turn(ELEVEN + HOUR / 30)

    assert bells(bob, ELEVEN + HOUR / 30) == []
    assert told(bob) == [(CHOSEN, NINE)]


def test_s36_open_in_the_evening_it_stands_in_the_morning_mail_marked_late(due_at_nine, bob):
    turn(FIVE)
    mail.outbox.clear()

    turn(NINE + DAY)

    [morning] = [one for one in mail.outbox if one.to == [bob.user.email]]
    assert morning.subject == "Wednesday: 1 person, about 5 minutes"
    assert "1. Ann" in morning.body
    assert "24 hours late" in morning.body


def test_s36_still_open_it_goes_to_another_way_and_then_to_another_person(due_half_past, bob, mia):
    half_past_eleven = HALF_PAST_NINE + 2 * HOUR
    for at in (NINE, HALF_PAST_NINE, half_past_eleven + HOUR / 30):
        turn(at)
    assert ("bob", f"Ann: {CHOSEN}") in mails()
    assert bells(mia, half_past_eleven + HOUR) == []

    turn(half_past_eleven + DAY + HOUR / 10)

    assert [what for what, _ in bells(mia, half_past_eleven + DAY + HOUR / 10)] == [STILL_OPEN]


def test_s36_the_server_was_down_from_eight_to_twelve_and_nothing_is_lost(due_at_nine, bob):
    turn(TUESDAY + 8 * HOUR)

    back = TUESDAY + 12 * HOUR + HOUR / 60
    turn(back)

    assert told(bob) == [(CHOSEN, back)]
    assert [subject for who, subject in mails() if who == "bob"] == [
        "Tuesday: 1 person, about 5 minutes"
    ]
    [notice] = Notice.objects.filter(member=bob, way="page", sent_at__isnull=False)
    assert notice.at == NINE
