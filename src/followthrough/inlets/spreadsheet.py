"""A list as CSV, TSV or Excel: what it is about, and its rows with what they mean."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from itertools import islice
from pathlib import Path

from followthrough.inlets.columns import MANY, meanings
from followthrough.inlets.dates import Dating, tells_order
from followthrough.inlets.doubtful import about_nobody, about_sums, either_order, said_twice
from followthrough.inlets.filled import Columns
from followthrough.inlets.guessing import by_content, headers_of, with_moments
from followthrough.inlets.layout import Layout
from followthrough.inlets.layouts import layout_of
from followthrough.inlets.noticed import Contact
from followthrough.inlets.packed import CouldNotRead
from followthrough.inlets.rows import DATES, NOBODY, NUMBERS, Reader, Row
from followthrough.inlets.subject import in_its_light, subject_of
from followthrough.inlets.sums import Summing, summing_of
from followthrough.inlets.tables import Table, table
from followthrough.inlets.workbook import Workbook

ENOUGH = 2_000
SAMPLED = 200
SHOWN = 5
__all__ = ["NOBODY", "Choices", "Row", "Sheet", "read_rows"]


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
class Sheet:
    """`mapping` has one field per header, "" for a column that is left alone. `doubts` are
    sentences for a person to confirm. `what` is a key of `columns.SUBJECTS`, `layout` the program
    that wrote the list, if it is known by its columns, `ids` whose numbers it counts by. A
    `book` is an address book: people we know, and owe nothing until something happens. `samples`
    are its first five rows. `header_row` counts records from 1; 0: the list has no headers.

    `unread` are the rows without what stands in them, quickly counted.
    `problem` says why nothing (more) can be read; the last row repeats it, so that it is reported.
    """

    headers: tuple[str, ...] = ()
    mapping: tuple[str, ...] = ()
    rows: Iterator[Row]
    unread: Iterator[Row] = field(default_factory=lambda: iter(()))
    doubts: tuple[str, ...] = ()
    charset: str = "utf-8"
    separator: str = ","
    what: str = "people"
    layout: str = ""
    ids: str = ""
    book: bool = False
    samples: tuple[tuple[str, ...], ...] = ()
    header_row: int = 0
    problem: str = ""


NOBODY_YET = Contact()


def read_rows(
    source: Path | str | bytes,
    *,
    region: str | None = None,
    zone: tzinfo = UTC,
    choices: Choices | None = None,
) -> Sheet:
    """Streams, a row at a time, and never raises for what stands in a file. `region` reads national
    phone numbers, `zone` naive times."""
    choices = choices or Choices()
    try:
        found = table(source)
        draft = _draft(found, choices)
        datings = _datings(found, draft, choices, zone)
        sums = _sums(found, draft)
    except CouldNotRead as error:
        broken = [_broken_off(1, error)]
        return Sheet(rows=iter(broken), unread=iter(broken), problem=str(error))
    columns = Columns(headers=draft.headers, mapping=draft.mapping, sums=sums)
    reader = Reader(columns=columns, datings=datings, region=region, what=draft.what)
    return _sheet(found, draft, reader)


def _sheet(found: Table | Workbook, draft: "_Draft", reader: Reader) -> Sheet:
    unsure = [draft.headers[place] for place, how in reader.datings.items() if not how.certain]
    layout = draft.layout
    return Sheet(
        headers=draft.headers,
        mapping=draft.mapping,
        rows=_rows(found, draft.first, reader.row),
        unread=_rows(found, draft.first, _unread),
        doubts=(
            *found.doubts,
            *about_nobody(draft.mapping),
            *said_twice(draft.headers, draft.mapping),
            *map(either_order, unsure),
            *about_sums(reader.columns),
        ),
        charset=found.charset,
        separator=found.separator,
        what=draft.what,
        layout=layout.name if layout else "",
        ids=layout.ids if layout else "",
        book=bool(layout and layout.book and draft.what == "people"),
        samples=tuple(map(tuple, draft.samples[:SHOWN])),
        header_row=draft.first,
    )


@dataclass(frozen=True, kw_only=True)
class _Draft:
    first: int
    headers: tuple[str, ...]
    mapping: tuple[str, ...]
    what: str
    layout: Layout | None
    samples: list[list[str]]


def _draft(found: Table | Workbook, choices: Choices) -> _Draft:
    """A guess at the whole list, with what a person put right."""
    first, headers = headers_of(found.rows(), found.width, choices.header_row)
    layout = layout_of(headers) if first else None
    data = (row for row in islice(found.rows(), first, None) if any(map(str.strip, row)))
    samples = list(islice(data, SAMPLED))
    known = layout.known(headers) if layout else {}
    mapping = meanings(headers, known) if first else ("",) * len(headers)
    if layout is None:
        mapping = by_content(samples, mapping, headless=not first)
    mapping = with_moments(samples, mapping)
    what = choices.what or (layout.what if layout else subject_of(headers, mapping))
    mapping = in_its_light(what, headers, mapping)
    mapping = _put_right(mapping, choices.fields)
    return _Draft(
        first=first, headers=headers, mapping=mapping, what=what, layout=layout, samples=samples
    )


def _put_right(guessed: Sequence[str], chosen: Mapping[int, str]) -> tuple[str, ...]:
    """What a person chose takes the place of a guess, also where another column had it."""
    taken = set(chosen.values()) - MANY - {""}
    return tuple(
        chosen.get(place, "" if guess in taken else guess) for place, guess in enumerate(guessed)
    )


def _datings(
    found: Table | Workbook, draft: _Draft, choices: Choices, zone: tzinfo
) -> dict[int, Dating]:
    places = [place for place, field in enumerate(draft.mapping) if field in DATES]
    if choices.day_first is not None:
        told = Dating(day_first=choices.day_first, certain=True, zone=zone)
        return dict.fromkeys(places, told)
    return {place: _dating(found, draft.first, place, zone) for place in places}


def _dating(found: Table | Workbook, first: int, place: int, zone: tzinfo) -> Dating:
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


def _sums(found: Table | Workbook, draft: _Draft) -> dict[str, Summing]:
    typed = isinstance(found, Workbook)
    return {
        meant: summing_of(_cells(found, draft, meant), typed=typed)
        for meant in NUMBERS
        if meant in draft.mapping
    }


def _cells(found: Table | Workbook, draft: _Draft, wanted: str) -> Iterator[str]:
    places = [place for place, meant in enumerate(draft.mapping) if meant == wanted]
    for row in islice(found.rows(), draft.first, None):
        yield next((row[place] for place in places if place < len(row) and row[place].strip()), "")


def _rows(
    found: Table | Workbook, first: int, interpreted: Callable[[int, list[str]], Row]
) -> Iterator[Row]:
    number = 0
    try:
        for number, cells in enumerate(found.rows(), start=1):
            if number > first and any(map(str.strip, cells)):
                yield interpreted(number, cells)
    except CouldNotRead as error:
        yield _broken_off(number + 1, error)


def _unread(number: int, _cells: list[str]) -> Row:
    return Row(number=number, contact=NOBODY_YET)


def _broken_off(number: int, error: CouldNotRead) -> Row:
    return Row(number=number, contact=Contact(), problem=str(error))
