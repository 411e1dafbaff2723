"""Whom somebody looks for among all people: filters, four orders, a page in bounded time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from followthrough.ledger.fitting import COLUMNS, Line, Looking, few, fitting, lines_of, told
from followthrough.ledger.models import Party, Workspace
from followthrough.ledger.place import Place, moment_in, place_in, sum_in
from followthrough.ledger.statements import select
from followthrough.ledger.whole import rows_of

STRIDES = (200, 800, 2_000)  # of the order are walked until a page is full


@dataclass(frozen=True, kw_only=True)
class Order:
    column: str
    down: bool = False


ORDERS = {
    "": Order(column="name"),
    "silence": Order(column="silent_since"),
    "next": Order(column="next_at"),
    "value": Order(column="worth", down=True),
}
READ: dict[str, Callable[[str], Any]] = {"": str, "value": sum_in}  # others hold moments


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Which page: from `place` on, or backwards from it."""

    place: Place | None = None
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """`before` and `after` are where the pages on either side begin. `further`: the page is not
    full, and there are more people than were looked at."""

    people: list[Party]
    before: Place | None = None
    after: Place | None = None
    further: bool = False


FIRST = Turn()


def place_of(order: str, said: str) -> Place | None:
    """The place that an address names; None for nonsense."""
    return place_in(said, READ.get(order, moment_in))


def look(
    workspace: Workspace, looking: Looking, *, now: datetime, turn: Turn = FIRST, limit: int = 50
) -> Page:
    """Those that fit. Where a filter leaves few they are all looked at; else the order is walked
    until the page is full, for so long and no longer."""
    order, ids = ORDERS[looking.order], few(workspace, looking, now)
    if ids is None:
        lines, last = _walked(workspace, looking, now, turn, limit + 1)
    else:
        fit = fitting(lines_of(ids), workspace, looking, now)
        lines, last = _in_order(fit, order, turn)[: limit + 1], None
    return _page(lines, last, order, turn, limit)


def _page(lines: list[Line], last: Place | None, order: Order, turn: Turn, limit: int) -> Page:
    shown, more = lines[:limit], len(lines) > limit
    end = _place(shown[-1], order) if more else last
    start = _place(shown[0], order) if shown and turn.place else None
    if turn.back:
        shown.reverse()
        start, end = end, start or turn.place
    ids = [line["id"] for line in shown]
    whole = {party.pk: party for party in (rows_of(Party, {"id": ids}) if ids else ())}
    people = [whole[line["id"]] for line in shown if line["id"] in whole]
    return Page(people=people, before=start, after=end, further=last is not None and not more)


def _place(line: Line, order: Order) -> Place:
    return line[order.column], line["id"]


# --- along the order -------------------------------------------------------------------------


def _walked(
    workspace: Workspace, looking: Looking, now: datetime, turn: Turn, most: int
) -> tuple[list[Line], Place | None]:
    """Up to `most` that fit; where it stopped, if that was before the end."""
    found: list[Line] = []
    for stride in STRIDES if looking.narrows else (0, *STRIDES):
        lines = list(_along(workspace, ORDERS[looking.order], turn, max(stride, most)))
        found += fitting(lines, workspace, looking, now)
        if len(found) >= most:
            return found[:most], None
        if len(lines) < max(stride, most):
            return found, None
        turn = replace(turn, place=_place(lines[-1], ORDERS[looking.order]))
    return found, turn.place


def _along(workspace: Workspace, order: Order, turn: Turn, most: int) -> Iterator[Line]:
    name, down = order.column, order.down != turn.back
    by = (
        f"ORDER BY {name} {'DESC' if down else 'ASC'}, id {'DESC' if turn.back else 'ASC'} LIMIT %s"
    )
    values: list[Any] = [most]
    if turn.place is not None:
        on, beyond = "<" if down else ">", "<" if turn.back else ">"
        by = f"AND {name} {on}= %s AND ({name} {on} %s OR id {beyond} %s) {by}"
        value = _stored(turn.place[0])
        values = [value, value, turn.place[1], most]
    return told(select(Party, COLUMNS, {"workspace": [workspace.pk]}, by, values))


def _stored(value: Any) -> Any:
    at = isinstance(value, datetime)
    return connection.ops.adapt_datetimefield_value(value) if at else value


def _in_order(lines: Iterable[Line], order: Order, turn: Turn) -> list[Line]:
    sign = -1 if order.down else 1

    def key(place: Place) -> tuple[Any, int]:
        return (sign * place[0] if order.down else place[0]), place[1]

    ordered = sorted(lines, key=lambda line: key(_place(line, order)), reverse=turn.back)
    if turn.place is None:
        return ordered
    at = key(turn.place)
    return [
        line for line in ordered
        if (key(_place(line, order)) < at) == turn.back and key(_place(line, order)) != at
    ]  # fmt: skip
