"""Money at stake where somebody waits longer than we promised: what a manager wants to know."""

from datetime import UTC, datetime

from django.db import connection

from followthrough.core.followups import WAITING
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.whole import rows_with

SHOWN = 3
LARGEST = 300  # only among so many of the largest, so that the question stays small
AT_RISK = """WHERE own."id" IN (
SELECT * FROM (
    SELECT f.id
      FROM (SELECT id, value FROM ledger_matter {index}
             WHERE workspace_id = %s AND closed_at IS NULL AND value > 0
             ORDER BY value DESC, id LIMIT {largest}) m
      CROSS JOIN ledger_followup f
     WHERE f.workspace_id = %s AND f.matter_id = m.id AND f.settled_at IS NULL
       AND f.band = %s AND f.due < %s AND f.show_at < %s
     ORDER BY m.value DESC, m.id LIMIT %s) AS worst)
"""


def at_risk(member: Member, now: datetime, most: int = SHOWN + 1) -> list[FollowUp]:
    """Of the whole team, what is worth most first: they wait, and our answer is late."""
    index = "INDEXED BY matter_by_value" if connection.vendor == "sqlite" else ""
    moment = connection.ops.adapt_datetimefield_value(now.astimezone(UTC))
    rows = rows_with(
        FollowUp, ("party", "matter", "member"), AT_RISK.format(index=index, largest=LARGEST),
        [member.workspace_id, member.workspace_id, WAITING, moment, moment, most],
    )  # fmt: skip
    return sorted(rows, key=lambda row: (-row.matter.value, row.pk))
