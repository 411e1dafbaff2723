"""What each of the team has past its day: facts for whoever manages, not a ranking."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from followthrough.ledger.hidden import NOT_PRIVATE
from followthrough.ledger.models import Member
from followthrough.ledger.today import COUNTED

# Private words are in nobody’s count. It stops at a hundred: by how much it is too much, nobody
# needs to know.
LATE = f"""
SELECT m.id, m.name, (SELECT COUNT(*) FROM (
       SELECT 1 FROM ledger_followup f
        WHERE f.workspace_id = m.workspace_id AND f.member_id = m.id AND f.settled_at IS NULL
          {NOT_PRIVATE} AND f.show_at < %s AND f.due < %s LIMIT %s) AS first) AS late
  FROM ledger_member m WHERE m.workspace_id = %s AND m.active ORDER BY m.name, m.id
"""  # noqa: S608 - no value is written into it


@dataclass(frozen=True, kw_only=True)
class Load:
    member_id: int
    name: str
    late: int


def late_by_member(member: Member, now: datetime) -> list[Load]:
    """Who has something past its day: oneself first, then by name."""
    moment = connection.ops.adapt_datetimefield_value(now.astimezone(UTC))
    with connection.cursor() as cursor:
        cursor.execute(LATE, [moment, moment, COUNTED + 1, member.workspace_id])
        rows = [Load(member_id=pk, name=name, late=late) for pk, name, late in cursor.fetchall()]
    return sorted((row for row in rows if row.late), key=lambda row: row.member_id != member.pk)
