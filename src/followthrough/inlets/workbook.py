"""Excel workbooks as rows of cells: streamed, values only, nothing in them is ever calculated."""

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader, apply_stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser

from followthrough.core.saying import says
from followthrough.inlets.packed import CouldNotRead, safe_archive
from followthrough.inlets.wording import one_line
from followthrough.inlets.workbook_parts import INLINE, WORDS, Innocent, elements, words_of

LOOKED_AT = 500  # rows of a sheet, to see how full it is
WIDEST = 2_000
LONGEST_GAP = 5_000  # empty rows that are counted out; what lies below a larger gap follows at once
LARGEST_LOCKED = 256 << 20
MOST_WORDS = 256 << 20  # bytes of the words that cells share, which are held in memory
BROKEN = says("This workbook is damaged. Open it in Excel, save it again, and bring that in.")
PROTECTED = says(
    "This workbook is protected by a password. Open it, take the password off, save it, and bring "
    "that in."
)
EMPTY = says("There is no list in this workbook.")
TOO_MANY_WORDS = says(
    "This workbook is too large to be read as it is. Save its sheet as CSV first."
)
_FAULTS = (
    BadZipFile, zlib.error, ParseError, DefusedXmlException, KeyError, ValueError, IndexError,
    TypeError, AttributeError, EOFError, OSError, OverflowError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What all sheets of a workbook share, and where each stands in the file."""

    words: list[str]
    epoch: datetime
    dates: frozenset[int]
    spans: frozenset[int]
    sheets: dict[str, str]
    hidden: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """One sheet of a workbook, read from its top each time that `rows` is asked."""

    source: Path | bytes
    frame: Frame
    sheet: str
    width: int
    doubts: tuple[str, ...] = ()
    charset: str = field(default="", init=False)
    separator: str = field(default="", init=False)

    def rows(self) -> Iterator[list[str]]:
        """Every row, blank ones as empty lists, so that their count is the row on screen."""
        with _opened(self.source) as archive:
            yield from _rows(archive, self.frame, self.sheet)


def workbook(source: Path | bytes) -> Workbook:
    """The fullest sheet; the others are named in a doubt. Raises CouldNotRead."""
    with _opened(source) as archive:
        frame = _frame(archive)
        fullness = {sheet: _fullness(archive, frame, sheet) for sheet in frame.sheets}
    full = {name: found for name, found in fullness.items() if found[0]}
    if not full:
        raise CouldNotRead(EMPTY)
    best = max(full, key=lambda name: full[name][0])
    others = ", ".join(f"“{one_line(name, limit=60)}”" for name in full if name != best)
    doubt = says(
        "The sheet “{best}” is read. This workbook also holds {others}.", best=best, others=others
    )
    doubts = (doubt,) if others else ()
    return Workbook(source=source, frame=frame, sheet=best, width=full[best][1], doubts=doubts)


def looks_like_workbook(names: list[str]) -> bool:
    """By the names of a zip file's entries."""
    return any(name.lower() == "xl/workbook.xml" for name in names)


def is_protected(path: Path) -> bool:
    """A workbook with a password is no zip file but an old container with a lock in it."""
    raw = path.read_bytes() if path.stat().st_size < LARGEST_LOCKED else b""
    return raw.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in raw


@contextmanager
def _opened(source: Path | bytes) -> Iterator[ZipFile]:
    """Whatever is wrong inside, on the way or at its end, is said in one sentence."""
    try:
        with safe_archive(source) as archive:
            yield archive
    except CouldNotRead:
        raise
    except _FAULTS as error:
        raise CouldNotRead(BROKEN) from error


class _Frames(ExcelReader):  # type: ignore[misc]
    """The workbook without its pictures, themes and properties."""

    def read(self) -> None:
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        found = [
            (sheet, part.target)
            for sheet, part in self.parser.find_sheets()
            if "chartsheet" not in part.Type and part.target in self.valid_files
        ]
        self.sheets = {sheet.name: target for sheet, target in found}
        self.hidden = frozenset(sheet.name for sheet, _ in found if sheet.state != "visible")

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        path = part.PartName[1:]
        if self.archive.getinfo(path).file_size > MOST_WORDS:
            raise CouldNotRead(TOO_MANY_WORDS)
        with Innocent(self.archive.open(path)) as source:
            self.shared_strings = [words_of(one) for one in elements(source, WORDS)]


def _frame(archive: ZipFile) -> Frame:
    file = archive.fp
    assert file is not None  # noqa: S101 - it has just been opened
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = _Frames(file, read_only=True, data_only=True, keep_links=False)
        reader.read()
    book = reader.wb
    return Frame(
        words=reader.shared_strings,
        epoch=book.epoch,
        dates=frozenset(book._date_formats),
        spans=frozenset(book._timedelta_formats),
        sheets=reader.sheets,
        hidden=reader.hidden,
    )


def _fullness(archive: ZipFile, frame: Frame, sheet: str) -> tuple[int, int]:
    """How many cells its first rows fill, and how wide they are. A hidden sheet comes last."""
    rows = [row for row in islice(_rows(archive, frame, sheet), LOOKED_AT) if any(row)]
    filled = sum(len([cell for cell in row if cell]) for row in rows)
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return (1 if filled and sheet in frame.hidden else filled), usual


class _Verbatim(WorkSheetParser):  # type: ignore[misc]
    """A formula that was saved without its value stays the text that it is."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        kind, place = element.get("t"), element.get("r")
        if place and kind in ("inlineStr", "s"):  # most cells are words: what is left is enough
            self.col_counter = _column(place.rstrip("0123456789"))
            return {"column": self.col_counter, "value": self._words(element), "data_type": kind}
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and (formula := element.findtext(FORMULA_TAG)):
            cell["value"] = f"={formula}"
        return cell

    def _words(self, element: Element) -> str | None:
        inline = element.find(INLINE)
        if inline is not None:
            return words_of(inline)
        number = element.findtext(VALUE_TAG)
        return self.shared_strings[int(number)] if number else None


@lru_cache(maxsize=1_024)
def _column(letters: str) -> int:
    return int(column_index_from_string(letters))


def _rows(archive: ZipFile, frame: Frame, sheet: str) -> Iterator[list[str]]:
    number = 0
    with Innocent(archive.open(frame.sheets[sheet])) as source, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = _Verbatim(
            source, frame.words, data_only=True, epoch=frame.epoch,
            date_formats=frame.dates, timedelta_formats=frame.spans,
        )  # fmt: skip
        for element in elements(source, ROW_TAG):
            place, cells = parser.parse_row(element)
            parser.row_dimensions.clear()
            for _ in range(min(place - number - 1, LONGEST_GAP)):
                yield []
            number = place
            yield _texts(cells)


def _texts(cells: list[dict[str, Any]]) -> list[str]:
    row: list[str] = []
    for cell in cells:
        column, value = cell["column"], cell["value"]
        if value is None or column > WIDEST or cell["data_type"] == "e":
            continue
        row.extend([""] * (column - 1 - len(row)))
        text = value if isinstance(value, str) else _text(value)
        if column <= len(row):
            row[column - 1] = text
        else:
            row.append(text)
    return row


def _text(value: Any) -> str:
    """As a person would type it: whole numbers without a point, days without a midnight."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        whole = value.replace(microsecond=0)
        return f"{whole:%Y-%m-%d}" if whole.time() == time() else f"{whole:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
