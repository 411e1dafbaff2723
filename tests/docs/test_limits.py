"""docs/limits.md names the tests that hold each row: all are there, and no row is missing."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "limits.md").read_text("utf-8")
# How many rows each letter has.
ROWS = {
    "A": 8,
    "B": 8,
    "C": 11,
    "T": 11,
    "S": 6,
    "O": 6,
    "P": 5,
    "W": 5,
    "X": 6,
    "H": 4,
    "M": 5,
    "R": 6,
}
NOTHING_TO_TRY = {"B7", "T2", "W5", "M4", "M5", "R2"}


def test_every_case_has_its_row():
    wanted = [f"{letter}{n}" for letter, count in ROWS.items() for n in range(1, count + 1)]

    assert sorted(row for row, _ in rows()) == sorted(wanted)


def test_each_row_names_a_test_or_says_why_there_is_none():
    without = {row for row, held in rows() if not re.search(r"`test_\w+`", held)}

    assert without == NOTHING_TO_TRY


def test_every_test_that_is_named_is_there():
    named = set(re.findall(r"`(test_\w+)`", PAGE))

    assert named - all_tests() == set()


def rows():
    for row, *cells in re.findall(
        r"^\| ([A-Z]\d+) \| (.+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE
    ):
        yield row, cells[-1]


def all_tests():
    files = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in files for name in re.findall(r"^def (test_\w+)\(", text, re.MULTILINE)}
