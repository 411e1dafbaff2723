"""Whatever stands in a list and whatever a person says it means: each row ends once, and nothing
falls over."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worker.bringing_in import MONDAY

from followthrough.core.decide import decide
from followthrough.core.history import History
from followthrough.core.terms import Standing, Terms
from followthrough.inlets.columns import FIELDS, SUBJECTS
from followthrough.inlets.spreadsheet import Choices
from followthrough.worker.importing.sheet import SheetReading

CELLS = st.sampled_from(
    [
        "", "Ann", "ann@a.test", "+49 170 1234567", "2026-02-27", "27.02.2026 10:00", "13:45",
        "1,234.50", "-3", "C123", "123", "won", "lost", "yes", "missed", "inbound", "=1+1",
        "9" * 30,
        "\u202eAnn\x00\n", "0001-01-01", "9999-12-31", "99999", "Call",
    ]
) | st.text(max_size=12)  # fmt: skip
WIDTH = 5


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, max_size=WIDTH + 1), min_size=1, max_size=8),
    fields=st.dictionaries(st.integers(0, WIDTH), st.sampled_from(list(FIELDS))),
    what=st.sampled_from(["", *SUBJECTS]),
    header_row=st.sampled_from([None, 0, 1, 2, 99]),
)
def test_any_rows_with_any_meaning_end_once_each_and_can_be_decided(rows, fields, what, header_row):
    out = io.StringIO()
    csv.writer(out).writerows([["Name", "Email", "Phone", "Date", "Other"], *rows])
    choices = Choices(fields=fields, what=what, header_row=header_row)

    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_text(out.getvalue(), errors="replace")
        reading = SheetReading(path, at=MONDAY, region="DE", choices=choices)
        list(reading.look())
        outcomes = list(reading.outcomes(0))

    assert len(outcomes) == reading.findings.total
    assert len({one.where for one in outcomes}) == len(outcomes)
    heard = {}
    for one in outcomes:
        for told in one.told:
            heard.setdefault(told.contact.external, []).extend(told.facts)
    terms = Terms(manager="m", owner="m", members={"m": Standing()})
    for who, facts in heard.items():
        assert all(one.due.tzinfo for one in decide(History.of(who, facts), terms))
