"""Logs of calls, visits, orders and messages: the last word may oblige, the rest is history.

What is old obliges nobody: it stands closed in the timeline. So does every order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from followthrough.core.facts import (
    OURS,
    Closed,
    Fact,
    Met,
    Noted,
    Planned,
    TheyCalled,
    TheyOrdered,
    TheyVisited,
    TheyWrote,
    WeCalled,
    WeWrote,
)
from followthrough.core.saying import says
from followthrough.inlets.happenings import Happening
from followthrough.inlets.noticed import Contact
from followthrough.inlets.spreadsheet import Row
from followthrough.worker.importing.outcomes import LONGEST_TEXT, Told
from followthrough.worker.importing.standing import beside, hashed

FRESH = timedelta(days=30)  # what is older than that, and was not gone on with, is history
PAST = says("Before it was brought in")
NO_DAY = says("This row does not say on which day it happened. The person is kept.")
ANOTHER_LINE = says("This line is part of an order that stands above.")
NOTHING = says("This order comes to nothing.")
HOW = {"call": "call", "message": "email"}


def is_log(what: str) -> bool:
    return what in ("calls", "visits", "purchases", "messages")


@dataclass(kw_only=True, slots=True)
class Remembered:
    """Of one person: the first row about them, and when something happened last and before that."""

    row: int
    last_row: int
    last: datetime
    before: datetime | None = None
    orders: bool = False


@dataclass(kw_only=True, slots=True)
class Order:
    """The row of its first line, and what its lines come to, in cents. `priced` where any of them
    says a sum; `bought` where any of them is no return."""

    row: int
    amount: int = 0
    priced: bool = False
    bought: bool = False


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What a row of a log tells, what it counts as, and what a person should know of it."""

    told: tuple[Told, ...] = ()
    counts_as: tuple[str, ...]
    remarks: tuple[str, ...] = ()


