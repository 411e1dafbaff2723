"""A list as rows of cells: a workbook, or text in whatever encoding, separator and quoting."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from followthrough.inlets.packed import is_gzip, is_zip, unpacked
from followthrough.inlets.wording import charset_of
from followthrough.inlets.workbook import Workbook, workbook

SEPARATORS = ",;\t|"
BLANKS = " "  # columns that only stand below each other, as programs print them
SAMPLE = 262_144
LONGEST_QUOTE = 200  # lines in one cell; more than that is a quotation mark that was never closed
WIDEST = 2_000
csv.field_size_limit(4 << 20)  # a pasted letter is longer than the 128 KiB that csv takes by itself


@dataclass(frozen=True, kw_only=True)
class Table:
    """How a file is written; `rows` reads it from the start each time it is asked."""

    source: Path | bytes
    charset: str
    separator: str
    width: int
    doubts: tuple[str, ...] = ()

    def rows(self) -> Iterator[list[str]]:
        """Every record, blank ones as empty lists, so that their count is the row on screen."""
        with _opened(self.source) as raw:
            text = io.TextIOWrapper(raw, encoding=self.charset, errors="replace", newline="")
            if self.separator == BLANKS:
                yield from (line.replace("\0", "").split()[:WIDEST] for line in text)
            else:
                yield from _records(text, self.separator, self.width)


def table(source: Path | str | bytes) -> Table | Workbook:
    """Raises CouldNotRead where the file is damaged or a trap."""
    source = Path(source) if isinstance(source, str) else source
    return workbook(source) if is_zip(source) else _text_table(source)


def _text_table(source: Path | bytes) -> Table:
    charset = _charset(source)
    with _opened(source) as raw:
        sample = raw.read(SAMPLE).decode(charset, "replace")
    lines = sample.splitlines(keepends=True)[: 1 if len(sample) < 3 else 200]
    if (
        lines
        and (told := lines[0].lstrip("\ufeff").strip().lower()).startswith("sep=")
        and len(told) == 5
    ):
        separator, width = told[4], 1
    else:
        separator, width = _separator(lines)
    return Table(source=source, charset=charset, separator=separator, width=width)


@contextmanager
def _opened(source: Path | bytes) -> Iterator[BinaryIO]:
    if is_gzip(source):
        with unpacked(source) as file:
            yield file
    elif isinstance(source, bytes):
        yield io.BytesIO(source)
    else:
        with source.open("rb") as file:
            yield file


def _charset(source: Path | bytes) -> str:
    """By its mark; else UTF-8 if all of it is, else Windows. Read in pieces, kept nowhere."""
    with _opened(source) as raw:
        beginning = raw.read(4_096)
        if marked := charset_of(beginning):
            return marked
        check = codecs.getincrementaldecoder("utf-8")()
        try:
            while beginning:
                check.decode(beginning)
                beginning = raw.read(1 << 16)
            check.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _separator(lines: list[str]) -> tuple[str, int]:
    """The one that gives the most rows of the same number of cells, and that number."""
    best: tuple[float, int, str] = (0.0, 1, ",")
    for separator in SEPARATORS:
        widths = [len(row) for row in _records(iter(lines), separator, 0) if any(row)]
        if widths:
            usual = max(set(widths), key=lambda width: (widths.count(width), width))
            share = widths.count(usual) / len(widths)
            if usual > 1:
                best = max(best, (share, usual, separator))
    if best[1] == 1 and (printed := printed_columns(lines[:-1])):
        return BLANKS, printed
    return best[2], best[1]


def printed_columns(lines: list[str]) -> int:
    """How many columns stand below each other with nothing but blanks between, numbers in every
    line; 0 for prose."""
    whole = [line.split() for line in lines if line.strip()]
    widths = {len(words) for words in whole}
    numbers = all(any(map(str.isdigit, "".join(words))) for words in whole)
    return (
        widths.pop() if len(whole) > 3 and len(widths) == 1 and numbers and max(widths) > 2 else 0
    )


class _Tape:
    """The lines as they pass, so that a record that went wrong can be read again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.taken: list[str] = []

    def __iter__(self) -> "_Tape":
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        if not self.taken:
            line = line.removeprefix("\ufeff")
        self.taken.append(line)
        return line.replace("\0", "")


def _records(lines: Iterable[str], separator: str, width: int) -> Iterator[list[str]]:
    tape = _Tape(lines)
    reader = csv.reader(tape, delimiter=separator)
    row: list[str] | None
    while True:
        tape.taken = []
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell larger than csv takes: its lines are read one by one
            row = None
        if row is None or _ran_away(row, tape.taken, width):
            for line in tape.taken:
                yield line.rstrip("\r\n").replace("\0", "").split(separator)[:WIDEST]
        else:
            yield _unwrapped(row, separator)[:WIDEST]


def _ran_away(row: list[str], taken: list[str], width: int) -> bool:
    """A quotation mark that nobody closed swallows what follows; then each line stands alone."""
    if len(taken) < 2 or len(row) == width:
        return False
    return len(taken) > LONGEST_QUOTE or not row


def _unwrapped(row: list[str], separator: str) -> list[str]:
    """Some programs put a whole line into quotes; inside it is a line like any other."""
    if len(row) != 1 or separator not in row[0]:
        return row
    try:
        inside = list(csv.reader(io.StringIO(row[0], newline=""), delimiter=separator))
    except csv.Error:
        return row
    return inside[0] if len(inside) == 1 else row
