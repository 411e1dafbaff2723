"""A list of people or deals as CSV or TSV: rows with what they mean, each with what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import islice
from pathlib import Path

from followthrough.inlets.cells import (
    Dating,
    addresses,
    cents,
    objects,
    refuses,
    tells_order,
    won,
)
from followthrough.inlets.columns import meanings
from followthrough.inlets.noticed import Contact
from followthrough.inlets.numbers import phones
from followthrough.inlets.tables import Table, table
from followthrough.inlets.wording import many_lines, one_line

ENOUGH = 2_000
NOBODY = "This row has no name, no mail address, no phone number and no id."


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a person put right; whatever they left alone is guessed.

    `fields` says what a column means, by its place from 0 ("": leave it out). `what` is a key of
    `columns.SUBJECTS`. `header_row` is the number of the record with the headers, from 1; 0: the
    list has none.
    """

    fields: Mapping[int, str] = field(default_factory=dict)
    what: str = ""
    day_first: bool | None = None
    header_row: int | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One record. `amount` is in cents; `problem` says why nobody can be found in it, `remarks`
    what else could not be read. `cells` is the row as it was."""

    number: int
    contact: Contact
    enquired_at: datetime | None = None
    won_at: datetime | None = None
    source: str = ""
    do_not_email: bool = False
    do_not_call: bool = False
    converted: bool = False
    stage: str = ""
    owner: str = ""
    note: str = ""
    amount: int | None = None
    problem: str = ""
    remarks: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`mapping` has one field per header, "" for a column that is left alone. `doubts` are
    sentences for a person to confirm. `what` is a key of `columns.SUBJECTS`, `layout` the program
    that wrote the list, if it is known by its columns. `samples` are its first five rows.
    `header_row` counts records from 1; 0: the list has no headers."""

    headers: tuple[str, ...]
    mapping: tuple[str, ...]
    rows: Iterator[Row]
    doubts: tuple[str, ...] = ()
    charset: str = "utf-8"
    separator: str = ","
    what: str = "people"
    layout: str = ""
    samples: tuple[tuple[str, ...], ...] = ()
    header_row: int = 0


def read_rows(
    source: Path | str | bytes,
    *,
    region: str | None = None,
    zone: tzinfo = UTC,
    choices: Choices | None = None,
) -> Sheet:
    """Streams, a row at a time. `region` reads national phone numbers, `zone` naive times."""
    found = table(source)
    choices = choices or Choices()
    first, headers = _headers(found)
    mapping = meanings(headers) if first else _by_content(found, len(headers))
    mapping = tuple(choices.fields.get(n, guess) for n, guess in enumerate(mapping))
    data = (row for row in islice(found.rows(), first, None) if any(map(str.strip, row)))
    datings = {place: _dating(found, first, place, zone) for place in _places(mapping, *_DATES)}
    reader = _Reader(headers=headers, mapping=mapping, datings=datings, region=region)
    return Sheet(
        headers=headers,
        mapping=mapping,
        rows=reader.rows(found, first),
        doubts=tuple(_doubt(headers[place]) for place, how in datings.items() if not how.certain),
        charset=found.charset,
        separator=found.separator,
        what=choices.what or "people",
        samples=tuple(tuple(row) for row in islice(data, 5)),
        header_row=first,
    )


_DATES = ("enquired_at", "won_at")


def _headers(found: Table) -> tuple[int, tuple[str, ...]]:
    """Which record holds the headers, and they; 0 where the first record is already data."""
    for number, row in enumerate(islice(found.rows(), 20), start=1):
        cells = [one_line(cell, limit=120) for cell in row]
        if any(map(addresses, cells)):
            return 0, tuple(f"Column {place}" for place in range(1, len(cells) + 1))
        title = len([cell for cell in cells if cell]) < found.width / 2
        if any(cells) and not title and not cells[0].lower().startswith("sep="):
            return number, tuple(cells)
    return 1, ()


def _by_content(found: Table, width: int) -> tuple[str, ...]:
    """Without headers only mail addresses speak for themselves, and a name beside them."""
    row = next((row for row in found.rows() if any(row)), [])
    fields = ["email" if addresses(cell) else "" for cell in row[:width]]
    beside = [place for place, cell in enumerate(row) if not fields[place] and " " in cell.strip()]
    if beside and not any(sign.isdigit() for sign in row[beside[0]]):
        fields[beside[0]] = "name"
    return tuple(fields)


