"""Waiting on them: what they are to do next, and when we shall ask if they do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from followthrough.core.followups import QUIET
from followthrough.core.matter import PRIVATE
from followthrough.ledger.holding import HELD
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.order_of_day import by_ids
from followthrough.ledger.place import Place
from followthrough.ledger.today import COUNTED, look_of
from followthrough.ledger.whole import marks_for

# The promises that wait for them; what is quiet and still ours to begin is not among them.
RULES = {
    "word": ("ask_after_their_promise",),
    "quote": ("quiet_after_our_word", "answer_questions"),
    "call": ("they_owe_us_a_call",),
    "talk": ("unclear_means_us", "keep_the_plan", "ask_again"),
}
ALL = tuple(rule for rules in RULES.values() for rule in rules)
SUPPLY = "supply"


@dataclass(frozen=True, kw_only=True)
class Page:
    """`after` is where the next page begins."""

    rows: list[FollowUp]
    before: Place | None
    after: Place | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`kind` is one of RULES, "supply", or "" for all; `back` reads towards the beginning."""

    kind: str = ""
    place: Place | None = None
    back: bool = False


def waiting(member: Member, asked: Asked, now: datetime, *, limit: int = 50) -> Page:
    """By the day on which we act by ourselves; the first step alone of each matter."""
    ids = _ids(member, asked, now, limit + 1)
    more, ids = len(ids) > limit, ids[:limit]
    found = sorted(by_ids(ids), key=lambda row: (row.show_at, row.pk))
    theirs = {row.pk for row in found if row.matter.kind == PRIVATE and row.member_id != member.pk}
    first, last = (_place(found[0]), _place(found[-1])) if found else (None, None)
    onwards = last if more or asked.back else None
    earlier = first if (asked.place and not asked.back) or (asked.back and more) else None
    return Page(
        rows=_once([row for row in found if row.pk not in theirs]), before=earlier, after=onwards
    )


def counted(member: Member, now: datetime) -> int:
    """How many, for the rail: counting stops at 100."""
    desks = look_of(member, now).whose
    sql = COUNT.format(
        index=BY_THE_INDEX.get(connection.vendor, ""), quiet=QUIET,
        members=marks_for(desks), rules=marks_for(ALL),
    )  # fmt: skip
    values = [member.workspace_id, *desks, *ALL, _at(HELD), _at(now), COUNTED + 1]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def _once(rows: Sequence[FollowUp]) -> list[FollowUp]:
    """The day before their day, and their day, are one wait."""
    first: dict[int, FollowUp] = {}
    for row in rows:
        first.setdefault(row.matter_id, row)
    return list(first.values())


def _place(row: FollowUp) -> Place:
    return row.show_at, row.pk


def _ids(member: Member, asked: Asked, now: datetime, most: int) -> list[int]:
    if asked.kind == SUPPLY:
        return _supply(member, asked, now, most)
    heads, values = _heads(member, asked, now, most)
    together, down = " UNION ALL ".join(heads), "DESC" if asked.back else "ASC"
    sql = (
        f"SELECT id FROM ({together}) AS w "  # noqa: S608 - no value is written into it
        f"ORDER BY show_at {down}, id {down} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, most])
        return [pk for (pk,) in cursor.fetchall()]


# The index holds each rule in the order of its days: a few rows from the head of each.
HEAD = """
SELECT * FROM (
    SELECT id, show_at FROM ledger_followup {index}
     WHERE workspace_id = %s AND member_id = %s AND rule = %s AND settled_at IS NULL
       AND band = {quiet} AND show_at < %s AND (until IS NULL OR until > %s) {beyond}
     ORDER BY show_at {down}, id {down} LIMIT %s) AS head
"""
COUNT = """
SELECT COUNT(*) FROM (
    SELECT id FROM ledger_followup {index}
     WHERE workspace_id = %s AND member_id IN ({members}) AND rule IN ({rules})
       AND settled_at IS NULL AND band = {quiet} AND show_at < %s
       AND (until IS NULL OR until > %s) LIMIT %s) AS first
"""
BY_THE_INDEX = {"sqlite": "INDEXED BY followup_they_are_to_move"}


def _heads(member: Member, asked: Asked, now: datetime, most: int) -> tuple[list[str], list[Any]]:
    beyond, place = _beyond(asked)
    head = HEAD.format(
        index=BY_THE_INDEX.get(connection.vendor, ""), quiet=QUIET, beyond=beyond,
        down="DESC" if asked.back else "ASC",
    )  # fmt: skip
    whom = [
        (one, rule) for one in look_of(member, now).whose for rule in RULES.get(asked.kind, ALL)
    ]
    values = [
        value
        for one, rule in whom
        for value in (member.workspace_id, one, rule, _at(HELD), _at(now), *place, most)
    ]
    return [head] * len(whom), values


def _beyond(asked: Asked) -> tuple[str, list[Any]]:
    if asked.place is None:
        return "", []
    at, pk = _at(asked.place[0]), asked.place[1]
    on = "<" if asked.back else ">"
    return f"AND show_at {on}= %s AND (show_at {on} %s OR id {on} %s)", [at, at, pk]


def _at(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment.astimezone(UTC))


def _supply(member: Member, asked: Asked, now: datetime, most: int) -> list[int]:
    """What we ordered from them: there are few suppliers, so this is asked from their side."""
    rows: QuerySet[FollowUp] = FollowUp.objects.filter(
        workspace=member.workspace_id, matter__kind=SUPPLY, matter__closed_at=None,
        member__in=look_of(member, now).whose, settled_at=None, band=QUIET, rule__in=ALL,
        show_at__lt=HELD,
    )  # fmt: skip
    found = sorted(rows.values_list("show_at", "pk"), reverse=asked.back)
    place = asked.place
    if place:
        found = [one for one in found if (one < place if asked.back else one > place)]
    return [pk for _, pk in found[:most]]
