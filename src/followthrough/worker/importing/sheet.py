"""Lists: whoever bought is a customer, everybody else hears from us, opt-outs hold."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any

from followthrough.inlets.columns import plain
from followthrough.inlets.noticed import Contact
from followthrough.inlets.spreadsheet import Choices, Row, Sheet, read_rows
from followthrough.worker.importing.log import Log, Telling, is_log
from followthrough.worker.importing.outcomes import (
    LINKED,
    QUARANTINED,
    Findings,
    Outcome,
    Told,
    line_of,
    on_the_way,
)
from followthrough.worker.importing.standing import (
    NO_CUSTOMER,
    beside,
    hashed,
    remarks,
    standing,
    tally,
)

LOOK = 2_000
SHOWN = 200  # letters of a sample
# Every system counts by these: two lists with an "id" speak of different people.
ANYBODYS = {"id", "uid", "external id", "record id", "nummer"}


class SheetReading:
    """`at` is when the list was brought in: a list says nothing of when it became true. `members`
    are the keys of the team by their lower-case names and addresses; whoever knows them sets it.
    """

    members: Mapping[str, str] = MappingProxyType({})

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
        self.log = Log(at=self.at, members=self.members) if is_log(sheet.what) else None
        names = _Names(sheet)
        for number, row in enumerate(sheet.rows if self.log else sheet.unread, start=1):
            self.findings.total = number
            if self.log and not row.problem:
                self.log.notice(row, names.contact(row, ""))
            if number % LOOK == 0:
                yield number
        self.findings.notes["rows"] = self.findings.total

    def _read(self) -> Sheet:
        return read_rows(self.path, region=self.region, zone=self.zone, choices=self.choices)

    def outcomes(self, start: int) -> Iterator[Outcome | None]:
        sheet = self._read()
        names = _Names(sheet)
        for number, row in enumerate(sheet.rows):
            name = names.of(row)
            if number >= start:
                yield self._outcome(row, names.contact(row, name), name)
            elif on_the_way(number):
                yield None

    def _outcome(self, row: Row, contact: Contact, name: str) -> Outcome:
        where = f"row {row.number}"
        raw = line_of(row.cells)
        if row.problem:
            return Outcome(where=where, outcome=QUARANTINED, reason=row.problem, raw=raw)
        telling = self._telling(row, contact, name)
        return Outcome(
            where=where,
            outcome=LINKED,
            reason=" ".join(telling.remarks)[:200],
            raw=raw,
            told=telling.told,
            tally=telling.counts_as,
        )

    def _telling(self, row: Row, contact: Contact, name: str) -> Telling:
        if self.log is not None:
            return self.log.told(row, contact, name)
        if self.sheet.book and not (row.converted or row.lost):
            known = Told(contact=contact, source=f"row:csv:{name}")
            told = (known, *beside(row, contact, name, at=self.at))
            return Telling(told=told, counts_as=("known",), remarks=remarks(row))
        owner = self.members.get(row.owner.lower(), "")
        told = (
            *standing(row, contact, name, at=self.at, owner=owner),
            *beside(row, contact, name, at=self.at),
        )
        return Telling(told=told, counts_as=tuple(tally(row)), remarks=remarks(row))


class _Names:
    """What each row is known by: its id, where it has one, so that an edited row stays itself."""

    def __init__(self, sheet: Sheet) -> None:
        self.what = sheet.what
        self.ids = sheet.ids or _namespace(sheet)
        self.deals = f"deal {sheet.ids or hashed(sheet.headers)[:8]}"
        self.seen: dict[str, list[str]] = {}

    def of(self, row: Row) -> str:
        content = hashed(row.cells)
        ids, external = self.ids, row.contact.external
        if self.what == "deals":
            ids, external = self.deals, row.deal_id
        if not external or is_log(self.what):
            return content
        # One id may stand in several rows, each a deal of its own; the same row again is no news.
        rows = self.seen.setdefault(external, [])
        if content not in rows:
            rows.append(content)
        return hashed((ids, external, str(rows.index(content))))

    def contact(self, row: Row, name: str) -> Contact:
        """Whom nothing but their name makes known is known by the row: the same row, no news. In a
        log it is the name, and so it is with companies: two lists that name one mean the same."""
        found = row.contact
        called = found.name or found.company or found.email or next(iter(found.phones), "")
        external = f"{self.ids}:{found.external}" if found.external else ""
        if not external and not found.emails and not found.phones:
            external = self._by_name(row, name)
        called = called or f"{self.ids.title()} {found.external}".strip()
        if not called or (not found.known_by_something and row.deal):
            called = f"{row.deal or NO_CUSTOMER} {row.deal_id}".strip()
        return replace(found, note="", name=called, external=external[:120])

    def _by_name(self, row: Row, name: str) -> str:
        found = row.contact
        if found.company and not found.name:
            return f"company:{key_of(found.company)}"
        if row.deal_id and not found.known_by_something:
            return f"{self.deals}:{row.deal_id}"
        # Of deeds one person has many rows, and both looks must know them by the same.
        known = key_of(found.name) or hashed((found.name,))[:24]
        return f"name:{known}" if is_log(self.what) or not name else f"row:{name[:24]}"


def key_of(name: str) -> str:
    """Letters and digits alone: `GTXPro` and “GTX Pro” are one."""
    return "".join(sign for sign in plain(name) if sign.isalnum())[:80]


def _notes(sheet: Sheet) -> dict[str, Any]:
    """What the first look tells, as plain values; each list has an entry for each column."""
    return {
        "headers": list(sheet.headers),
        "mapping": list(sheet.mapping),
        "samples": [[cell[:SHOWN] for cell in row] for row in sheet.samples],
        "layout": sheet.layout,
        "what": sheet.what,
        "doubts": list(sheet.doubts),
        "problem": sheet.problem,
        "header_row": sheet.header_row,
        "charset": sheet.charset,
        "separator": sheet.separator,
        "columns": {header: f for header, f in zip(sheet.headers, sheet.mapping, strict=True) if f},
    }


def _namespace(sheet: Sheet) -> str:
    """Which system's numbers these are, by the name of their column."""
    if "external" not in sheet.mapping:
        return ""
    if not sheet.header_row:
        return f"list {hashed(sheet.samples[0] if sheet.samples else ())[:8]}"
    own = plain(sheet.headers[sheet.mapping.index("external")])
    return f"{own} {hashed(sheet.headers)[:8]}" if own in ANYBODYS else own
