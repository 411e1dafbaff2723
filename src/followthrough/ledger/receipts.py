"""What came in by a connection: stored as it is, then told to the books, once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from followthrough.core.facts import (
    Closed,
    Fact,
    Opened,
    TheyEnquired,
    TheyLeftACart,
    TheyOrdered,
)
from followthrough.core.history import History
from followthrough.ledger import at_once, wants
from followthrough.ledger.books import history_of
from followthrough.ledger.models import Connection, Party, Receipt, Workspace
from followthrough.ledger.models.doors import HELD, RECEIVED, TAKEN_IN, UNREADABLE
from followthrough.ledger.names import fact_name, hashed
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.plain import clean
from followthrough.ledger.queries import heard_from
from followthrough.ledger.record import record

MOST = 512 << 10  # bytes of one delivery that are kept
A_WHILE = timedelta(minutes=1)  # somebody is at it until then
LONG_AGO = timedelta(days=14)  # such an order is remembered, and nobody is thanked for it any more
LATELY = timedelta(days=7)
KEPT = timedelta(days=90)  # what was delivered, once it is understood
SOME = 50


@dataclass(frozen=True, kw_only=True)
class Delivery:
    their_id: str
    raw: bytes
    topic: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a delivery says of one person. `source` names what happened, so that it is told once
    by however many deliveries; `currency` is that of the amounts."""

    known: Known
    source: str
    facts: Sequence[Fact]
    words: Sequence[tuple[str, str]] = ()
    wants: Sequence[str] = ()
    currency: str = ""


def store(connection: Connection, delivery: Delivery, *, at: datetime) -> tuple[Receipt, bool]:
    """The receipt, and whether it is news. Nothing is understood before it is stored."""
    team = connection.workspace_id
    their_id = clean(delivery.their_id)
    their_id = their_id if 0 < len(their_id) <= 120 else hashed(their_id)
    try:
        with transaction.atomic():
            return Receipt.objects.create(
                workspace_id=team, connection=connection, their_id=their_id, at=at,
                topic=clean(delivery.topic)[:80], raw=delivery.raw[:MOST],
            ), True  # fmt: skip
    except IntegrityError:
        known = Receipt.objects.get(workspace=team, connection=connection, their_id=their_id)
        known.connection = connection
        return known, False


def set_aside(receipt: Receipt, outcome: str, problem: str = "") -> None:
    receipt.outcome, receipt.problem = outcome, str(problem)[:300]
    receipt.save(update_fields=["outcome", "problem"])


def decide(receipt: Receipt, was: str, becomes: str) -> bool:
    """What a person said of it. False: somebody was faster."""
    rows = Receipt.objects.filter(workspace=receipt.workspace_id, pk=receipt.pk, outcome=was)
    return rows.update(outcome=becomes) == 1


def keep(receipt: Receipt, told: Told, *, at: datetime) -> None:
    """What it tells stands in the books, and the receipt says of whom."""
    try:
        _keep(receipt, told, at)
    except IntegrityError:  # somebody else wrote the same address down at the same moment
        _keep(receipt, told, at)


def _keep(receipt: Receipt, told: Told, at: datetime) -> None:
    connection, source = receipt.connection, f"connection:{receipt.connection_id}:{told.source}"
    with transaction.atomic():
        row = Receipt.objects.select_for_update().get(pk=receipt.pk)
        if row.outcome not in (RECEIVED, HELD):
            return
        team = connection.workspace
        party = find_or_add(team, told.known, owner=connection.owner, at=at)
        if not heard_from(team, source):  # told again, it may fit elsewhere by now: it stays
            happened, words = _placed(told, party, receipt)
            record(party, *happened, source=source, at=at, words=words)
            _answer_at_once(receipt, told, party, source)
        heard = fact_name(source, type(told.facts[0]).__name__)
        wants.add_many(
            wants.Wanted(party=party, text=text, said_at=at, fact=heard) for text in told.wants
        )
        receipt.outcome, receipt.party, receipt.source = TAKEN_IN, party, source
        receipt.problem = ""
        receipt.save(update_fields=["outcome", "party", "source", "problem"])


def _answer_at_once(receipt: Receipt, told: Told, party: Party, source: str) -> None:
    """A word of thanks leaves with the enquiry, or not at all: the worker writes it."""
    first, (topic, _), *_ = told.facts[0], *told.words, ("", "")
    if isinstance(first, TheyEnquired) and told.known.emails:
        enquiry = at_once.Enquiry(
            party=party, source=source, to=told.known.emails[0], at=first.at, topic=topic,
            connection=receipt.connection,
        )  # fmt: skip
        at_once.ask_for(enquiry)


def _placed(told: Told, party: Party, receipt: Receipt) -> tuple[list[Fact], list[tuple[str, str]]]:
    """Loose words join the talk that is open or begin one; an order without a talk, and what a form
    says that it opens, stand by themselves."""
    facts = [_in_our_money(fact, told, party.workspace) for fact in told.facts]
    words = [*told.words, *[("", "")] * (len(facts) - len(told.words))]
    first, opens = facts[0], receipt.connection.opens
    history = history_of(party)
    if isinstance(first, TheyOrdered) and history.open_talk is None:
        name = f"order-{hashed(f'{receipt.connection_id}:{told.source}')[:12]}"
        kind, value = "order", first.amount
    elif isinstance(first, TheyEnquired) and opens != "enquiry":
        name, kind, value = f"{opens}-{receipt.pk}", opens, 0
    else:
        return facts, words
    owner = _owner(history, party, receipt.connection)
    opening = Opened(at=first.at, matter=name, kind=kind, owner=owner, value=value)
    placed: list[Any] = [replace(fact, matter=name) for fact in facts]
    if kind == "order" and receipt.at - first.at > LONG_AGO:
        placed.append(Closed(at=first.at, matter=name, outcome="settled"))
    return [opening, *placed], [(words[0][0], ""), *words]


def _owner(history: History, party: Party, connection: Connection) -> str:
    return history.owner or str(party.owner_id or connection.owner_id)


def _in_our_money(fact: Fact, told: Told, team: Workspace) -> Fact:
    """A sum in another currency is no number of ours."""
    if isinstance(fact, TheyOrdered | TheyLeftACart) and told.currency:
        ours = told.currency.upper() == team.currency.upper()
        return fact if ours else replace(fact, amount=0)
    return fact


def left_over(workspace: Workspace, *, at: datetime) -> list[Receipt]:
    """Stored, and not understood: a crash came between the two."""
    rows = Receipt.objects.filter(workspace=workspace, outcome=RECEIVED, at__lte=at - A_WHILE)
    return list(rows.select_related("connection__workspace", "connection__owner")[:SOME])


def empty_old(workspace: Workspace, *, at: datetime) -> int:
    """What became of it stays; what waits for a person stays as it is."""
    old = Receipt.objects.filter(workspace=workspace, at__lt=at - KEPT).exclude(raw=None)
    return old.exclude(outcome__in=(RECEIVED, HELD)).update(raw=None)


def set_aside_lately(workspace: Workspace, *, at: datetime) -> int:
    """How many wait for a person: what may be a machine's, and what could not be read of late."""
    rows = Receipt.objects.filter(workspace=workspace)
    unread = rows.filter(outcome=UNREADABLE, at__gte=at - LATELY).count()
    return unread + rows.filter(outcome=HELD).count()
