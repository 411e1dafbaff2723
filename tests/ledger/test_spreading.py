"""A long list is spread over working days; what others wait for never is."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from followthrough.core.facts import Listed, PutOff, TheyWrote
from followthrough.ledger import spreading
from followthrough.ledger.models import FollowUp
from followthrough.ledger.parties import Known, find_or_add_many
from followthrough.ledger.record import Heard, Way, record, record_many
from followthrough.ledger.sweep import sweep

FRIDAY = datetime(2026, 3, 6, 10, tzinfo=UTC)


@pytest.fixture
def listed(bob):
    """45 people from a list, brought in on a Friday."""
    known = [Known(name=f"Ann {n}", emails=(f"ann{n}@customer.test",)) for n in range(45)]
    parties = find_or_add_many(bob.workspace, known, owner=bob, at=FRIDAY)
    heard = [
        Heard(party=party, source=f"row:{n}", facts=[Listed(at=FRIDAY)])
        for n, party in enumerate(parties)
    ]
    record_many(heard, at=FRIDAY, way=parked(bob))
    return parties


def parked(bob):
    def park(writes):
        spreading.park([row for row, _ in writes.opened], bob.workspace, at=FRIDAY)

    return Way(before=park)


def days():
    shown = FollowUp.objects.filter(settled_at=None).values_list("show_at", flat=True)
    return dict(sorted(Counter(f"{at:%a}" for at in shown).items()))


def test_twenty_a_working_day_and_due_stays(listed, bob):
    before = set(FollowUp.objects.values_list("due", flat=True))

    spread = spreading.spread(bob.workspace, at=FRIDAY)

    assert (spread, days()) == (45, {"Fri": 20, "Mon": 20, "Tue": 5})
    assert set(FollowUp.objects.values_list("due", flat=True)) == before


def test_deciding_anew_leaves_the_days_alone(listed, bob):
    spreading.spread(bob.workspace, at=FRIDAY)

    wrong = sweep(bob.workspace, at=FRIDAY + timedelta(hours=1))

    assert (wrong, days()) == (0, {"Fri": 20, "Mon": 20, "Tue": 5})


def test_another_list_on_the_same_day_does_not_fill_it_twice(listed, bob):
    spreading.spread(bob.workspace, at=FRIDAY)
    [sid] = find_or_add_many(
        bob.workspace, [Known(emails=("sid@other.test",))], owner=bob, at=FRIDAY
    )
    heard = [Heard(party=sid, source="row:sid", facts=[Listed(at=FRIDAY)])]
    record_many(heard, at=FRIDAY, way=parked(bob))

    spreading.spread(bob.workspace, at=FRIDAY)

    assert days() == {"Fri": 20, "Mon": 20, "Tue": 6}


def test_whoever_writes_is_answered_now(listed, bob):
    spreading.spread(bob.workspace, at=FRIDAY)

    record(listed[-1], TheyWrote(at=FRIDAY), source="mail:1", at=FRIDAY)

    followup = FollowUp.objects.get(party=listed[-1], settled_at=None)
    assert (followup.rule, followup.show_at) == ("answer_them", FRIDAY)


def test_a_day_that_somebody_chose_stays(listed, bob):
    spreading.spread(bob.workspace, at=FRIDAY)
    followup = FollowUp.objects.get(party=listed[0])
    chosen = FRIDAY + timedelta(days=30)
    record(
        listed[0], PutOff(at=FRIDAY, what=followup.key, until=chosen), source="hand:1", at=FRIDAY
    )

    spreading.spread(bob.workspace, at=FRIDAY)

    followup.refresh_from_db()
    assert followup.show_at == chosen
