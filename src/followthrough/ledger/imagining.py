"""What a wished change would move: parties are decided on imagined terms, and nothing written."""

from datetime import datetime
from time import perf_counter
from typing import Any

from django.db.models import Exists, OuterRef

from followthrough.core.calendar import Calendar
from followthrough.core.decide import decide
from followthrough.core.history import History
from followthrough.core.matter import PRIVATE
from followthrough.core.terms import Terms
from followthrough.ledger.books import Books, read
from followthrough.ledger.changing import changed
from followthrough.ledger.models import Change, FollowUp, Party, Workspace
from followthrough.ledger.plans import chosen_in, with_plans
from followthrough.ledger.terms import terms_for, terms_of

SLICE = 40  # parties between two looks at the clock
MOST = 5_000  # parties: beyond, what is said is said as "at least"
SHOWN = 20
LATE, TODAY, OTHER = 0, 1, 2  # what it becomes, the most urgent first
NOTHING = {"moved": 0, "people": 0, "late": 0, "today": 0, "total": 0}
Move = tuple[FollowUp, datetime, int]  # the row, its new day, what it becomes


def look_on(change: Change, *, at: datetime, seconds: float) -> int:
    """Look at more parties, for so long; how many. `change` says what was found so far."""
    until, looked = perf_counter() + seconds, 0
    change.seen = change.seen or NOTHING | {"total": _all(change.workspace).count(), "first": []}
    imagined = terms_of(changed(change.workspace, change.wanted))
    while change.looking:
        parties = _next(change)
        for books in read(parties):
            _add(change, _moves(books, imagined, at))
        looked += len(parties)
        change.looked += len(parties)
        change.cursor = parties[-1].pk if parties else change.cursor
        change.looking = len(parties) == SLICE and change.looked < MOST
        if perf_counter() > until:
            break
    wishes = Change.objects.filter(workspace=change.workspace_id, pk=change.pk, made_at=None)
    wishes.update(
        seen=change.seen, cursor=change.cursor, looked=change.looked, looking=change.looking
    )
    return looked


def look_on_all(workspace: Workspace, *, at: datetime, seconds: float) -> int:
    """For whoever waits for an answer: the worker's share."""
    rows = Change.objects.filter(workspace=workspace, looking=True, made_at=None)
    return sum(
        look_on(change, at=at, seconds=seconds)
        for change in rows.select_related("workspace").order_by("-pk")[:1]
    )


def of_all(change: Change) -> bool:
    """Whether everybody was looked at, and not only the first few thousand."""
    return not change.looking and change.looked < MOST


def shown(change: Change) -> list[tuple[FollowUp, datetime, datetime]]:
    """The first few that it would move: the row, its day and its new day."""
    first = change.seen.get("first", [])
    rows = FollowUp.objects.filter(
        workspace=change.workspace_id, pk__in=[pk for _, pk, *_ in first]
    )
    known = {row.pk: row for row in rows.select_related("party", "matter", "member")}
    return [
        (known[pk], datetime.fromisoformat(was), datetime.fromisoformat(becomes))
        for _, pk, was, becomes in first
        if pk in known
    ]


def _all(workspace: Workspace) -> Any:
    owing = FollowUp.objects.filter(workspace=workspace, party=OuterRef("pk"), settled_at=None)
    rows = Party.objects.filter(Exists(owing), workspace=workspace, merged_into=None)
    return rows.exclude(kind=PRIVATE)  # all who administer read what a change would move


def _next(change: Change) -> list[Party]:
    rows = _all(change.workspace).filter(pk__gt=change.cursor).select_related("workspace")
    return list(rows.order_by("pk")[:SLICE])


def _moves(books: Books, imagined: Terms, at: datetime) -> list[Move]:
    """Rows and debts are matched as in the books, by their key."""
    terms = terms_for(books, imagined)
    terms = with_plans(terms, books.party.workspace_id, chosen_in(books.happened))
    history = History(str(books.party.pk), books.happened)
    dues = {one.key: (one.due, one.who) for one in decide(history, terms)}
    keys = {row.pk: key for key, row in books.matters.items()}
    found = []
    for row in books.followups:
        due, who = dues.get(f"{row.rule}/{keys.get(row.matter_id)}/{row.occasion}", (row.due, ""))
        if due != row.due:
            found.append((row, due, _becomes(row, due, imagined.calendar_of(who), at)))
    return found


def _becomes(row: FollowUp, due: datetime, calendar: Calendar, at: datetime) -> int:
    if due <= at:
        return LATE if row.due > at else OTHER
    today = calendar.local(at).date()
    return TODAY if calendar.local(due).date() == today != calendar.local(row.due).date() else OTHER


def _add(change: Change, moves: list[Move]) -> None:
    seen = change.seen
    seen["moved"] += len(moves)
    seen["people"] += bool(moves)
    for row, due, becomes in moves:
        seen["late"] += becomes == LATE
        seen["today"] += becomes == TODAY
        seen["first"].append([becomes, row.pk, row.due.isoformat(), due.isoformat()])
    seen["first"] = sorted(seen["first"], key=lambda one: (one[0], one[3], one[1]))[:SHOWN]
    change.seen = seen
