"""One record of a list: who it is about, what happened, and what of it could not be read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from followthrough.inlets.cells import addresses, cents, lost, objects, refuses, won, yes
from followthrough.inlets.columns import place_of, plain
from followthrough.inlets.dates import Dating
from followthrough.inlets.happenings import Happening, happening_of
from followthrough.inlets.noticed import Contact
from followthrough.inlets.numbers import apart, phone
from followthrough.inlets.people import details_of, named
from followthrough.inlets.wording import many_lines, one_line

NOBODY = "This row has no name, no mail address, no phone number and no id."
DATES = ("enquired_at", "won_at", "closed_at", "at")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One record. `amount` is in cents; `problem` says why nobody can be found in it, `remarks`
    what else could not be read. `closed_at` is the day that a deal was closed, or will be while it
    is open. `touches` is how often the list says that we were in touch. `cells` is the row as it
    was."""

    number: int
    contact: Contact
    enquired_at: datetime | None = None
    won_at: datetime | None = None
    closed_at: datetime | None = None
    source: str = ""
    do_not_email: bool = False
    do_not_call: bool = False
    converted: bool = False
    lost: bool = False
    stage: str = ""
    owner: str = ""
    note: str = ""
    amount: int | None = None
    deal: str = ""
    deal_id: str = ""
    touches: int = 0
    happened: Happening | None = None
    problem: str = ""
    remarks: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reader:
    """How the rows of one list are read. `what` is a key of `columns.SUBJECTS`."""

    headers: tuple[str, ...]
    mapping: tuple[str, ...]
    datings: dict[int, Dating]
    region: str | None
    what: str = "people"

    @cached_property
    def plan(self) -> tuple[tuple[int, str], ...]:
        return tuple((place, field) for place, field in enumerate(self.mapping) if field)

    @cached_property
    def kinds(self) -> dict[int, str]:
        """Home, work, cell …: which of somebody's addresses or numbers each column holds."""
        return {place: place_of(self.headers[place]) for place, _ in self.plan}

    @cached_property
    def labels(self) -> dict[int, int]:
        """Where a column beside says which address it is: “Phone 1 - Type”, “E-mail 1 - Label”."""
        words = {plain(header): place for place, header in enumerate(self.headers)}
        found = {}
        for place, _ in self.plan:
            stem = " ".join(plain(self.headers[place]).split()[:-1])
            beside = words.get(f"{stem} type", words.get(f"{stem} label"))
            if beside is None and stem.startswith("address "):
                stem = " ".join(stem.split()[:2])
                beside = words.get(f"{stem} type", words.get(f"{stem} label"))
            if beside is not None and beside != place:
                found[place] = beside
        return found

    def row(self, number: int, cells: list[str]) -> Row:
        filled = Filled(self, cells)
        when = {self.mapping[place]: self.date(place, cells) for place in self.datings}
        contact = self._contact(filled)
        row = Row(
            number=number,
            contact=contact,
            enquired_at=when.get("enquired_at"),
            won_at=when.get("won_at"),
            closed_at=when.get("closed_at"),
            source=filled.one("source"),
            do_not_email=objects(filled.one("do_not_email")) or refuses(filled.one("may_email")),
            do_not_call=objects(filled.one("do_not_call")),
            owner=filled.one("owner"),
            note=contact.note,
            amount=cents(filled.one("amount")),
            problem="" if contact.known_by_something else NOBODY,
            remarks=tuple(self._remarks(filled, cells)),
            cells=tuple(cells),
            **_deal(filled, when.get("won_at")),  # type: ignore[arg-type]
        )
        if self.what in ("people", "deals"):
            return row
        return replace(row, happened=happening_of(self.what, filled.one, when))

    def date(self, place: int, cells: list[str]) -> datetime | None:
        return self.datings[place].instant(cells[place]) if place < len(cells) else None

    def _contact(self, filled: "Filled") -> Contact:
        emails = filled.emails()
        numbers = filled.numbers(self.region)
        return Contact(
            name=filled.one("name") or named(filled.one),
            emails=tuple(emails),
            phones=tuple(numbers),
            company=filled.one("company"),
            title=filled.one("title"),
            note=many_lines("\n".join(filled.many("note"))) if "note" in filled.cells else "",
            external=filled.one("external"),
            details=details_of(filled, emails, numbers),
        )

    def _remarks(self, filled: "Filled", cells: list[str]) -> Iterator[str]:
        for cell in filled.many("email"):
            if not addresses(cell):
                yield f"“{one_line(cell, limit=80)}” is not a mail address."
        for place in self.datings:
            cell = one_line(cells[place], limit=40) if place < len(cells) else ""
            if cell and not self.date(place, cells):
                yield f"“{cell}” could not be read as a date."
        amount = filled.one("amount")
        if any(sign.isdigit() for sign in amount) and cents(amount) is None:
            yield f"“{amount[:40]}” could not be read as a sum."
        if len(cells) > len(self.headers):
            yield f"This row has {len(cells)} cells, but there are {len(self.headers)} columns."


def _deal(filled: "Filled", won_at: datetime | None) -> dict[str, object]:
    stage, told = filled.one("stage"), filled.one("converted")
    is_won = won(stage) or won(told) or bool(won_at)
    return {
        "converted": is_won,
        "lost": not is_won and (lost(stage) or lost(told) or yes(filled.one("closed"))),
        "stage": stage or told,
        "deal": filled.one("deal"),
        "deal_id": filled.one("deal_id"),
        "touches": _count(filled.one("touches")),
    }


def _count(cell: str) -> int:
    return int(cell) if cell.isdigit() and cell.isascii() and len(cell) < 7 else 0


class Filled:
    """The cells of one row by what they mean."""

    def __init__(self, reader: Reader, row: list[str]) -> None:
        self.reader, self.row = reader, row
        self.cells: dict[str, list[tuple[int, str]]] = {}
        width = len(row)
        for place, field in reader.plan:
            if place < width and (text := row[place].strip()):
                self.cells.setdefault(field, []).append((place, text))

    def one(self, field: str) -> str:
        return one_line(self.cells[field][0][1]) if field in self.cells else ""

    def many(self, field: str) -> list[str]:
        return [text for _, text in self.cells.get(field, ())]

    def kind(self, place: int) -> str:
        """As the column beside says, else as its own header does."""
        beside = self.reader.labels.get(place)
        said = place_of(self.row[beside]) if beside is not None and beside < len(self.row) else ""
        return said or self.reader.kinds[place]

    def emails(self) -> dict[str, str]:
        """Each address once, with its kind."""
        found: dict[str, str] = {}
        for place, cell in self.cells.get("email", ()):
            for address in addresses(cell):
                found.setdefault(address, self.kind(place))
        return found

    def numbers(self, region: str | None) -> dict[str, str]:
        """Each number that can be called once, with its kind."""
        found: dict[str, str] = {}
        for place, cell in self.cells.get("phone", ()):
            for written in apart(cell):
                number = phone(written, region)
                if number and "fax" not in self._label(place):
                    found.setdefault(number, self.kind(place))
        return found

    def _label(self, place: int) -> str:
        beside = self.reader.labels.get(place)
        return self.row[beside].lower() if beside is not None and beside < len(self.row) else ""