def _places(mapping: tuple[str, ...], *fields: str) -> list[int]:
    return [place for place, field in enumerate(mapping) if field in fields]


def _dating(found: Table, first: int, place: int, zone: tzinfo) -> Dating:
    """Day or month first: the whole column decides, at the first date that can only be one."""
    ambiguous = False
    for number, row in enumerate(islice(found.rows(), first, None)):
        cell = row[place] if place < len(row) else ""
        told = tells_order(cell)
        if told is not None:
            return Dating(day_first=told, certain=True, zone=zone)
        ambiguous = ambiguous or Dating().instant(cell) != Dating(day_first=False).instant(cell)
        if number > ENOUGH and not ambiguous:
            break  # a column of ISO dates leaves nothing to decide
    return Dating(day_first=True, certain=not ambiguous, zone=zone)


def _doubt(header: str) -> str:
    return (
        f"The dates under “{header}” could start with the day or with the month. "
        "They are read with the day first."
    )


@dataclass(frozen=True, kw_only=True)
class _Reader:
    headers: tuple[str, ...]
    mapping: tuple[str, ...]
    datings: dict[int, Dating]
    region: str | None

    def rows(self, found: Table, first: int) -> Iterator[Row]:
        for number, cells in enumerate(found.rows(), start=1):
            if number > first and any(cell.strip() for cell in cells):
                yield self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> Row:
        filled = _Filled(self.mapping, cells)
        when = {self.mapping[place]: self._date(place, cells) for place in self.datings}
        contact = self._contact(filled)
        stage = filled.one("converted")
        return Row(
            number=number,
            contact=contact,
            enquired_at=when.get("enquired_at"),
            won_at=when.get("won_at"),
            source=filled.one("source"),
            do_not_email=objects(filled.one("do_not_email")) or refuses(filled.one("may_email")),
            do_not_call=objects(filled.one("do_not_call")),
            converted=won(stage) or bool(when.get("won_at")),
            stage=stage,
            owner=filled.one("owner"),
            note=contact.note,
            amount=cents(filled.one("amount")),
            problem="" if contact.known_by_something else NOBODY,
            remarks=tuple(self._remarks(filled, cells)),
            cells=tuple(cells),
        )

    def _date(self, place: int, cells: list[str]) -> datetime | None:
        return self.datings[place].instant(cells[place]) if place < len(cells) else None

    def _contact(self, filled: "_Filled") -> Contact:
        parts = (filled.one("first"), filled.one("middle"), filled.one("last"))
        emails = (one for cell in filled.many("email") for one in addresses(cell))
        return Contact(
            name=filled.one("name") or " ".join(part for part in parts if part),
            emails=tuple(dict.fromkeys(emails)),
            phones=phones(filled.many("phone"), self.region),
            company=filled.one("company"),
            title=filled.one("title"),
            note=many_lines("\n".join(filled.many("note"))),
            external=filled.one("external"),
        )

    def _remarks(self, filled: "_Filled", cells: list[str]) -> Iterator[str]:
        for cell in filled.many("email"):
            if not addresses(cell):
                yield f"“{one_line(cell, limit=80)}” is not a mail address."
        for place in self.datings:
            cell = one_line(cells[place], limit=40) if place < len(cells) else ""
            if cell and not self._date(place, cells):
                yield f"“{cell}” could not be read as a date."
        amount = filled.one("amount")
        if any(sign.isdigit() for sign in amount) and cents(amount) is None:
            yield f"“{amount[:40]}” could not be read as a sum."
        if len(cells) > len(self.headers):
            yield f"This row has {len(cells)} cells, but there are {len(self.headers)} columns."


class _Filled:
    """The cells of one row by what they mean."""

    def __init__(self, mapping: tuple[str, ...], cells: list[str]) -> None:
        self.cells: dict[str, list[str]] = {}
        for field, cell in zip(mapping, cells, strict=False):
            if field and (text := cell.strip()):
                self.cells.setdefault(field, []).append(text)

    def one(self, field: str) -> str:
        return one_line(self.cells[field][0]) if field in self.cells else ""

    def many(self, field: str) -> list[str]:
        return self.cells.get(field, [])
