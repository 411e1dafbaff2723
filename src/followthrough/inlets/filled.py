"""The cells of one row by what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from followthrough.inlets.cells import addresses
from followthrough.inlets.columns import place_of, plain
from followthrough.inlets.numbers import apart, phone
from followthrough.inlets.sums import Summing
from followthrough.inlets.wording import one_line


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of a list and what each one means; `sums` says how numbers are written there."""

    headers: tuple[str, ...]
    mapping: tuple[str, ...]
    sums: Mapping[str, Summing]

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


class Filled:
    """`no_addresses` and `no_numbers` are what stands there and is none, and `faxes` the
    numbers that nobody can be spoken to at, once the addresses and numbers were asked for."""

    def __init__(self, columns: Columns, row: list[str]) -> None:
        self.columns, self.row = columns, row
        self.cells: dict[str, list[tuple[int, str]]] = {}
        self.no_addresses: list[str] = []
        self.no_numbers: list[str] = []
        self.faxes: list[str] = []
        width = len(row)
        for place, field in columns.plan:
            if place < width and (text := row[place].strip()):
                self.cells.setdefault(field, []).append((place, text))

    def one(self, field: str) -> str:
        return one_line(self.cells[field][0][1]) if field in self.cells else ""

    def number(self, field: str) -> Decimal | None:
        return self.columns.sums[field].number(self.one(field)) if field in self.cells else None

    def cents(self, field: str) -> int | None:
        return self.columns.sums[field].cents(self.one(field)) if field in self.cells else None

    def many(self, field: str) -> list[str]:
        return [text for _, text in self.cells.get(field, ())]

    def kind(self, place: int) -> str:
        """As the column beside says, else as its own header does."""
        beside = self.columns.labels.get(place)
        said = place_of(self.row[beside]) if beside is not None and beside < len(self.row) else ""
        return said or self.columns.kinds[place]

    def emails(self) -> dict[str, str]:
        """Each address once, with its kind."""
        found: dict[str, str] = {}
        for place, cell in self.cells.get("email", ()):
            some = addresses(cell)
            if not some:
                self.no_addresses.append(cell)
            for address in some:
                found.setdefault(address, self.kind(place))
        return found

    def numbers(self, region: str | None) -> dict[str, str]:
        """Each number that can be called once, with its kind."""
        found: dict[str, str] = {}
        for place, cell in self.cells.get("phone", ()):
            for written in apart(cell):
                number = phone(written, region)
                if not number:
                    self.no_numbers.append(written)
                elif "fax" in self._label(place):
                    self.faxes.append(number)
                else:
                    found.setdefault(number, self.kind(place))
        self.faxes += (number for cell in self.many("fax") if (number := phone(cell, region)))
        return found

    def _label(self, place: int) -> str:
        beside = self.columns.labels.get(place)
        return self.row[beside].lower() if beside is not None and beside < len(self.row) else ""
