"""A row that has fallen silent covers nothing, whatever it says."""

from datetime import UTC, datetime, timedelta

from followthrough.core.facts import TheyWrote
from followthrough.ledger.audit import audit
from followthrough.ledger.models import FollowUp, Party
from followthrough.ledger.record import record

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_row_that_speaks_no_more_covers_nothing(workspace, bob):
    ann = Party.objects.create(workspace=workspace, name="Ann", owner=bob, created_at=MONDAY)
    record(ann, TheyWrote(at=MONDAY), source="mail:1", at=MONDAY)
    assert audit(workspace, at=MONDAY + 2 * HOUR).uncovered == 0

    FollowUp.objects.update(until=MONDAY + HOUR)

    assert audit(workspace, at=MONDAY + 2 * HOUR).uncovered == 1
