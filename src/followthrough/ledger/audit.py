"""The audit: plain SQL over the tables, never `decide` again, so that it can contradict it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Min, Sum

from followthrough.core.matter import PRIVATE
from followthrough.ledger.models import Alarm, Checked, Matter, Member, Workspace
from followthrough.ledger.models.members import ADMINISTRATOR, MANAGER
from followthrough.ledger.whole import rows_of

BOUND = timedelta(days=180)

# Who speaks for whom, through every merge.
SPEAKERS = """
WITH RECURSIVE speaker (id, root) AS (
    SELECT id, id FROM ledger_party WHERE workspace_id = %s AND merged_into_id IS NULL
    UNION ALL
    SELECT p.id, s.root FROM ledger_party p JOIN speaker s ON p.merged_into_id = s.id)
"""
# Covered: an unsettled follow-up that still speaks, due within the bound, and an active member
# behind it, also where it leaves by itself.
UNCOVERED = f"""
SELECT m.id FROM ledger_matter m
 WHERE m.workspace_id = %s AND m.closed_at IS NULL AND m.kind <> '{PRIVATE}'
   AND NOT EXISTS (
       SELECT 1 FROM ledger_followup f
         JOIN ledger_member w ON w.id = COALESCE(f.member_id, f.sender_id)
        WHERE f.workspace_id = m.workspace_id AND f.matter_id = m.id
          AND f.settled_at IS NULL AND f.due <= %s AND (f.until IS NULL OR f.until > %s)
          AND w.active AND w.workspace_id = m.workspace_id)
"""  # noqa: S608
# Closed, and no fact in the books says so.
CLOSED_BY_NOBODY = f"""
{SPEAKERS}, ending (root, party_id, matter, at) AS MATERIALIZED (
    SELECT s.root, c.party_id, c.matter, c.at
      FROM ledger_fact c JOIN speaker s ON s.id = c.party_id
     WHERE c.workspace_id = %s AND c.kind = 'Closed'),
ordered (root, at) AS MATERIALIZED (
    SELECT s.root, o.at FROM ledger_fact o JOIN speaker s ON s.id = o.party_id
     WHERE o.workspace_id = %s AND o.kind = 'TheyOrdered')
SELECT m.id
  FROM ledger_matter m JOIN speaker s ON s.id = m.party_id
  LEFT JOIN ending c ON c.root = s.root AND c.at = m.closed_at
       AND (c.matter IN (m.key, '') OR CAST(c.party_id AS TEXT) || ':' || c.matter = m.key
            OR CAST(m.party_id AS TEXT) || ':' || m.key = c.matter)
 WHERE m.workspace_id = %s AND m.closed_at IS NOT NULL AND m.outcome <> 'joined'
   AND m.kind <> '{PRIVATE}' AND c.root IS NULL
   AND NOT (m.kind = 'cart' AND EXISTS (
       SELECT 1 FROM ordered o WHERE o.root = s.root AND o.at = m.closed_at))
"""  # noqa: S608 - no value is written into it
# They came to us, it was not taken back for good, and no matter was open for it. What stands
# beside the talk covers only what names it, or goes on in a thread of its own. Sets are joined,
# not asked for fact by fact: there may be a million.
CAME_TO_NOTHING = """
{speakers}, span (root, kind, opened_at, closed_at) AS MATERIALIZED (
    SELECT s.root, m.kind, m.opened_at, m.closed_at
      FROM ledger_matter m JOIN speaker s ON s.id = m.party_id
     WHERE m.workspace_id = %s AND m.outcome <> 'joined'),
lost (root, name) AS MATERIALIZED (
    SELECT s.root, f.name
      FROM ledger_fact f JOIN speaker s ON s.id = f.party_id
      LEFT JOIN span m ON m.root = s.root AND m.opened_at <= f.at
           AND (m.closed_at IS NULL OR m.closed_at >= f.at)
           AND (m.kind NOT IN ({aside}) OR f.kind = 'Opened' OR f.matter <> '' OR {thread} <> '')
     WHERE f.workspace_id = %s AND m.root IS NULL
       AND f.kind IN (
           'TheyEnquired', 'TheyWrote', 'TheyCalled', 'TheyVisited', 'TheyOrdered', 'TheyBooked',
           'Opened')),
gone (root, name, what) AS MATERIALIZED (
    SELECT s.root, r.name, {what}
      FROM ledger_fact r JOIN speaker s ON s.id = r.party_id
     WHERE r.workspace_id = %s AND r.kind = 'Retracted')
