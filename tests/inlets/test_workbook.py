"""Excel workbooks as people keep them, and as somebody might prepare them against us."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from followthrough.inlets.detect import kind_of, why_unknown
from followthrough.inlets.packed import DAMAGED, MOST_ENTRIES, TOO_LARGE
from followthrough.inlets.spreadsheet import read_rows
from followthrough.inlets.workbook import BROKEN, EMPTY, PROTECTED

HEADERS = ("Name", "Email", "Phone", "Created", "Amount")


def book(*rows, title="List", **others):
    """A workbook as bytes; each other sheet by its name and rows."""
    made = Workbook()
    made.active.title = title
    for name, lines in {title: rows, **others}.items():
        sheet = made[name] if name in made.sheetnames else made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    return stored(made)


def stored(made):
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


def rewritten(raw, part, change, method=zipfile.ZIP_DEFLATED):
    """The same workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def shared(raw, words):
    """The same workbook with its words kept beside the sheet, as Excel does."""
    text = rb't="inlineStr"><is><t>Name</t></is>'
    raw = rewritten(raw, SHEET, lambda xml: re.sub(text, b't="s"><v>0</v>', xml))
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % STRINGS
    raw = rewritten(raw, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", part))
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", words)
    return out.getvalue()


# ---- what people have ------------------------------------------------------------------


def test_a_workbook_is_a_list_like_any_other():
    raw = book(
        HEADERS,
        (
            "Ann Roof",
            "ann@a.test",
            "+49 170 1234567",
            datetime.fromisoformat("2026-03-04T10:00"),
            1234.5,
        ),
    )

    sheet = read_rows(raw)
    [row] = sheet.rows

    assert sheet.mapping == ("name", "email", "phone", "enquired_at", "amount")
    assert (row.contact.name, row.contact.phones) == ("Ann Roof", ("+491701234567",))
    assert (row.enquired_at, row.amount) == (datetime(2026, 3, 4, 10, tzinfo=UTC), 123450)
    assert (row.number, sheet.doubts) == (2, ())


def test_numbers_days_and_truths_are_read_as_they_are_shown():
    raw = book(
        ("Name", "Phone", "Lead Number", "Created", "Do not email", "Notes"),
        ("Ann", 491701234567, 7, date(2026, 3, 4), True, time(9, 15)),
        ("Sid", None, 7.5, "12 Jan 2026", False, 0.1),
    )

    ann, sid = read_rows(raw).rows

    assert ann.cells[1:] == ("491701234567", "7", "2026-03-04", "yes", "09:15:00")
    assert (ann.do_not_email, sid.do_not_email) == (True, False)
    assert sid.cells[2:] == ("7.5", "12 Jan 2026", "no", "0.1")
    assert sid.enquired_at == datetime(2026, 1, 12, tzinfo=UTC)


def test_a_title_over_merged_cells_and_empty_rows_do_no_harm():
    made = Workbook()
    made.active.append(["Our customers in spring"])
    made.active.merge_cells("A1:E1")
    made.active.append([])
    made.active.append(HEADERS)
    made.active.append(["Ann", "ann@a.test"])
    made.active.append([])
    made.active.append(["Sid", "sid@b.test"])

    sheet = read_rows(stored(made))

    assert [(row.number, row.contact.name) for row in sheet.rows] == [(4, "Ann"), (6, "Sid")]
    assert sheet.header_row == 3


def test_the_fullest_sheet_is_read_and_the_others_are_named():
    people = [(f"Ann {n}", f"ann{n}@a.test") for n in range(9)]
    raw = book(("Please read me", "first"), title="Cover", People=[HEADERS[:2], *people])

    sheet = read_rows(raw)

    assert len(list(sheet.rows)) == 9
    assert sheet.doubts == ("The sheet “People” is read. This workbook also holds “Cover”.",)


def test_a_hidden_sheet_comes_last():
    made = Workbook()
    made.active.title = "Old"
    for n in range(30):
        made.active.append([f"Old {n}", f"old{n}@a.test"])
    made.active.sheet_state = "hidden"
    made.create_sheet("New")
    made["New"].append(HEADERS[:2])
    made["New"].append(["Ann", "ann@a.test"])
    made.active = 1

    [row] = read_rows(stored(made)).rows

    assert row.contact.name == "Ann"


def test_a_formula_tells_its_stored_value_or_stays_the_text_that_it_is():
    raw = book(
        ("Name", "Email", "Notes"), ("Ann", "ann@a.test", "=1+1"), ("Sid", "s@b.test", "=2+2")
    )
    raw = rewritten(
        raw, SHEET, lambda xml: re.sub(rb"<f>2\+2</f><v ?/?>(</v>)?", b"<f>2+2</f><v>4</v>", xml)
    )

    ann, sid = read_rows(raw).rows

    assert (ann.note, sid.note) == ("=1+1", "4")


def test_the_days_of_an_old_mac_count_from_1904():
    made = Workbook()
    made.epoch = datetime.fromisoformat("1904-01-01")
    made.active.append(HEADERS[:4])
    made.active.append(["Ann", "ann@a.test", None, datetime.fromisoformat("2026-03-04")])

    [row] = read_rows(stored(made)).rows

    assert row.enquired_at == datetime(2026, 3, 4, tzinfo=UTC)


def test_cells_without_their_place_are_read_in_their_order():
    raw = rewritten(
        book(HEADERS[:2], ("Ann", "ann@a.test")),
        SHEET,
        lambda xml: re.sub(rb' (r|spans)="[^"]*"', b"", xml),
    )

    [row] = read_rows(raw).rows

    assert (row.number, row.contact.email) == (2, "ann@a.test")


def test_words_that_stand_beside_the_sheet_are_read():
    words = b"<sst xmlns='%s'><si><r><t>Na</t></r><r><t>me</t></r></si></sst>" % SPACE

    sheet = read_rows(shared(book(HEADERS, ("Ann", "ann@a.test")), words))

    assert sheet.headers == HEADERS


def test_a_workbook_is_known_by_its_inside(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(book(HEADERS, ("Ann", "ann@a.test")))

    assert kind_of(path) == "xlsx"


# ---- what is broken --------------------------------------------------------------------


def test_a_workbook_with_a_password_says_what_to_do(tmp_path):
    path = tmp_path / "people.xlsx"
    lock = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000) + lock + bytes(100))

    assert kind_of(path) == "unknown"
    assert why_unknown(path) == PROTECTED


