"""The deals, and all else that is open: sums for each lane, the head of each, and page after page.

In plain SQL, lane by lane, so that each walks its index: Django cannot write it so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection

from followthrough.core.matter import PRIVATE
from followthrough.core.stages import OTHER, RESTING
from followthrough.ledger.models import Matter, Stage, Workspace
from followthrough.ledger.place import Place
from followthrough.ledger.stages import stages_of
from followthrough.ledger.whole import marks_for, pick

# What a list is ordered by: the column, its direction, and the index that holds it so.
ORDERS = {
    "next": ("next_due", "", "matter_by_its_next_step"),
    "touch": ("touched_at", "", "matter_by_its_last_touch"),
    "money": ("value", "DESC", "matter_by_its_money"),
}
HIDDEN = f"{OTHER}{PRIVATE}"
FRESH = 30  # seconds for which sums are kept where nothing new was heard


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Which lanes, whose (0: everybody's), not touched since when, in which order."""

    lanes: tuple[str, ...] = ()
    owner: int = 0
    silent_since: datetime | None = None
    order: str = "next"

    @property
    def narrows(self) -> bool:
        return bool(self.owner or self.silent_since)


EVERYTHING = Looking()


class Line(NamedTuple):
    """What a list shows of one open thing. Not its rows: they cost three times as much to make."""

    id: int
    lane: str
    kind: str
    title: str
    value: int
    expected: date | None
    next_due: datetime | None
    touched_at: datetime | None
    opened_at: datetime
    owner_id: int | None
    party_id: int
    owner: str | None
    who: str
    our_word_at: datetime | None


