"""What has not left is taken back the moment that it is wrong: in the transaction that says so."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from followthrough.core.facts import KINDS, OURS
from followthrough.core.saying import Saying, says
from followthrough.ledger.models import Fact, FollowUp, Message, Workspace
from followthrough.ledger.models.outbox import CANCELLED, STOPPABLE, TRANSACTIONAL
from followthrough.ledger.outbox.guards import CAME, FOR_EVER, RECENT, values
from followthrough.ledger.statements import select

COLUMNS = ("id", "party", "matter", "followup", "purpose", "automatic")
WE_WENT = {name for name, kind in KINDS.items() if kind.turn == OURS}

THEY_CAME = says("They came to us before it left. Look at that first.")
THEY_ASKED = says("They asked us to stop.")
CLOSED = says("It was closed before this left.")
DONE = says("What it was for was done before it left.")
SOMEBODY_WROTE = says("Somebody was in touch with them before it left.")
NOT_TRUE_ANY_MORE = says("It was not right any more when it was to leave.")
BY_HAND = says("Somebody does it by hand.")
OTHERWISE = says("It leaves on another day, or in another name.")
UNDONE = says("It was stopped before it left.")


class Waiting(NamedTuple):
    pk: int
    party: int
    matter: str
    followup: int | None
    purpose: str
    automatic: bool


@dataclass(kw_only=True)
class Overtaken:
    """What was heard of each party in this transaction, and which follow-ups it settled."""

    at: datetime
    news: dict[int, list[Fact]] = field(default_factory=dict)
    workspaces: set[int] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)

    def hear(self, family: Iterable[int], workspace: int, news: list[Fact]) -> None:
        self.workspaces.add(workspace)
        self.news |= dict.fromkeys(family, news)

    def stop(self) -> None:
        """Past the handover nothing is touched: what became of it comes back as a fact."""
        stopped: dict[str, tuple[Saying, list[int]]] = {}
        for one in self._not_left():
            if reason := self._why(one):
                stopped.setdefault(reason, (reason, []))[1].append(one.pk)
        for reason, ids in stopped.values():
            _cancel(Message.objects.filter(pk__in=ids), reason, at=self.at)

    def _not_left(self) -> list[Waiting]:
        if not self.news:
            return []
        lock = "FOR UPDATE" if connection.features.has_select_for_update else ""
        states = ", ".join(f"'{state}'" for state in STOPPABLE)
        where = {"workspace": self.workspaces, "party": self.news}
        rows = select(Message, COLUMNS, where, f"AND state IN ({states}) ORDER BY id {lock}")
        return [Waiting(*row) for row in rows]

    def _why(self, one: Waiting) -> Saying | None:
        fresh = [fact for fact in self.news[one.party] if fact.at > self.at - RECENT]
        if one.purpose != TRANSACTIONAL:
            if any(fact.kind in CAME for fact in fresh):
                return THEY_CAME
            if any(_asks_to_stop(fact) for fact in fresh):
                return THEY_ASKED
        if one.matter and any(_closes(fact, one.matter) for fact in fresh):
            return CLOSED
        if one.automatic and any(fact.kind in WE_WENT for fact in fresh):
            return SOMEBODY_WROTE
        if one.automatic and any(_is_by_hand(fact, one.matter) for fact in fresh):
            return BY_HAND
        return DONE if one.followup in self.settled else None


def cancel(message: Message, *, at: datetime) -> bool:
    """By hand, and by Undo. False: it has left, or was stopped before."""
    return _cancel(Message.objects.filter(pk=message.pk), UNDONE, at=at) == 1


def cancel_all_of(workspace: int, parties: Collection[int], *, at: datetime) -> None:
    rows = Message.objects.filter(workspace=workspace, party__in=parties)
    _cancel(rows, NOT_TRUE_ANY_MORE, at=at)


def cancel_as(ids: Collection[int], reason: Saying, *, at: datetime) -> int:
    return _cancel(Message.objects.filter(pk__in=ids), reason, at=at) if ids else 0


def cancel_hopeless(workspace: Workspace, *, at: datetime) -> int:
    """Those that could never leave any more: no guard that is broken for ever lets them wait."""
    if not Message.objects.filter(workspace=workspace, state__in=STOPPABLE).exists():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(HOPELESS, values(at, workspace=workspace.pk))
        ids = [pk for (pk,) in cursor.fetchall()]
    return _cancel(Message.objects.filter(pk__in=ids), NOT_TRUE_ANY_MORE, at=at) if ids else 0


HOPELESS = f"""
SELECT m.id FROM ledger_message m
 WHERE m.workspace_id = %(workspace)s AND m.state IN ('queued', 'claimed') AND NOT ({FOR_EVER})
"""  # noqa: S608 - our own names


def going_out(followups: Collection[FollowUp]) -> Mapping[int, Message]:
    """What is on its way for each of these, by the follow-up."""
    if not followups:
        return {}
    within = {row.workspace_id for row in followups}
    rows = Message.objects.filter(
        workspace__in=within, followup__in=[row.pk for row in followups]
    ).exclude(Q(state=CANCELLED) | Q(ended_at__isnull=False))
    return {row.followup_id: row for row in rows.defer("raw") if row.followup_id}


def _cancel(rows: QuerySet[Message], reason: Saying, *, at: datetime) -> int:
    return int(
        rows.filter(state__in=STOPPABLE).update(
            state=CANCELLED, reason=str(reason), ended_at=at, claim="", lease_until=None
        )
    )


def _asks_to_stop(fact: Fact) -> bool:
    channels = set(fact.own.get("channels", ["*"]))
    return fact.kind == "OptedOut" and bool(channels & {"*", "email"})


def _is_by_hand(fact: Fact, matter: str) -> bool:
    return fact.kind == "StepByHand" and fact.matter == matter


def _closes(fact: Fact, matter: str) -> bool:
    return fact.kind == "Closed" and fact.matter == matter
