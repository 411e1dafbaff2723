"""The order of the day as the index holds it: what is due, the head of each band, what follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from followthrough.core.followups import QUIET, WAITING, WARM, WORD
from followthrough.ledger.hidden import NOT_THEIRS
from followthrough.ledger.models import FollowUp
from followthrough.ledger.whole import marks_for, rows_with

BANDS = (WAITING, WORD, QUIET, WARM)
MANY = 200  # up to so many due we sort here; beyond, the index walks the order of the day


@dataclass(frozen=True, kw_only=True)
class Look:
    """At whose rows of which workspace, at what moment until the end of which day; `ways` are the
    channels asked for, () all of them."""

    workspace: int
    whose: tuple[int, ...]
    now: datetime
    until: datetime
    ways: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[Any, Any]:
        stored = connection.ops.adapt_datetimefield_value
        return stored(self.until.astimezone(UTC)), stored(self.now.astimezone(UTC))

    @property
    def not_theirs(self) -> tuple[str, list[int]]:
        """What of those for whom the first of `whose` stands in is left out."""
        return (NOT_THEIRS, [self.whose[0]]) if len(self.whose) > 1 else ("", [])


class Light(NamedTuple):
    """A few columns of a row that is due. Moments are as the database keeps them: they are only
    compared with each other. `speaks`: its successor does not yet, and its minute has come."""

    id: int
    band: int
    rank: int
    due: Any
    how: str
    blocks: bool
    since: Any
    digest: str
    shown: bool
    speaks: bool


LIGHT = """
SELECT id, band, rank, due, how, blocks, since, digest, show_at <= %s,
       (until IS NULL OR until > %s) AND (NOT exact OR show_at <= %s)
  FROM ledger_followup
 WHERE workspace_id = %s AND member_id IN ({marks}) AND settled_at IS NULL AND show_at < %s
       {private}
 ORDER BY show_at, id LIMIT %s
"""


def light(look: Look) -> list[Light]:
    """The first `MANY` that are due."""
    end, now = look.limits
    private, mine = look.not_theirs
    values = [now, now, now, look.workspace, *look.whose, end, *mine, MANY]
    with connection.cursor() as cursor:
        cursor.execute(LIGHT.format(marks=marks_for(look.whose), private=private), values)
        return [Light(*row) for row in cursor.fetchall()]


COUNT = """
SELECT COUNT(*) FROM (
    SELECT id FROM ledger_followup
     WHERE workspace_id = %s AND member_id IN ({marks}) AND settled_at IS NULL AND show_at < %s
       AND (until IS NULL OR until > %s) AND (NOT exact OR show_at <= %s) {private}
     LIMIT %s) AS due
"""


def how_many_due(look: Look, most: int) -> int:
    """How many speak by the end of the day; counting stops at `most`."""
    end, now = look.limits
    private, mine = look.not_theirs
    values = [look.workspace, *look.whose, end, now, now, *mine, most]
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(marks=marks_for(look.whose), private=private), values)
        return int(cursor.fetchone()[0])


def in_order(rows: Iterable[Light]) -> list[Light]:
    return sorted(rows, key=lambda row: (row.band, -row.rank, row.due, row.id))


def whole(ids: Sequence[int]) -> list[FollowUp]:
    """With all that a line shows, in the order of the day. The ids are the member's own."""
    return _sorted(by_ids(ids))


def by_ids(ids: Sequence[int], also: tuple[str, ...] = ()) -> list[FollowUp]:
    """With their parties and matters, in no order; the ids may be shown to whoever asks."""
    if not ids:
        return []
    return rows_with(FollowUp, (*KEYS, *also), f'WHERE own."id" IN ({marks_for(ids)})', ids)


def heads(look: Look, most: int) -> list[FollowUp]:
    """A few rows from the head of each band, and who blocks: for more than we would sort."""
    return _of_parts([*(_part(look, band, most) for band in BANDS), _who_blocks(look)])


def head_of(look: Look, band: int, most: int) -> list[FollowUp]:
    return _of_parts([_part(look, band, most)])


def after(look: Look, last: FollowUp, most: int) -> list[FollowUp]:
    """What follows this line in its band. Each part begins where the index stands."""
    due = connection.ops.adapt_datetimefield_value(last.due.astimezone(UTC))
    places: list[tuple[str, list[Any]]] = [
        ("rank = %s AND due = %s AND id > %s", [last.rank, due, last.pk]),
        ("rank = %s AND due > %s", [last.rank, due]),
        ("rank < %s", [last.rank]),
    ]
    return _of_parts([_part(look, last.band, most, place) for place in places])[:most]


KEYS = ("party", "matter")
# One after the other: SQLite takes no LIMIT inside a UNION unless each is wrapped.
PART = """
SELECT * FROM (
    SELECT id FROM ledger_followup {index}
     WHERE workspace_id = %s AND member_id IN ({marks}) AND settled_at IS NULL AND show_at < %s
       AND (until IS NULL OR until > %s) AND (NOT exact OR show_at <= %s) AND band = %s
       {ways} {private} AND {place}
     ORDER BY rank DESC, due, id LIMIT %s) AS head
"""
# Without its statistics SQLite would read all that is open of this member.
BLOCKS = """
SELECT * FROM (
    SELECT id FROM ledger_followup {index}
     WHERE workspace_id = %s AND member_id = %s AND settled_at IS NULL AND blocks AND show_at <= %s
     ORDER BY since, id LIMIT 1) AS first
"""
Part = tuple[str, list[Any]]


def _part(look: Look, band: int, most: int, place: Part = ("1 = 1", [])) -> Part:
    (end, moment), (private, mine) = look.limits, look.not_theirs
    sql = PART.format(
        index=_by("followup_in_order_of_day"), marks=marks_for(look.whose), place=place[0],
        ways=f"AND how IN ({marks_for(look.ways)})" if look.ways else "", private=private,
    )  # fmt: skip
    asked = [*look.ways, *mine, *place[1], most]
    return sql, [look.workspace, *look.whose, end, moment, moment, band, *asked]


def _who_blocks(look: Look) -> Part:
    _, moment = look.limits
    values = [look.workspace, look.whose[0], moment]
    return BLOCKS.format(index=_by("followup_that_blocks")), values


def first_that_blocks(look: Look) -> FollowUp | None:
    """Somebody asked so often in vain that nothing of ours starts before them (S48)."""
    return next(iter(_of_parts([_who_blocks(look)])), None)


def _by(index: str) -> str:
    """Before its first ANALYZE SQLite would read all that is due and sort it."""
    return f"INDEXED BY {index}" if connection.vendor == "sqlite" else ""


def _of_parts(parts: Sequence[Part]) -> list[FollowUp]:
    sql = " UNION ALL ".join(sql for sql, _ in parts)
    values = [value for _, some in parts for value in some]
    return _sorted(rows_with(FollowUp, KEYS, f'WHERE own."id" IN ({sql})', values))


def _sorted(rows: Iterable[FollowUp]) -> list[FollowUp]:
    return sorted(rows, key=lambda row: (row.band, -row.rank, row.due, row.pk))


def ids_in_order(look: Look, most: int) -> list[int]:
    """Whom to see one after the other, from the top of the day."""
    rows = light(look)
    if len(rows) < MANY:
        shown = [row for row in in_order(rows) if row.speaks]
        return [row.id for row in shown if not look.ways or row.how in look.ways][:most]
    return [row.pk for row in heads(look, most) if not look.ways or row.how in look.ways][:most]
