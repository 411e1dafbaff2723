"""The next steps of what is open, as the lists of deals show them; and how many deals have none."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from followthrough.core.stages import OTHER
from followthrough.ledger.deals import Line
from followthrough.ledger.models import FollowUp, Workspace
from followthrough.ledger.whole import marks_for, pick


class Step(NamedTuple):
    """What a list shows of a next step."""

    matter_id: int
    rule: str
    how: str
    what: str
    due: datetime
    show_at: datetime
    member_id: int | None
    member: str | None


STEPS = (
    "matter", "rule", "how", "what", "due", "show_at", "member", "member.name",
)  # fmt: skip


def next_steps(lines: Iterable[Line]) -> dict[int, Step]:
    """The first next step of each, by the matter's id."""
    ids = [line.id for line in lines]
    rest = f"""WHERE own.matter_id IN ({marks_for(ids)}) AND own.settled_at IS NULL
 ORDER BY own.due, own.id"""
    found: dict[int, Step] = {}
    for row in pick(FollowUp, STEPS, rest, ids) if ids else ():
        found.setdefault(row[0], Step(*row))
    return found


def bare_deals(workspace: Workspace) -> int:
    """Open deals without a next step: counted from the follow-ups themselves, not from copies."""
    sql = """
SELECT COUNT(*) FROM ledger_matter m
 WHERE m.workspace_id = %s AND m.closed_at IS NULL AND m.lane NOT LIKE %s AND NOT EXISTS (
       SELECT 1 FROM ledger_followup f
        WHERE f.workspace_id = m.workspace_id AND f.matter_id = m.id AND f.settled_at IS NULL)
"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [workspace.pk, f"{OTHER}%"])
        return int(cursor.fetchone()[0])
