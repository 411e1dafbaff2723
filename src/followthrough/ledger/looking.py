"""Whom somebody looks for among all people: filters, four orders, a page in bounded time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from followthrough.ledger.locks import speakers_of
from followthrough.ledger.models import Matter, Party, Role, Word, Workspace
from followthrough.ledger.models.parties import NEVER, UNLISTED
from followthrough.ledger.place import Place, moment_in, place_in, sum_in
from followthrough.ledger.search import asked_of
from followthrough.ledger.statements import select
from followthrough.ledger.whole import rows_of

FEW = 1_000  # up to so many are looked at one by one
STRIDES = (200, 800, 2_000)  # of the order are walked until a page is full
NO_CONTACT, NOBODY, BY_HAND = "never", "nobody", "hand"
Line = dict[str, Any]


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
COLUMNS = (
    "id", "name", "owner", "merged_into", "forgotten", "firm", "silent_since", "next_at", "worth",
    "quiet", "intake", "kind", "workspace",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Whom somebody looks for. `firm` is a company as one compares it; `owner` a member's id or
    "nobody"; `kind` is of something open; `silent` are days without a contact, or "never";
    `quiet`: they are to move; `free`: nothing is due before this moment; `source` is the id of an
    import, or "hand"; `role` what they are to us.
    """

    words: str = ""
    firm: str = ""
    owner: str = ""
    kind: str = ""
    silent: str = ""
    quiet: bool = False
    free: datetime | None = None
    source: str = ""
    role: str = ""
    order: str = ""

    @property
    def narrows(self) -> bool:
        return replace(self, order="") != Looking()


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
    order, few = ORDERS[looking.order], _few(workspace, looking, now)
    if few is None:
        lines, last = _walked(workspace, looking, now, turn, limit + 1)
    else:
        fitting = _fitting(_lines_of(few), workspace, looking, now)
        lines, last = _in_order(fitting, order, turn)[: limit + 1], None
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
        found += _fitting(lines, workspace, looking, now)
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
    return _told(select(Party, COLUMNS, {"workspace": [workspace.pk]}, by, values))


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


# --- those that fit --------------------------------------------------------------------------


def _few(workspace: Workspace, looking: Looking, now: datetime) -> list[int] | None:
    """The ids that one of the filters leaves, where these are few. Each question is bounded, and
    names only what its own index holds."""
    if looking.words and not any(asked_of(looking.words)):
        return []  # signs alone
    for rows in _filters(workspace, looking, now):
        ids = list(rows[: FEW + 1])
        if len(ids) <= FEW:
            return list(set(speakers_of(ids).values()) if looking.kind else set(ids))
    return None


def _filters(workspace: Workspace, looking: Looking, now: datetime) -> Iterator[Any]:
    ours = Party.objects.filter(workspace=workspace)
    for word in asked_of(looking.words):
        yield Word.objects.filter(word, workspace=workspace).values_list("party", flat=True)
    if looking.kind:
        yield _open(workspace, looking.kind).values_list("party", flat=True)
    if looking.role:
        yield _playing(workspace, looking.role).values_list("party", flat=True)
    if looking.owner.isdecimal():
        # Without the workspace, which another index would answer: whose they are is seen below.
        yield Party.objects.filter(owner=int(looking.owner)).values_list("pk", flat=True)
    asked = (
        Q(firm=looking.firm) if looking.firm else None,
        Q(intake=int(looking.source)) if looking.source.isdecimal() else None,
        Q(quiet__in=[True]) if looking.quiet else None,  # as an equation, which an index answers
        Q(next_at__gte=looking.free) if looking.free else None,
        _silent(looking.silent, now) if looking.silent else None,
    )
    for one in asked:
        if one is not None:
            yield ours.filter(one).values_list("pk", flat=True)


def _open(workspace: Workspace, kind: str) -> Any:
    return Matter.objects.filter(workspace=workspace, kind=kind, closed_at=None)


def _playing(workspace: Workspace, role: str) -> Any:
    return Role.objects.filter(workspace=workspace, name=role)


def _silent(silent: str, now: datetime) -> Q:
    if silent == NO_CONTACT:
        return Q(silent_since__gte=NEVER)
    return Q(silent_since__lt=now - timedelta(days=int(silent)))


def _lines_of(pks: Sequence[int]) -> Iterator[Line]:
    return _told(select(Party, COLUMNS, {"id": pks})) if pks else iter(())


def _told(rows: Iterable[tuple[Any, ...]]) -> Iterator[Line]:
    return (dict(zip(COLUMNS, row, strict=True)) for row in rows)


def _fitting(
    lines: Iterable[Line], workspace: Workspace, looking: Looking, now: datetime
) -> list[Line]:
    """Those of ours that stand for themselves and are what was asked for, in their order."""
    ours = (line for line in lines if line["workspace"] == workspace.pk)
    fit = [line for line in ours if _stands(line) and _fits(line, looking, now)]
    if looking.role:
        rows = _playing(workspace, looking.role).filter(party__in=_ids(fit))
        fit = _among(fit, set(rows.values_list("party", flat=True)))
    for word in asked_of(looking.words):
        rows = Word.objects.filter(word, workspace=workspace)
        fit = _among(fit, set(rows.filter(party__in=_ids(fit)).values_list("party", flat=True)))
    if looking.kind:
        joined = Party.objects.filter(workspace=workspace, merged_into__in=_ids(fit))
        theirs = {*_ids(fit), *joined.values_list("pk", flat=True)}
        rows = _open(workspace, looking.kind).filter(party__in=theirs)
        speaks = speakers_of(set(rows.values_list("party", flat=True)))
        fit = _among(fit, set(speaks.values()))
    return fit


def _ids(lines: Iterable[Line]) -> list[int]:
    return [line["id"] for line in lines]


def _among(lines: list[Line], ids: set[int]) -> list[Line]:
    return [line for line in lines if line["id"] in ids]


def _stands(line: Line) -> bool:
    listed = not line["forgotten"] and line["kind"] not in UNLISTED
    return listed and line["merged_into"] is None


def _fits(line: Line, looking: Looking, now: datetime) -> bool:
    asked = (
        not looking.firm or line["firm"] == looking.firm,
        not looking.owner or str(line["owner"] or NOBODY) == looking.owner,
        not looking.source or str(line["intake"] or BY_HAND) == looking.source,
        not looking.quiet or line["quiet"],
        looking.free is None or line["next_at"] >= looking.free,
        not looking.silent or _is_silent(line["silent_since"], looking.silent, now),
    )
    return all(asked)


def _is_silent(since: datetime, silent: str, now: datetime) -> bool:
    return since >= NEVER if silent == NO_CONTACT else since < now - timedelta(days=int(silent))
