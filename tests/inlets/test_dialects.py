"""The thousand ways in which a list may be written, and what must not come through with it."""

import gzip
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.inlets.dates import Dating, clock_time
from followthrough.inlets.detect import kind_of, why_unknown
from followthrough.inlets.numbers import apart, phone
from followthrough.inlets.packed import DAMAGED, TOO_LARGE
from followthrough.inlets.spreadsheet import read_rows
from followthrough.inlets.sums import cents


def rows(text, **how):
    return list(read_rows(text if isinstance(text, bytes) else text.encode(), **how).rows)


PLAIN = "Name;Email;Notes\nJörg Müßig;j@x.test;Grüße\n"


# ---- encodings and separators ----------------------------------------------------------


UNICODE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize(
    ("charset", "mark"),
    [
        *((charset, mark) for charset in UNICODE for mark in ("", "\ufeff")),
        ("cp1252", ""),
        ("latin-1", ""),
    ],
)
def test_every_encoding_with_and_without_its_mark(charset, mark):
    [row] = rows((mark + PLAIN).encode(charset))

    assert (row.contact.name, row.contact.email, row.note) == ("Jörg Müßig", "j@x.test", "Grüße")


def test_a_line_that_names_the_separator_is_believed():
    sheet = read_rows(b"sep=|\nName|Email\nAnn, Bob|ann@a.test\n")

    assert (sheet.headers, next(sheet.rows).contact.name) == (("Name", "Email"), "Ann, Bob")


def test_two_columns_of_one_name_are_told_apart():
    sheet = read_rows(b"Name,Email,Name,,Name\nAnn,ann@a.test,Bob,x,y\n")

    assert sheet.headers == ("Name", "Email", "Name (2)", "Column 4", "Name (3)")


def test_cells_of_several_lines_and_noughts_and_long_ones():
    text = "x" * 300_000

    [row] = rows('Name,Notes\n"Ann\0","one\ntwo\r\nthree"\n')
    [long] = rows(f"Name,Notes\nAnn,{text}\n")

    assert (row.contact.name, row.note) == ("Ann", "one\ntwo\nthree")
    assert long.contact.name == "Ann"


def test_names_lose_what_turns_them_round_and_notes_keep_their_letters():
    note = "שלום \u202eabc\u202c عليكم ٣"

    [row] = rows(f'Name,Notes\n"\u202eAnn\u2066 \x1bRoof\u200f","{note}"\n')

    assert row.contact.name == "Ann Roof"
    assert row.note == "שלום abc عليكم ٣"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+49", "-1+1", "@SUM(A1)", "\t=1"])
def test_what_a_spreadsheet_would_calculate_stays_text(text):
    quoted = text.replace('"', '""')

    [row] = rows(f'Name,Email,Notes\nAnn,ann@a.test,"{quoted}"\n')

    assert row.note.strip("\t") == text.strip("\t")


def test_a_title_that_holds_an_address_is_no_data():
    found = rows("Exported for bob@ours.test,,\nName,Email,Phone\nAnn,ann@a.test,\n")

    assert [row.contact.name for row in found] == ["Ann"]


def test_numbers_and_names_without_headers_are_understood():
    found = rows("Ann Roof,+49 170 1234567\nSid Lane,+49 171 7654321\n")

    assert [(row.contact.name, row.contact.phones) for row in found] == [
        ("Ann Roof", ("+491701234567",)),
        ("Sid Lane", ("+491717654321",)),
    ]


def test_a_column_whose_header_says_nothing_is_known_by_what_stands_in_it():
    sheet = read_rows(
        b"Who,Reach,Ring,Ref\nAnn,ann@a.test,+49 170 1234567,12345678\n"
        b"Sid,sid@b.test,+49 171 7654321,87654321\n"
    )

    assert sheet.mapping == ("name", "email", "phone", "")


