"""Rows of a list: whoever bought is a customer, everybody else hears from us, opt-outs hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from pathlib import Path
from typing import Any

from followthrough.core.facts import Closed, Fact, Listed, Noted, Opened, OptedOut
from followthrough.inlets.cells import lost
from followthrough.inlets.columns import plain
from followthrough.inlets.noticed import Contact
from followthrough.inlets.spreadsheet import Choices, Row, Sheet, read_rows
from followthrough.worker.importing.outcomes import (
    LINKED,
    LONGEST_TEXT,
    QUARANTINED,
    Findings,
    Outcome,
    Told,
    on_the_way,
)

LOOK = 2_000
SHOWN = 200  # letters of a sample
WON_BEFORE = "Won before it was brought in"
LOST_BEFORE = "Lost before it was brought in"
# Every system counts by these: two lists with an "id" speak of different people.
ANYBODYS = {"id", "uid", "external id", "record id", "nummer"}


class SheetReading:
    """`at` is when the list was brought in: a list says nothing of when it became true."""

    def __init__(
        self,
        path: Path,
        *,
        at: datetime,
        region: str | None = None,
        zone: tzinfo = UTC,
        choices: Choices | None = None,
    ) -> None:
        self.path, self.at, self.region, self.zone = path, at, region, zone
        self.choices = choices
        self.findings = Findings()

    def look(self) -> Iterator[int]:
        sheet = self.sheet = self._read()
        self.findings.notes |= _notes(sheet)
        for number, _ in enumerate(sheet.rows, start=1):
            self.findings.total = number
            if number % LOOK == 0:
                yield number
        self.findings.notes["rows"] = self.findings.total

    def _read(self) -> Sheet:
        return read_rows(self.path, region=self.region, zone=self.zone, choices=self.choices)

    def outcomes(self, start: int) -> Iterator[Outcome | None]:
        sheet = self._read()
        names = _Names(ids=_namespace(sheet.headers, sheet.mapping))
        for number, row in enumerate(sheet.rows):
            name = names.of(row)
            if number >= start:
                yield _outcome(row, names.ids, name, self.at)
            elif on_the_way(number):
                yield None


@dataclass(kw_only=True)
class _Names:
    """What each row is known by: its id, where it has one, so that an edited row stays itself."""

    ids: str
    seen: dict[str, list[str]] = field(default_factory=dict)

    def of(self, row: Row) -> str:
        content = _hash(row.cells)
        if not row.contact.external:
            return content
        # One id may stand in several rows, each a deal of its own; the same row again is no news.
        rows = self.seen.setdefault(row.contact.external, [])
        if content not in rows:
            rows.append(content)
        return _hash((self.ids, row.contact.external, str(rows.index(content))))


def _notes(sheet: Sheet) -> dict[str, Any]:
    """What the first look tells, as plain values; each list has an entry for each column."""
    return {
        "headers": list(sheet.headers),
        "mapping": list(sheet.mapping),
        "samples": [[cell[:SHOWN] for cell in row] for row in sheet.samples],
        "layout": sheet.layout,
        "what": sheet.what,
        "doubts": list(sheet.doubts),
        "header_row": sheet.header_row,
        "charset": sheet.charset,
        "separator": sheet.separator,
        "columns": _columns(sheet.headers, sheet.mapping),
    }


def _columns(headers: tuple[str, ...], mapping: tuple[str, ...]) -> dict[str, str]:
    return {header: field for header, field in zip(headers, mapping, strict=True) if field}


def _namespace(headers: tuple[str, ...], mapping: tuple[str, ...]) -> str:
    """Which system's numbers these are, by the name of their column."""
    if "external" not in mapping:
        return ""
    header = headers[mapping.index("external")]
    own = plain(header)
    return f"{own} {_hash(headers)[:8]}" if own in ANYBODYS else own


def _outcome(row: Row, ids: str, name: str, at: datetime) -> Outcome:
    where = f"row {row.number}"
    raw = "\t".join(row.cells).encode("utf-8", "replace")
    if row.problem:
        return Outcome(where=where, outcome=QUARANTINED, reason=row.problem, raw=raw)
    contact = _contact(row.contact, ids, name)
    standing = Told(
        contact=contact,
        source=f"row:csv:{name}",
        facts=tuple(_standing(row, f"row-{name[:16]}", at)),
    )
    return Outcome(
        where=where,
        outcome=LINKED,
        reason=" ".join(row.remarks)[:200],
        raw=raw,
        told=(standing, *_beside(row, contact, name, at)),
        tally=tuple(_tally(row)),
    )


def _contact(found: Contact, ids: str, name: str) -> Contact:
    """Whom nothing but their name makes known is known by the row: the same row, no news."""
    called = found.name or found.company or found.email or next(iter(found.phones), "")
    external = f"{ids}:{found.external}" if found.external else ""
    if not external and not found.emails and not found.phones:
        external = f"row:{name[:24]}"
    return replace(
        found, note="", name=called or f"{ids.title()} {found.external}", external=external[:120]
    )


def _beside(row: Row, contact: Contact, name: str, at: datetime) -> Iterator[Told]:
    """A note and a no each have a source of their own: a changed one is news."""
    if row.note:
        note = row.note[:LONGEST_TEXT]
        source = f"note:csv:{_hash((name, note))}"
        yield Told(contact=contact, source=source, facts=(Noted(at=at),), words=(("", note),))
    refused = [
        *(["email"] if row.do_not_email else []),
        *(["call", "sms"] if row.do_not_call else []),
    ]
    if refused:
        no = OptedOut(at=at, channels=tuple(refused))
        yield Told(contact=contact, source=f"no:csv:{_hash((name, *refused))}", facts=(no,))


def _standing(row: Row, matter: str, at: datetime) -> list[Fact]:
    """Won and lost ones are kept with their day; an open one wants its first touch."""
    value = max(row.amount or 0, 0)
    if row.converted or lost(row.stage):
        opened = min(row.enquired_at or row.won_at or at, at)
        closed = max(opened, min(row.won_at or row.enquired_at or at, at))
        outcome, reason = ("won", WON_BEFORE) if row.converted else ("lost", LOST_BEFORE)
        return [
            Opened(at=opened, matter=matter, kind="deal", value=value),
            Closed(at=closed, matter=matter, outcome=outcome, reason=reason),
        ]
    if value:
        return [
            Listed(at=at, matter=matter, origin=row.source),
            Opened(at=at, matter=matter, kind="deal", value=value),
        ]
    return [Listed(at=at, origin=row.source)]


def _tally(row: Row) -> Iterator[str]:
    if row.converted:
        yield "won"
    elif lost(row.stage):
        yield "lost"
    else:
        yield "listed"
    if row.do_not_email:
        yield "do_not_email"
    if row.do_not_call:
        yield "do_not_call"


def _hash(cells: tuple[str, ...]) -> str:
    return sha256("\x1f".join(cells).encode("utf-8", "replace")).hexdigest()