def test_an_old_workbook_says_what_it_said_before(tmp_path):
    path = tmp_path / "people.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))

    assert why_unknown(path) == (
        "This is an old Excel or Outlook file. Save it as CSV or as .eml first."
    )


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (book(HEADERS, ("Ann", "a@a.test"))[:-200], DAMAGED),
        (b"PK\x03\x04 an archive", DAMAGED),
        (book(), EMPTY),
        (rewritten(book(HEADERS, ("Ann",)), SHEET, lambda xml: xml[: len(xml) // 2]), BROKEN),
        (rewritten(book(HEADERS, ("Ann",)), "xl/workbook.xml", lambda _: b"<a"), BROKEN),
        (shared(book(HEADERS, ("Ann",)), b""), BROKEN),
        (shared(book(HEADERS, ("Ann",)), b"<sst xmlns='%s'/>" % SPACE), BROKEN),
    ],
)
def test_what_is_damaged_says_so_and_is_no_crash(raw, why):
    sheet = read_rows(raw)
    rows = list(sheet.rows)

    assert why in {sheet.problem, rows[-1].problem}
    assert rows[-1].problem == why


def test_what_was_read_before_the_damage_is_kept():
    rows = [(f"Ann {n}", f"ann{n}@a.test") for n in range(5_000)]
    raw = rewritten(
        book(HEADERS[:2], *rows), SHEET, lambda xml: xml[: int(len(xml) * 0.9)] + b"<oops"
    )

    found = list(read_rows(raw).rows)

    assert found[0].contact.name == "Ann 0"
    assert len(found) > 4_000
    assert found[-1].problem == BROKEN


# ---- what somebody prepared against us -------------------------------------------------


def test_a_sheet_that_unpacks_to_far_more_than_a_list_is_not_unpacked():
    raw = rewritten(book(HEADERS, ("Ann",)), SHEET, lambda xml: xml + b" " * (100 << 20))

    sheet = read_rows(raw)

    assert len(raw) < 200_000
    assert sheet.problem == TOO_LARGE


def test_thousands_of_entries_are_no_workbook():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for n in range(MOST_ENTRIES + 1):
            archive.writestr(f"{n}", b"")

    assert read_rows(raw.getvalue()).problem == TOO_LARGE


def test_a_size_that_lies_is_not_believed():
    raw = book(HEADERS, *(("Ann", "ann@a.test") for _ in range(2_000)))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")

    lying = raw.replace(size, (1_000).to_bytes(4, "little"))

    assert list(read_rows(lying).rows)[-1].problem == BROKEN


@pytest.mark.parametrize(
    "inside",
    [
        b'<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_refused(inside):
    raw = rewritten(
        book(HEADERS, ("Ann", "ann@a.test")),
        SHEET,
        lambda xml: inside + xml.replace(b"Ann", b"&b;"),
    )

    assert list(read_rows(raw).rows)[-1].problem == BROKEN


def test_a_row_of_a_billion_and_a_cell_far_to_the_right_take_no_time():
    raw = rewritten(
        book(HEADERS, ("Ann", "ann@a.test"), ("Sid", "sid@b.test")),
        SHEET,
        lambda xml: (
            xml.replace(b'<row r="3">', b'<row r="1000000000">')
            .replace(b'r="A3"', b'r="A1000000000"')
            .replace(b'r="B3"', b'r="XFD1000000000"')
        ),
    )

    ann, sid = read_rows(raw).rows

    assert (ann.contact.name, sid.contact.name, len(sid.cells)) == ("Ann", "Sid", 1)


WHOLE = book(HEADERS, *((f"Ann {n}", "ann@a.test", None, date(2026, 3, 4), n) for n in range(9)))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_a_workbook_with_any_bytes_changed_never_raises(place, bytes_of_others):
    raw = WHOLE[:place] + bytes_of_others + WHOLE[place + len(bytes_of_others) :]

    assert all(row.contact or row.problem for row in read_rows(raw).rows)