SELECT DISTINCT l.root FROM lost l
 WHERE NOT EXISTS (
       SELECT 1 FROM gone r
         LEFT JOIN gone u ON u.root = r.root AND u.what = r.name
        WHERE r.root = l.root AND r.what = l.name AND u.root IS NULL)
"""
ASIDE = f"'keep_in_touch', 'cart', 'promise', 'supply', 'team_commitment', '{PRIVATE}'"
SAYS = {"sqlite": "json_extract({}.own, '$.{}')", "postgresql": "({}.own ->> '{}')"}


def _came_to_nothing() -> str:
    spell = SAYS[connection.vendor].format
    return CAME_TO_NOTHING.format(
        speakers=SPEAKERS, aside=ASIDE, what=spell("r", "what"),
        thread=f"coalesce({spell('f', 'thread')}, '')",
    )  # fmt: skip


MUCH = 2_000  # open; so many are audited while somebody waits for the page


@dataclass(frozen=True, kw_only=True)
class Audit:
    """`matters` and `parties` are the ids of what would have been dropped; `money` their value."""

    at: datetime
    open: int
    matters: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()
    money: int = 0
    oldest: datetime | None = None

    @property
    def uncovered(self) -> int:
        return len(self.matters) + len(self.parties)

    def __str__(self) -> str:
        return f"{self.open} open, {self.uncovered} uncovered, checked {self.at:%H:%M}"


def audit(workspace: Workspace, *, at: datetime) -> Audit:
    pk = workspace.pk
    matters = _ids(UNCOVERED, [pk, _stored(at + BOUND), _stored(at)]) | _ids(
        CLOSED_BY_NOBODY, [pk, pk, pk, pk]
    )
    rows = Matter.objects.filter(pk__in=matters)
    at_stake = rows.aggregate(money=Sum("value"), oldest=Min("opened_at"))
    return Audit(
        at=at,
        open=_open(workspace),
        matters=tuple(sorted(matters)),
        parties=tuple(sorted(_ids(_came_to_nothing(), [pk, pk, pk, pk]))),
        money=at_stake["money"] or 0,
        oldest=at_stake["oldest"],
    )


def standing(workspace: Workspace, *, at: datetime) -> Audit:
    """For the page: an audit; but where very much is open, the last check of this day that found
    nobody dropped. `at` says when it was."""
    since = [_stored(at - timedelta(days=1))]
    newest = "AND at > %s ORDER BY at DESC LIMIT 1"
    for last in rows_of(Checked, {"workspace": [workspace.pk]}, newest, since):
        if last.open > MUCH and not last.uncovered:
            return Audit(at=last.at, open=last.open)
    return audit(workspace, at=at)


def _open(workspace: Workspace) -> int:
    """What is private is counted nowhere."""
    return Matter.objects.filter(workspace=workspace, closed_at=None).exclude(kind=PRIVATE).count()


def check(workspace: Workspace, *, at: datetime) -> Audit:
    """Audit, keep the result for the health page, and tell the managers what is uncovered."""
    found = audit(workspace, at=at)
    with transaction.atomic():
        Checked.objects.create(
            workspace=workspace,
            at=at,
            open=found.open,
            uncovered=found.uncovered,
            money=found.money,
        )
        if found.uncovered:
            _tell_managers(workspace, found)
    return found


def _tell_managers(workspace: Workspace, found: Audit) -> None:
    """Once while it stands unseen; again when the number is another."""
    what = f"{found.uncovered} uncovered: nobody would do this"
    told = Alarm.objects.filter(workspace=workspace, followup=None, what=what, seen_at=None)
    managers = Member.objects.filter(
        workspace=workspace, active=True, role__in=(MANAGER, ADMINISTRATOR)
    ).exclude(pk__in=told.values("member"))
    Alarm.objects.bulk_create(
        Alarm(workspace=workspace, member=manager, at=found.at, what=what) for manager in managers
    )


def uncovered_matters(found: Audit, workspace: Workspace) -> list[Matter]:
    if not found.matters:
        return []
    rows = Matter.objects.filter(workspace=workspace, pk__in=found.matters)
    return list(rows.select_related("party", "owner").order_by("opened_at"))


def _ids(sql: str, values: list[Any]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {row[0] for row in cursor.fetchall()}


def _stored(instant: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(instant)
