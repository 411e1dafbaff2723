"""Excel workbooks as rows of cells: streamed, values only, nothing in them is ever calculated."""

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from followthrough.inlets.packed import CouldNotRead, safe_archive

LOOKED_AT = 500  # rows of a sheet, to see how full it is
WIDEST = 2_000
LONGEST_GAP = 5_000  # empty rows that are counted out; what lies below a larger gap follows at once
MOST_WORDS = 512 << 20  # bytes of the words that cells share, which are held in memory
BROKEN = "This workbook is damaged. Open it in Excel, save it again, and bring that in."
PROTECTED = (
    "This workbook is protected by a password. Open it, take the password off, save it, and bring "
    "that in."
)
EMPTY = "There is no list in this workbook."
TOO_MANY_WORDS = "This workbook is too large to be read as it is. Save its sheet as CSV first."
_FAULTS = (
    BadZipFile, zlib.error, ParseError, DefusedXmlException, KeyError, ValueError, IndexError,
    TypeError, AttributeError, EOFError, OSError, OverflowError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """One sheet of a workbook, read from its top each time that `rows` is asked."""

    source: Path | bytes
    sheet: str
    width: int
    doubts: tuple[str, ...] = ()
    charset: str = field(default="", init=False)
    separator: str = field(default="", init=False)

    def rows(self) -> Iterator[list[str]]:
        """Every row, blank ones as empty lists, so that their count is the row on screen."""
        with _opened(self.source) as book:
            yield from _rows(book, self.sheet)


def workbook(source: Path | bytes) -> Workbook:
    """The fullest sheet; the others are named in a doubt. Raises CouldNotRead."""
    with _opened(source) as book:
        fullness = {sheet.title: _fullness(book, sheet.title) for sheet in book.worksheets}
    full = {name: found for name, found in fullness.items() if found[0]}
    if not full:
        raise CouldNotRead(EMPTY)
    best = max(full, key=lambda name: full[name][0])
    others = ", ".join(f"“{name}”" for name in full if name != best)
    doubt = f"The sheet “{best}” is read. This workbook also holds {others}."
    return Workbook(
        source=source, sheet=best, width=full[best][1], doubts=(doubt,) if others else ()
    )


def looks_like_workbook(names: list[str]) -> bool:
    """By the names of a zip file's entries."""
    return any(name.lower() == "xl/workbook.xml" for name in names)


def is_protected(path: Path) -> bool:
    """A workbook with a password is no zip file but an old container with a lock in it."""
    raw = path.read_bytes() if path.stat().st_size < LOOKED_AT << 20 else b""
    return raw.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in raw


@contextmanager
def _opened(source: Path | bytes) -> Iterator[Any]:
    """Whatever is wrong inside, on the way or at its end, is said in one sentence."""
    try:
        with safe_archive(source) as archive:
            _check_words(archive)
            file = archive.fp
            assert file is not None  # noqa: S101 - it has just been opened
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            yield book
    except CouldNotRead:
        raise
    except _FAULTS as error:
        raise CouldNotRead(BROKEN) from error


def _check_words(archive: ZipFile) -> None:
    shared = [one for one in archive.infolist() if one.filename.endswith("sharedStrings.xml")]
    if sum(one.file_size for one in shared) > MOST_WORDS:
        raise CouldNotRead(TOO_MANY_WORDS)


def _fullness(book: Any, sheet: str) -> tuple[int, int]:
    """How many cells its first rows fill, and how wide they are. One row alone is no list, unless
    there is nothing else; a hidden sheet comes last."""
    rows = [row for row in islice(_rows(book, sheet), LOOKED_AT) if any(row)]
    filled = sum(len([cell for cell in row if cell]) for row in rows)
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    hidden = book[sheet].sheet_state != "visible"
    return (1 if filled and hidden else filled), usual


class _Verbatim(WorkSheetParser):  # type: ignore[misc]
    """A formula that was saved without its value stays the text that it is."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and (formula := element.findtext(FORMULA_TAG)):
            cell["value"] = f"={formula}"
        return cell


def _rows(book: Any, sheet: str) -> Iterator[list[str]]:
    number = 0
    with book[sheet]._get_source() as source:
        parser = _Verbatim(
            source,
            book[sheet]._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for place, cells in parser.parse():
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