# ---- dates and sums --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("13-04-2026", "2026-04-13 00:00"),
        ("04/13/2026", "2026-04-13 00:00"),
        ("2026-04-13T10:00:00Z", "2026-04-13 10:00"),
        ("2026-04-13T10:00:00+02:00", "2026-04-13 08:00"),
        ("2010-10-14T12:00:00.000Z-0300", "2010-10-14 15:00"),
        ("12 Jan 2026", "2026-01-12 00:00"),
        ("Mon, 12 Jan 2026 09:15", "2026-01-12 09:15"),
        ("12-Jan-26", "2026-01-12 00:00"),
        ("12. Januar 2026", "2026-01-12 00:00"),
        ("12 juin 2026", "2026-06-12 00:00"),
        ("12 juillet 2026", "2026-07-12 00:00"),
        ("12 de enero de 2026", "2026-01-12 00:00"),
        ("12 mei 2026", "2026-05-12 00:00"),
        ("June 1st, 2026", "2026-06-01 00:00"),
        ("46034", "2026-01-12 00:00"),
        ("46034.5", "2026-01-12 12:00"),
        ("20260112", "2026-01-12 00:00"),
        ("1768176000", "2026-01-12 00:00"),
        ("1768176000000", "2026-01-12 00:00"),
        ("1/12/2026 1:45 PM", "2026-12-01 13:45"),
        ("soon", None),
        ("31.02.2026", None),
        ("99999", None),
    ],
)
def test_dates_of_every_kind(written, expected):
    found = Dating().instant(written)

    assert (f"{found:%Y-%m-%d %H:%M}" if found else None) == expected


def test_a_day_counted_by_a_spreadsheet_is_a_day_where_we_are():
    found = Dating(zone=ZoneInfo("Europe/Berlin")).instant("46034")

    assert found == datetime(2026, 1, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("13:45:20", 49520), ("1:45 pm", 49500), ("12:00 am", 0), ("13h45", 49500), ("25:00", None)],
)
def test_times_of_day(written, seconds):
    found = clock_time(written)

    assert (found.total_seconds() if found is not None else None) == seconds


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1.234,50 €", 123450),
        ("$1,234.50", 123450),
        ("CHF 1'234.50", 123450),
        ("12,5", 1250),
        ("(12.50)", -1250),
        ("-12.50", -1250),
        ("12.50-", -1250),
        ("0,125", 12),
        ("R$ 1.234.567,89", 123456789),
        ("", None),
        ("n/a", None),
        ("1-2-3", None),
        ("12.500 €", 1250000),
        ("€ 2.500,-", 250000),
        ("2.500,--", 250000),
        ("250,-", 25000),
        ("250.–", 25000),
        ("−250,-", -25000),
        ("$-3", -300),
        ("-£3", -300),
        ("Pre-order 12.50", 1250),
        (".50", 50),
        ("Rs. 500", 50000),
        ("1,00,000.00", 10000000),
        ("1 250,00", 125000),
        ("1.5E+06", 150000000),
        ("12k", 1200000),
        ("TEUR 1,5", 150000),
        ("1.5 Mio", 150000000),
        ("12 m", None),
        ("3 x 500", None),
        ("12 34", None),
        ("1.2.2026", None),
        ("1,234.567,8", None),
    ],
)
def test_sums_of_every_kind(written, expected):
    assert cents(written) == expected


def amounts(*cells):
    sheet = read_rows("\n".join(["Name;Amount", *(f"Ann;{cell}" for cell in cells)]).encode())
    return [row.amount for row in sheet.rows], sheet.doubts


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("12.500 €", "1.234,50 €"), [1250000, 123450]),
        (("1.500", "2,5"), [150000, 250]),
        (("1.500", "2.5"), [150, 250]),
        (("1,500", "2.50"), [150000, 250]),
        (("1,500", "2,50"), [150, 250]),
        (("1.500", "2.500,-"), [150000, 250000]),
        (("1.500", "0.125"), [150, 12]),
        (("1.500", "1.000.000"), [150000, 100000000]),
        (("1,500", "1234,500"), [150, 123450]),
    ],
)
def test_the_whole_column_decides_what_stands_before_the_decimals(cells, expected):
    assert amounts(*cells) == (expected, ())


@pytest.mark.parametrize(
    ("cells", "expected"),
    [(("800", "12.500 €"), [80000, 1250000]), (("12.500", "1,50", "1.50"), [1250000, 150, 150])],
)
def test_where_no_cell_or_two_decide_it_is_read_as_thousands_and_asked(cells, expected):
    read, doubts = amounts(*cells)

    assert read == expected
    assert "open whether “12.500" in doubts[0]
    assert "It is read as 12,500. If that is wrong," in doubts[0]


@given(st.text(alphabet="0123456789.,-'’ €kEem()٣²", max_size=12))
def test_whatever_stands_in_a_cell_is_a_sum_or_none(cell):
    assert cents(cell) is None or any(map(str.isdigit, cell))