class Log:
    """A first look remembers a few words of each person and order, so that the second can tell."""

    def __init__(self, *, at: datetime, members: Mapping[str, str]) -> None:
        self.at, self.members = at, members
        self.people: dict[str, Remembered] = {}
        self.orders: dict[tuple[str, str], Order] = {}

    def notice(self, row: Row, contact: Contact) -> None:
        happened = row.happened
        if happened is None or happened.at is None or happened.at > self.at:
            return
        who = _who(contact)
        self._remember(who, row.number, happened.at)
        if happened.kind == "order":
            self.people[who].orders = True
            order = self.orders.setdefault(
                (who, happened.order or f"row {row.number}"),
                Order(row=row.number),
            )
            order.amount += happened.amount or 0
            order.priced |= happened.amount is not None
            order.bought |= not happened.cancelled

    def _remember(self, who: str, row: int, at: datetime) -> None:
        known = self.people.get(who)
        if known is None:
            self.people[who] = Remembered(row=row, last_row=row, last=at)
        elif at >= known.last:
            known.last_row, known.last, known.before = row, at, known.last
        else:
            known.before = max(at, known.before or at)

    def told(self, row: Row, contact: Contact, name: str) -> Telling:
        happened = row.happened
        if happened is None or happened.at is None:
            known = Told(contact=contact, source=f"row:csv:{name}")
            told = (known, *beside(row, contact, name, at=self.at))
            return Telling(told=told, counts_as=("undated",), remarks=(NO_DAY, *row.remarks))
        if happened.kind == "order":
            return self._order(row, happened, contact, name)
        note = row.note[:LONGEST_TEXT]
        first = Told(
            contact=contact,
            source=f"{happened.kind}:csv:{name}",
            facts=self._facts(row, happened, contact),
            words=((happened.subject, note),) if happened.subject or note else (),
        )
        told = (first, *self._past(row, contact))
        return Telling(told=told, counts_as=(happened.kind,), remarks=row.remarks)

    def _order(self, row: Row, happened: Happening, contact: Contact, name: str) -> Telling:
        """The first line of an order tells all of it; what was taken back is a note."""
        who = _who(contact)
        order = self.orders.get((who, happened.order or f"row {row.number}"))
        if order is None or order.row != row.number:
            return Telling(counts_as=("line",), remarks=(ANOTHER_LINE, *row.remarks))
        at, matter = happened.at or self.at, self._matter(who)
        fact: Fact = Noted(at=at, matter=matter)
        words: tuple[tuple[str, str], ...] = (("", _taken_back(order, happened.order)),)
        worth = order.amount > 0 or (order.bought and not order.priced)
        bought = worth and not self._takes_back(who, happened.order)
        if bought:
            fact, words = TheyOrdered(at=at, matter=matter, amount=order.amount), ()
        source = f"order:csv:{hashed((who, happened.order or name))}"
        first = Told(contact=contact, source=source, facts=(fact,), words=words)
        told = (first, *self._past(row, contact))
        counted = "order" if bought else "taken_back"
        return Telling(told=told, counts_as=(counted,), remarks=row.remarks)

    def _takes_back(self, who: str, number: str) -> bool:
        """Shops put a C before the number of the order that they take back."""
        return number[:1] in ("C", "c") and (who, number[1:]) in self.orders

    def _facts(self, row: Row, happened: Happening, contact: Contact) -> tuple[Fact, ...]:
        at = happened.at or self.at
        by = self.members.get(row.owner.lower(), "")
        if at > self.at:
            return (Planned(at=self.at, due=at, how=HOW.get(happened.kind, "call"), by=by),)
        known = self.people.get(_who(contact))
        if known is None or known.last_row != row.number or self.at - at > FRESH:
            return (_fact(happened, at, by, self._matter(_who(contact))),)
        fact = _fact(happened, at, by, "")
        if isinstance(fact, WeCalled) and fact.reached:
            return (replace(fact, ball="us"),)  # who moves next is unclear: we do
        if fact.turn == OURS:  # what we tried in vain is no part of a talk, but wants another try
            return (replace(fact, matter=f"log-{hashed(row.cells)[:16]}"),)
        return (fact,)

    def _past(self, row: Row, contact: Contact) -> tuple[Told, ...]:
        """With the first row of somebody, what is past of theirs is closed on its last day."""
        who = _who(contact)
        known = self.people.get(who)
        if known is None or known.row != row.number:
            return ()
        end = self._end(known)
        if end is None:
            return ()
        outcome = "won" if known.orders else "settled"
        fact = Closed(at=end, matter=self._matter(who), outcome=outcome, reason=PAST)
        source = f"past:csv:{hashed((who, end.isoformat()))}"
        return (Told(contact=contact, source=source, facts=(fact,)),)

    def _end(self, known: Remembered) -> datetime | None:
        """The last day of what is past; None where nothing is."""
        fresh = not known.orders and self.at - known.last <= FRESH
        return known.before if fresh else known.last

    def _matter(self, who: str) -> str:
        """What is past in this log: a longer one has a past of its own, and opens none again."""
        known = self.people.get(who)
        end = self._end(known) if known else None
        return f"past-{hashed((who, end.isoformat() if end else ''))[:16]}"


def _fact(happened: Happening, at: datetime, by: str, matter: str) -> Fact:
    if happened.kind == "call":
        if happened.theirs or happened.outcome == "missed":
            answered = happened.outcome not in ("missed", "no_answer", "message")
            return TheyCalled(at=at, by=by, matter=matter, answered=answered)
        return WeCalled(at=at, by=by, matter=matter, outcome=happened.outcome or "spoke")
    if happened.kind == "visit":
        kind: type[Fact] = TheyVisited if happened.theirs else Met
    else:
        kind = TheyWrote if happened.theirs else WeWrote
    return kind(at=at, by=by, matter=matter)


def _taken_back(order: Order, number: str) -> str:
    if not order.amount:
        return NOTHING
    return says("Taken back: {amount:.2f} ({order})", amount=abs(order.amount) / 100, order=number)


def _who(contact: Contact) -> str:
    return contact.external or contact.email or next(iter(contact.phones), contact.name)
