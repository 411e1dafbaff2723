"""S13: Never drop the ball: forced by SQL, it appears, and the manager is told at once."""

from django.db import connection
from tests.ledger.scene import DAY, MONDAY

from followthrough.core.facts import TheyEnquired
from followthrough.ledger import alarms, queries
from followthrough.ledger.audit import check
from followthrough.ledger.record import record
from followthrough.ledger.sweep import sweep


def test_s13_what_was_dropped_by_force_is_seen_told_and_put_right(ann, workspace, mia):
    now = MONDAY + DAY
    record(ann, TheyEnquired(at=MONDAY), source="form:1", at=MONDAY)
    assert check(workspace, at=MONDAY).uncovered == 0

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_alarm")
        cursor.execute("DELETE FROM ledger_followup")

    assert check(workspace, at=now).uncovered == 1
    assert [matter.party for matter in queries.uncovered(workspace, now)] == [ann]
    assert alarms.ring(workspace, at=now) == 1
    assert [alarm.member for alarm in alarms.unseen(mia, at=now)] == [mia]

    sweep(workspace, at=now)
    assert check(workspace, at=now).uncovered == 0