def test_words_that_make_more_of_a_sum_are_said():
    found = rows("Name,Amount\nAnn,12k\nPat,12 bn\nJoe,12 EUR\n")

    assert [row.amount for row in found] == [1200000, None, 1200]
    assert [row.remarks for row in found] == [
        ("“12k” was read as 12,000.00.",),
        ("“12 bn” could not be read as a sum.",),
        (),
    ]


# ---- telephone numbers and mail addresses ----------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("+1 212 555 1234 ext. 5", ("+1 212 555 1234 ext. 5",)),
        ("1-800-FLOWERS", ("+18003569377",)),
        ("+٤٩ ١٧٠ ١٢٣٤٥٦٧", ("+491701234567",)),
        ("+49 170 1234567 / +49 30 1234567", ("+491701234567", "+49301234567")),
        ("+49 170 1234567; +49 30 1234567", ("+491701234567", "+49301234567")),
        ("0049 170 1234567", ("+491701234567",)),
        ("+49 (0)170 1234567", ("+491701234567",)),
        ("none", ()),
    ],
)
def test_numbers_of_every_kind(written, expected):
    [row] = rows(f'Name,Phone\nAnn,"{written}"\n', region="US")

    assert row.contact.phones == expected


def test_what_is_no_number_is_said():
    [row] = rows("Name,Phone\nAnn,ask her\n")

    assert row.remarks == ("“ask her” is not a phone number.",)


def test_an_extension_is_not_a_second_number():
    assert apart("030 12345678, ext 12") == ["030 12345678, ext 12"]


DIGITS = st.text(alphabet="0123456789", min_size=5, max_size=13)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["+1", "+49", "+44", "+33", "+39", "+34", "+31", "+43", "+41", "+32", "+55"]),
    DIGITS,
)
def test_a_glance_at_an_international_number_says_what_a_look_up_says(code, digits):
    number = phonenumbers.parse(code + digits, None) if len(digits) > 6 else None

    found = phone(f"{code} {digits[:3]} {digits[3:]}")

    if number and phonenumbers.is_possible_number(number):
        assert found == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["DE", "GB", "FR", "NL", "AT", "CH", "BE", "US", "CA", "IT", "ES"]), DIGITS)
def test_a_glance_at_a_national_number_says_what_a_look_up_says(region, digits):
    try:
        number = phonenumbers.parse(f"0{digits}", region)
    except phonenumbers.NumberParseException:
        return

    found = phone(f"0{digits[:4]} {digits[4:]}", region)

    if phonenumbers.is_possible_number(number) and not digits.startswith("0"):
        assert found == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Bob <bob@x.test>", ("bob@x.test",)),
        ("bob@gmail.com.", ("bob@gmail.com",)),
        ("mailto:bob@x.test", ("bob@x.test",)),
        ("bob@müller.test", ("bob@müller.test",)),
        ("a@x.test; b@x.test, c@x.test", ("a@x.test", "b@x.test", "c@x.test")),
        ("“Bob \u202e” <bob@x.test>", ("bob@x.test",)),
        ("bob@", ()),
        ("@x.test", ()),
    ],
)
def test_mail_addresses_of_every_kind(written, expected):
    [row] = rows(f'Name,Email\nAnn,"{written}"\n')

    assert row.contact.emails == expected


# ---- packed lists ----------------------------------------------------------------------


def test_a_packed_list_is_read_as_it_is(tmp_path):
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(PLAIN.encode()))

    [row] = read_rows(path).rows

    assert (kind_of(path), row.contact.email) == ("csv", "j@x.test")


def test_a_packed_picture_is_no_list(tmp_path):
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 9))

    assert kind_of(path) == "unknown"
    assert "neither mail nor a list in it" in why_unknown(path)


def test_a_packed_list_that_unpacks_without_end_is_given_up_while_reading():
    raw = gzip.compress(b"Name,Email\nAnn,ann@a.test\n" + b"\n" * (100 << 20))

    sheet = read_rows(raw)

    assert len(raw) < 200_000
    assert sheet.problem == TOO_LARGE


def test_a_packed_list_that_breaks_off_says_so():
    whole = gzip.compress(("Name,Email\n" + "Ann,ann@a.test\n" * 9).encode())

    assert read_rows(whole[:-12]).problem == DAMAGED
    assert [row.problem for row in read_rows(whole[:-12]).rows] == [DAMAGED]