COLUMNS = (
    "id", "lane", "kind", "title", "value", "expected", "next_due", "touched_at", "opened_at",
    "owner", "party", "owner.name", "party.name", "party.our_word_at",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sum:
    count: int = 0
    money: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(count=self.count + other.count, money=self.money + other.money)


@dataclass(frozen=True, kw_only=True)
class Lane:
    """`keys` are the names under which its deals stand in the books."""

    key: str
    stage: Stage | None
    keys: tuple[str, ...]
    sum: Sum


def lanes_of(workspace: Workspace, sums: dict[str, Sum]) -> list[Lane]:
    """A lane for each stage, then one for what rests. A deal at a stage that is gone stands in the
    first, so that none is lost from sight."""
    stages = stages_of(workspace)
    known = {stage.key for stage in stages} | {RESTING}
    strays = tuple(key for key in sums if key not in known and not key.startswith(OTHER))
    lanes = []
    for stage in stages:
        keys = (stage.key, *(strays if stage is stages[0] else ()))
        lanes.append(Lane(key=stage.key, stage=stage, keys=keys, sum=_added(sums, keys)))
    return [*lanes, Lane(key=RESTING, stage=None, keys=(RESTING,), sum=_added(sums, (RESTING,)))]


def _added(sums: dict[str, Sum], keys: Iterable[str]) -> Sum:
    return sum((sums.get(key, Sum()) for key in keys), Sum())


def sums_of(workspace: Workspace, looking: Looking = EVERYTHING) -> dict[str, Sum]:
    """How many are open in each lane, and their worth. Asked anew when anything happened."""
    newest = _newest_fact()
    silent = looking.silent_since
    name = f"deals:{workspace.pk}:{newest}:{looking.owner}:{silent and silent.timestamp()}"
    known: dict[str, Sum] | None = cache.get(name)
    if known is None:
        known = _narrow_sums(workspace, looking) if looking.narrows else _sums(workspace)
        cache.set(name, known, FRESH)
    return known


def _newest_fact() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM ledger_fact")
        newest: int | None = cursor.fetchone()[0]
    return newest


def _sums(workspace: Workspace) -> dict[str, Sum]:
    index = _index("matter_by_its_money")
    sql = (
        f"SELECT lane, COUNT(*), SUM(value) FROM ledger_matter {index}"  # noqa: S608 - no value
        " WHERE workspace_id = %s AND closed_at IS NULL GROUP BY lane"
    )
    return _added_up(sql, [workspace.pk])


def _narrow_sums(workspace: Workspace, looking: Looking) -> dict[str, Sum]:
    """Lane by lane, so that an index holds all that is asked."""
    lanes = list(sums_of(workspace))
    also, narrowing = _narrowed(looking)
    index = _index("matter_of_its_owner" if looking.owner else "matter_by_its_last_touch")
    one = (
        f"SELECT %s, COUNT(*), COALESCE(SUM(value), 0) FROM ledger_matter {index}"  # noqa: S608
        f" WHERE workspace_id = %s AND closed_at IS NULL AND lane = %s{also}"
    )
    values = [value for lane in lanes for value in (lane, workspace.pk, lane, *narrowing)]
    return _added_up(" UNION ALL ".join(one for _ in lanes), values) if lanes else {}


def _added_up(sql: str, values: list[Any]) -> dict[str, Sum]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchall()
    # What somebody promised in private is theirs alone: in no list, and in no count.
    return {lane: Sum(count=n, money=int(m)) for lane, n, m in found if lane != HIDDEN}


def heads(workspace: Workspace, lanes: Sequence[Lane], most: int) -> list[list[Line]]:
    """The first of each lane, by their next step."""
    keys = [key for lane in lanes for key in lane.keys if lane.sum.count]
    found = _walk(workspace, Looking(lanes=tuple(keys)), None, most)
    return [[row for row in found if row.lane in lane.keys][:most] for lane in lanes]


def page(workspace: Workspace, looking: Looking, after: Place | None, most: int) -> list[Line]:
    return _walk(workspace, looking, after, most)[:most]


def lines(ids: Sequence[int]) -> list[Line]:
    """In the order of these ids, which are the workspace's own."""
    rows = pick(Matter, COLUMNS, f"WHERE own.id IN ({marks_for(ids)})", ids) if ids else []
    found = {row[0]: Line(*row) for row in rows}
    return [found[pk] for pk in ids if pk in found]


def _walk(workspace: Workspace, looking: Looking, after: Place | None, most: int) -> list[Line]:
    """Up to so many of each lane, together in their order."""
    if not looking.lanes:
        return []
    column, way, index = ORDERS[looking.order]
    of_owner = looking.owner and looking.order == "next"
    also, narrowing = _narrowed(looking)
    beyond, place = _beyond(column, way, after)
    one = (
        f"SELECT * FROM (SELECT id, {column} AS place FROM ledger_matter"  # noqa: S608
        f" {_index('matter_of_its_owner' if of_owner else index)}"
        f" WHERE workspace_id = %s AND closed_at IS NULL AND lane = %s{also}{beyond}"
        f" ORDER BY {column} {way}, id LIMIT %s) AS head"
    )
    sql = " UNION ALL ".join(one for _ in looking.lanes)
    values = [
        value for lane in looking.lanes for value in (workspace.pk, lane, *narrowing, *place, most)
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({sql}) AS heads ORDER BY place {way}, id", values)  # noqa: S608
        return lines([pk for (pk,) in cursor.fetchall()])


def _narrowed(looking: Looking) -> tuple[str, list[Any]]:
    also, values = "", list[Any]()
    if looking.owner:
        also, values = " AND owner_id = %s", [looking.owner]
    if looking.silent_since:
        also += " AND touched_at < %s"
        values.append(connection.ops.adapt_datetimefield_value(looking.silent_since))
    return also, values


def _beyond(column: str, way: str, after: Place | None) -> tuple[str, list[Any]]:
    if after is None:
        return "", []
    value, pk = after
    if isinstance(value, datetime):
        value = connection.ops.adapt_datetimefield_value(value.astimezone(UTC))
    past = "<" if way else ">"
    return f" AND {column} {past}= %s AND ({column} {past} %s OR id > %s)", [value, value, pk]


def _index(name: str) -> str:
    """Before its first ANALYZE SQLite would take another index, and sort all that is open."""
    return f"INDEXED BY {name}" if connection.vendor == "sqlite" else ""


def place_of(line: Line, order: str) -> Place:
    return getattr(line, ORDERS[order][0]), line.id
