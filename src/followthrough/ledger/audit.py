"""The audit: plain SQL over the tables, never `decide` again, so that it can contradict it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from followthrough.ledger.models import Checked, Matter, Workspace

BOUND = timedelta(days=180)

# Covered: an unsettled follow-up, due within the bound, and an active member behind it.
UNCOVERED = """
SELECT m.id FROM ledger_matter m
 WHERE m.workspace_id = %s AND m.closed_at IS NULL
   AND NOT EXISTS (
       SELECT 1 FROM ledger_followup f JOIN ledger_member w ON w.id = f.member_id
        WHERE f.workspace_id = m.workspace_id AND f.matter_id = m.id
          AND f.settled_at IS NULL AND f.due <= %s AND w.active)
"""
# Closed, and no fact in the books says so.
CLOSED_BY_NOBODY = """
SELECT m.id FROM ledger_matter m
 WHERE m.workspace_id = %s AND m.closed_at IS NOT NULL AND m.outcome <> 'joined'
   AND NOT EXISTS (
       SELECT 1 FROM ledger_fact c
        WHERE c.workspace_id = m.workspace_id AND c.kind = 'Closed' AND c.matter = m.key
          AND c.at = m.closed_at)
"""
# They came to us, it was not taken back, and nothing was ever opened for it.
CAME_TO_NOTHING = """
SELECT DISTINCT f.party_id FROM ledger_fact f JOIN ledger_party p ON p.id = f.party_id
 WHERE f.workspace_id = %s AND f.kind IN ('TheyEnquired', 'TheyWrote', 'TheyCalled', 'Opened')
   AND NOT EXISTS (
       SELECT 1 FROM ledger_matter m
        WHERE m.workspace_id = f.workspace_id
          AND m.party_id IN (f.party_id, COALESCE(p.merged_into_id, f.party_id)))
   AND NOT EXISTS (
       SELECT 1 FROM ledger_fact r
        WHERE r.workspace_id = f.workspace_id AND r.kind = 'Retracted' AND r.party_id = f.party_id)
   AND p.merged_into_id IS NULL
"""
OPEN = "SELECT count(*) FROM ledger_matter WHERE workspace_id = %s AND closed_at IS NULL"


@dataclass(frozen=True, kw_only=True)
class Audit:
    """`matters` and `parties` are the ids of what would have been dropped."""

    at: datetime
    open: int
    matters: tuple[int, ...]
    parties: tuple[int, ...]

    @property
    def uncovered(self) -> int:
        return len(self.matters) + len(self.parties)

    def __str__(self) -> str:
        return f"{self.open} open, {self.uncovered} uncovered, checked {self.at:%H:%M}"


def audit(workspace: Workspace, *, at: datetime) -> Audit:
    pk = workspace.pk
    matters = _ids(UNCOVERED, [pk, _stored(at + BOUND)]) + _ids(CLOSED_BY_NOBODY, [pk])
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [pk])
        [[still_open]] = cursor.fetchall()
    return Audit(
        at=at, open=still_open, matters=tuple(matters), parties=tuple(_ids(CAME_TO_NOTHING, [pk]))
    )


def check(workspace: Workspace, *, at: datetime) -> Audit:
    """Audit, and keep the result for the health page."""
    found = audit(workspace, at=at)
    Checked.objects.create(workspace=workspace, at=at, open=found.open, uncovered=found.uncovered)
    return found


def uncovered_matters(found: Audit, workspace: Workspace) -> list[Matter]:
    rows = Matter.objects.filter(workspace=workspace, pk__in=found.matters)
    return list(rows.select_related("party", "owner").order_by("opened_at"))


def _ids(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _stored(instant: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(instant)
