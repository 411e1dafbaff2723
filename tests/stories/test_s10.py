"""S10: A silence clock runs from every enquiry: first the owner is told, then the manager."""

from datetime import UTC, datetime

from tests.ledger.scene import DAY

from followthrough.core.facts import TheyEnquired, WeWrote
from followthrough.ledger import alarms
from followthrough.ledger.record import record

WEDNESDAY = datetime(2026, 5, 13, 9, tzinfo=UTC)  # 10:00 in London


def test_s10_silence_rings_for_the_owner_and_then_for_the_manager(ann, workspace, bob, mia):
    record(ann, TheyEnquired(at=WEDNESDAY), source="form:1", at=WEDNESDAY)
    rung = []

    for day in range(4):
        now = WEDNESDAY + day * DAY
        alarms.ring(workspace, at=now)
        rung.append([len(alarms.unseen(member, at=now)) for member in (bob, mia)])

    assert rung == [[0, 0], [1, 0], [1, 1], [1, 1]]


def test_s10_a_word_from_us_stops_the_clock(ann, workspace):
    record(ann, TheyEnquired(at=WEDNESDAY), source="form:1", at=WEDNESDAY)
    record(ann, WeWrote(at=WEDNESDAY + DAY / 24), source="mail:1", at=WEDNESDAY + DAY / 24)

    assert alarms.ring(workspace, at=WEDNESDAY + 9 * DAY) == 0
