"""Where somebody on a list stands: new, an open deal, won or lost; and what they do not want."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from followthrough.core.facts import Closed, Fact, Listed, Noted, Opened, OptedOut
from followthrough.core.saying import says
from followthrough.inlets.noticed import Contact
from followthrough.inlets.spreadsheet import Row
from followthrough.worker.importing.outcomes import LONGEST_TEXT, Told

WON_BEFORE = says("Won before it was brought in")
LOST_BEFORE = says("Lost before it was brought in")
NO_CUSTOMER = "Deal"
NAMES_NOBODY = says("This deal names no customer. It stands under its own name.")
ENDS_FIRST = says("This was closed on a day before it began. Please look at its dates.")


def standing(row: Row, contact: Contact, name: str, *, at: datetime, owner: str) -> Iterator[Told]:
    """How a deal began and how it ended are told apart: an end that comes later is news."""
    matter = f"row-{name[:16]}"
    value = max(row.amount or 0, 0)
    source = f"row:csv:{name}"
    if row.converted or row.lost:
        opened, closed = _days(row, at)
        outcome, reason = ("won", WON_BEFORE) if row.converted else ("lost", LOST_BEFORE)
        begun = Opened(at=opened, matter=matter, kind="deal", owner=owner, value=value)
        ended = Closed(at=closed, matter=matter, outcome=outcome, reason=reason)
        if row.deal_id:
            yield Told(contact=contact, source=source, facts=(begun,))
            yield Told(contact=contact, source=f"end:csv:{name}:{outcome}", facts=(ended,))
        else:
            yield Told(contact=contact, source=source, facts=(begun, ended))
        return
    facts: tuple[Fact, ...] = (Listed(at=at, origin=row.source),)
    if value or row.deal or row.deal_id:
        begun = Opened(at=_begun(row, at), matter=matter, kind="deal", owner=owner, value=value)
        facts = (begun, Listed(at=at, matter=matter, origin=row.source))
    yield Told(contact=contact, source=source, facts=facts)


def _begun(row: Row, at: datetime) -> datetime:
    """A deal began on its own day; a row about a person begins now."""
    is_deal = row.deal or row.deal_id
    return min(row.enquired_at, at) if is_deal and row.enquired_at else at


def _days(row: Row, at: datetime) -> tuple[datetime, datetime]:
    """When it was opened and closed, as far as the row knows; never after it was brought in."""
    end = row.won_at or row.closed_at
    closed = min(end or row.enquired_at or at, at)
    return min(row.enquired_at or closed, closed), closed


def beside(row: Row, contact: Contact, name: str, *, at: datetime) -> Iterator[Told]:
    """A note and a no each have a source of their own: a changed one is news."""
    if row.note:
        note = row.note[:LONGEST_TEXT]
        source = f"note:csv:{hashed((name, note))}"
        matter = f"row-{name[:16]}" if row.deal or row.deal_id else ""
        fact = Noted(at=at, matter=matter)
        yield Told(contact=contact, source=source, facts=(fact,), words=(("", note),))
    refused = [
        *(["email"] if row.do_not_email else []),
        *(["call", "sms"] if row.do_not_call else []),
    ]
    if refused:
        no = OptedOut(at=at, channels=tuple(refused))
        yield Told(contact=contact, source=f"no:csv:{hashed((name, *refused))}", facts=(no,))


def remarks(row: Row) -> tuple[str, ...]:
    """What somebody should look at, though the row was taken in."""
    said = list(row.remarks)
    if not row.contact.known_by_something:
        said.insert(0, NAMES_NOBODY)
    end = row.won_at or row.closed_at
    if (
        (row.converted or row.lost)
        and end
        and row.enquired_at
        and end.date() < row.enquired_at.date()
    ):
        said.insert(0, ENDS_FIRST)
    return tuple(said)


def tally(row: Row) -> Iterator[str]:
    yield "won" if row.converted else "lost" if row.lost else "listed"
    if not row.contact.known_by_something:
        yield "without_customer"
    if row.do_not_email:
        yield "do_not_email"
    if row.do_not_call:
        yield "do_not_call"


def hashed(cells: tuple[str, ...]) -> str:
    return sha256("\x1f".join(cells).encode("utf-8", "replace")).hexdigest()
