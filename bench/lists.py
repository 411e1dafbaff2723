"""Reading lists: rows in a second beside the bare reader, and the memory a longer one takes."""

import csv
import io
import random
import tracemalloc
from collections.abc import Callable, Iterator

from openpyxl import Workbook

from bench.figures import Figure, per_second
from followthrough.inlets.spreadsheet import read_rows

SHORT, LONG = 5_000, 50_000
HEADERS = (
    "First name", "Last name", "E-Mail", "Phone", "Company", "Job title", "Source", "Notes",
    "Lead Number", "Created",
)  # fmt: skip


def people(count: int) -> list[tuple[str, ...]]:
    chance = random.Random(1)  # noqa: S311 - the same list each time
    return [
        (
            f"Jörg {n}", "Müller", f"joerg{n}@customer{n % 977}.test",
            f"030 {chance.randrange(10**6, 10**7)}", f"Roofs {n % 999} Ltd", "Buyer", "Fair",
            "Likes tea", f"L-{n}", f"1{n % 9}.0{n % 9 + 1}.2026",
        )
        for n in range(count)
    ]  # fmt: skip


def as_text(count: int) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADERS, *people(count)])
    return out.getvalue().encode()


def as_workbook(count: int) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("People")
    for row in [HEADERS, *people(count)]:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def read(raw: bytes) -> int:
    return sum(1 for _ in read_rows(raw, region="DE").rows)


def bare(raw: bytes) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(raw.decode())))


def peak(raw: bytes) -> int:
    tracemalloc.start()
    read(raw)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def lists() -> Iterator[Figure]:
    text, book = as_text(LONG), as_workbook(SHORT)
    yield Figure(
        name="people read from a text", value=per_second(lambda: read(text)), unit="rows/s",
        limit=25_000, more_is_better=True, raw=per_second(lambda: bare(text)),
    )  # fmt: skip
    yield Figure(
        name="people read from a workbook", value=per_second(lambda: read(book)), unit="rows/s",
        limit=5_000, more_is_better=True,
    )  # fmt: skip
    yield Figure(
        name="memory of ten times as long a text", value=peak(text) / peak(as_text(SHORT)),
        unit="times", limit=1.5,
    )  # fmt: skip
    yield Figure(
        name="memory of ten times as long a workbook",
        value=peak(as_workbook(LONG)) / peak(book), unit="times", limit=1.5,
    )  # fmt: skip


BENCHES: dict[str, Callable[[], Iterator[Figure]]] = {"lists": lists}
