"""One record of a list: who it is about, what happened, and what of it could not be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from followthrough.core.saying import says
from followthrough.inlets.cells import lost, objects, refuses, won, yes
from followthrough.inlets.dates import Dating
from followthrough.inlets.filled import Columns, Filled
from followthrough.inlets.happenings import Happening, happening_of
from followthrough.inlets.noticed import Contact
from followthrough.inlets.people import details_of, named
from followthrough.inlets.sums import is_plain, is_scaled
from followthrough.inlets.wording import many_lines, one_line

NOBODY = says("This row has no name, no mail address, no phone number and no id.")
DATES = ("enquired_at", "won_at", "closed_at", "at")
NUMBERS = ("amount", "price", "quantity")


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


When = dict[str, datetime | None]
Part = Callable[[Filled, When], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """How the rows of one list are read. `what` is a key of `columns.SUBJECTS`."""

    columns: Columns
    datings: dict[int, Dating]
    region: str | None
    what: str = "people"

    @cached_property
    def parts(self) -> tuple["Part", ...]:
        """What this list can tell beside who it is about; the rest need not be asked row by row."""
        has = set(self.columns.mapping)
        parts = [part for part, fields in _PARTS.items() if has & fields]
        return tuple(parts)

    def row(self, number: int, cells: list[str]) -> Row:
        filled = Filled(self.columns, cells)
        when = {
            self.columns.mapping[place]: dating.instant(cells[place])
            if place < len(cells)
            else None
            for place, dating in self.datings.items()
        }
        contact = self._contact(filled)
        more: dict[str, Any] = {}
        for part in self.parts:
            more |= part(filled, when)
        if self.what not in ("people", "deals"):
            more["happened"] = happening_of(self.what, filled, when)
        return Row(
            number=number,
            contact=contact,
            note=contact.note,
            problem="" if contact.known_by_something or self._is_deal(filled) else NOBODY,
            remarks=tuple(self._remarks(filled, when)),
            cells=tuple(cells),
            **more,
        )

    def _is_deal(self, filled: Filled) -> bool:
        return self.what == "deals" and ("deal" in filled.cells or "deal_id" in filled.cells)

    def _contact(self, filled: Filled) -> Contact:
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

    def _remarks(self, filled: Filled, when: dict[str, datetime | None]) -> Iterator[str]:
        for cell in filled.no_addresses:
            yield f"“{one_line(cell, limit=80)}” is not a mail address."
        for cell in filled.no_numbers:
            yield f"“{one_line(cell, limit=40)}” is not a phone number."
        for field, date in when.items():
            if date is None and (cell := filled.one(field)):
                yield says("“{cell}” could not be read as a date.", cell=cell[:40])
        for field in NUMBERS:
            if field in filled.cells and not is_plain(cell := filled.one(field)):
                yield from _about_number(cell, filled.cents(field))
        cells, columns = len(filled.row), len(self.columns.headers)
        if cells > columns:
            yield says(
                "This row has {cells} cells, but there are {columns} columns.",
                cells=cells,
                columns=columns,
            )


# How people and programs write that there is no number.
NO_SUM = {"n/a", "na", "n.a.", "none", "null", "nil", "tbd", "tba", "k.a.", "keine", "-", "unknown"}


def _about_number(cell: str, read: int | None) -> Iterator[str]:
    if read is None and any(map(str.isalnum, cell)) and cell.lower() not in NO_SUM:
        yield says("“{cell}” could not be read as a sum.", cell=cell[:40])
    elif read is not None and is_scaled(cell):
        yield says("“{cell}” was read as {sum}.", cell=cell[:40], sum=f"{read / 100:,.2f}")


def _consent(filled: Filled, _when: When) -> dict[str, Any]:
    return {
        "do_not_email": objects(filled.one("do_not_email")) or refuses(filled.one("may_email")),
        "do_not_call": objects(filled.one("do_not_call")),
    }


def _origin(filled: Filled, when: When) -> dict[str, Any]:
    return {
        "enquired_at": when.get("enquired_at"),
        "source": filled.one("source"),
        "owner": filled.one("owner"),
    }


def _deal(filled: Filled, when: When) -> dict[str, Any]:
    stage, told = filled.one("stage"), filled.one("converted")
    is_won = won(stage) or won(told) or bool(when.get("won_at"))
    return {
        "won_at": when.get("won_at"),
        "closed_at": when.get("closed_at"),
        "converted": is_won,
        "lost": not is_won and (lost(stage) or lost(told) or yes(filled.one("closed"))),
        "stage": stage or told,
        "deal": filled.one("deal"),
        "deal_id": filled.one("deal_id"),
    }


def _numbers(filled: Filled, _when: When) -> dict[str, Any]:
    touches = filled.one("touches")
    return {
        "amount": filled.cents("amount"),
        "touches": int(touches) if touches.isdecimal() and len(touches) < 7 else 0,
    }


_PARTS: dict[Part, set[str]] = {
    _consent: {"do_not_email", "may_email", "do_not_call"},
    _origin: {"enquired_at", "source", "owner"},
    _deal: {"stage", "converted", "closed", "won_at", "closed_at", "deal", "deal_id"},
    _numbers: {"amount", "touches"},
}
