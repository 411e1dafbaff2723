"""Lists of people, however a program exported them and a person bent them since."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inlets.real_data import real

from followthrough.inlets.noticed import Contact
from followthrough.inlets.spreadsheet import NOBODY, Choices, read_rows


def rows(text, **how):
    return list(read_rows(text.encode(), **how).rows)


def test_a_plain_list_becomes_people():
    [row] = rows(
        "First name,Last name,E-Mail,Mobile,Company,Job title,Lead Source,Notes,Lead Number\n"
        "Ann,Roof,Ann@Customer.test,+49 170 1234567,Roofs Ltd,Buyer,Fair,Likes tea,L-1\n"
    )

    assert row.contact == Contact(
        name="Ann Roof",
        emails=("ann@customer.test",),
        phones=("+491701234567",),
        company="Roofs Ltd",
        title="Buyer",
        note="Likes tea",
        external="L-1",
    )
    assert (row.number, row.source, row.problem) == (2, "Fair", "")


@pytest.mark.parametrize(
    "header",
    [
        "Vorname;Nachname;E-Mail-Adresse;Telefon;Firma",
        "Prénom;Nom;Courriel;Téléphone;Société",
        "Nombre;Apellidos;Correo electrónico;Teléfono;Empresa",
        "FirstName;LASTNAME;email_address;Phone Number;Account Name",
    ],
)
def test_headers_are_known_in_four_languages(header):
    sheet = read_rows(f"{header}\nAnn;Roof;ann@a.test;030 1234567;Roofs\n".encode())

    assert sheet.mapping == ("first", "last", "email", "phone", "company")


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "utf-16-le"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_found_out(charset, separator):
    text = f"Name{separator}Email\nJörg Müßig{separator}j@x.test\n" * 1

    [row] = read_rows(text.encode(charset)).rows

    assert (row.contact.name, row.contact.email) == ("Jörg Müßig", "j@x.test")


def test_lines_wrapped_whole_in_quotes_are_unwrapped():
    found = rows('Name,Email,Notes\n"Ann,ann@a.test,""one, two"""\nSid,sid@b.test,three\n')

    assert [(one.contact.name, one.note) for one in found] == [
        ("Ann", "one, two"),
        ("Sid", "three"),
    ]


def test_a_quotation_mark_that_nobody_closed_costs_only_its_own_line():
    lines = "".join(f"Person {n},p{n}@x.test\n" for n in range(2_000))

    found = rows(f'Name,Email\n"Ann,ann@a.test\n{lines}')

    assert len(found) == 2_001
    assert found[-1].contact.email == "p1999@x.test"


def test_two_columns_of_one_name_are_both_read():
    sheet = read_rows(b"Email,Email,Name,Name\na@x.test,b@x.test,Ann,Other\n")

    assert sheet.mapping == ("email", "email", "name", "")
    assert next(sheet.rows).contact.emails == ("a@x.test", "b@x.test")


def test_ragged_rows_are_kept_and_say_so():
    short, long = rows("Name,Email,Phone\nAnn\nSid,sid@x.test,+4930123456,what,ever\n")

    assert (short.contact.name, short.remarks) == ("Ann", ())
    assert long.remarks == ("This row has 5 cells, but there are 3 columns.",)


def test_a_row_about_nobody_is_kept_with_a_sentence():
    [row] = rows("Name,Email,Notes\n,,call back\n,,\n")

    assert (row.problem, row.note, row.number) == (NOBODY, "call back", 2)


def test_what_is_no_mail_address_is_said():
    [row] = rows("Name,Email\nAnn,ann at customer\n")

    assert (row.contact.emails, row.remarks) == ((), ("“ann at customer” is not a mail address.",))


def test_formulas_stay_text_and_names_lose_what_turns_them_round():
    [row] = rows('Name,Notes\n"Ann\u202e\x07\tRoof","=HYPERLINK(""http://x"")"\n')

    assert (row.contact.name, row.note) == ("Ann Roof", '=HYPERLINK("http://x")')


def test_a_list_without_headers_is_understood_by_its_addresses():
    found = rows("Ann Roof,ann@a.test\nSid Lane,sid@b.test\n")

    assert [(one.contact.name, one.contact.email, one.number) for one in found] == [
        ("Ann Roof", "ann@a.test", 1),
        ("Sid Lane", "sid@b.test", 2),
    ]


def test_a_title_above_the_headers_is_passed_over():
    [row] = rows("Our customers 2026,,\n\nName,Email,Phone\nAnn,ann@a.test,\n")

    assert (row.contact.name, row.number) == ("Ann", 4)


@pytest.mark.parametrize(
    ("column", "cells", "stops"),
    [
        ("Do Not Email", ["Yes", "1", "x", "2026-01-01", "Ja", "No", "", "0"], 5),
        ("Email Opt Out", ["true", "opted out", "false", "nein"], 2),
        ("Accepts marketing", ["no", "yes", ""], 1),
        ("Unsubscribed", ["TRUE", "FALSE"], 1),
    ],
)
def test_every_way_of_saying_no_more_mail_is_heard(column, cells, stops):
    text = f"Name,{column}\n" + "".join(f"Ann,{cell}\n" for cell in cells)

    assert len([one for one in rows(text) if one.do_not_email]) == stops


@pytest.mark.parametrize(
    ("cells", "dates", "doubts"),
    [
        (["2026-03-04", "2026-03-05T10:00:00Z"], ["03-04", "03-05"], 0),
        (["03/04/2026", "13/04/2026"], ["04-03", "04-13"], 0),
        (["03/04/2026", "04/13/2026"], ["03-04", "04-13"], 0),
        (["03-04-2026"], ["04-03"], 1),
        (["4 March 2026", "Mar 5, 2026", "6. März 2026"], ["03-04", "03-05", "03-06"], 0),
        (["04.03.26 9:15"], ["03-04"], 1),
    ],
)
def test_a_whole_column_decides_whether_the_day_stands_first(cells, dates, doubts):
    sheet = read_rows(("Name;Created\n" + "".join(f"Ann;{one}\n" for one in cells)).encode())

    assert [row.enquired_at.strftime("%m-%d") for row in sheet.rows] == dates
    assert len(sheet.doubts) == doubts


def test_a_time_without_a_zone_is_read_in_the_zone_given():
    [row] = rows("Name,Created\nAnn,20.11.2026 09:00\n", zone=ZoneInfo("Europe/Berlin"))

    assert row.enquired_at == datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1,234.50", 123450),
        ("1.234,50 €", 123450),
        ("$1054", 105400),
        ("1,234", 123400),
        ("?", None),
    ],
)
def test_sums_of_money_are_read_in_both_fashions(written, amount):
    [row] = rows(f"Name;Amount\nAnn;{written}\n")

    assert row.amount == amount


def test_national_numbers_are_read_for_the_country_given():
    [row] = rows("Name,Phone\nAnn,030 12345678\n", region="DE")

    assert row.contact.phones == ("+493012345678",)


def test_the_leads_of_a_school_add_up_to_their_reference():
    expected = json.loads(real("leads_xeducation", "REFERENCE.json").read_text())

    found = list(read_rows(real("leads_xeducation", "leads_60pct.csv")).rows)

    by_source = dict.fromkeys(expected["by_source"], 0)
    for row in found:
        name = row.source or "(blank)"
        by_source[name] = by_source.get(name, 0) + 1
    assert len(found) == expected["rows"] == 5630
    assert len([row for row in found if row.converted]) == expected["converted"] == 2194
    assert len([row for row in found if row.do_not_email]) == expected["do_not_email"]["Yes"]
    assert len([row for row in found if row.do_not_call]) == expected["do_not_call"]["Yes"]
    assert {name: by_source[name] for name in expected["by_source"]} == {
        name: numbers["n"] for name, numbers in expected["by_source"].items()
    }
    assert [row for row in found if row.problem] == []


def test_a_pipeline_adds_up_to_its_reference():
    expected = json.loads(real("crm_maven", "REFERENCE_sales_pipeline_60pct.json").read_text())

    found = list(read_rows(real("crm_maven", "sales_pipeline_60pct.csv")).rows)

    won = [row for row in found if row.converted]
    assert (len(found), len(won)) == (expected["rows"], expected["by_stage"]["Won"])
    assert sum(row.amount for row in won) == expected["won_value"] * 100


def test_a_funnel_adds_up_to_its_reference():
    expected = json.loads(real("olist_funnel", "REFERENCE.json").read_text())

    came = list(read_rows(real("olist_funnel", "olist_mql_60pct.csv")).rows)
    won = list(read_rows(real("olist_funnel", "olist_closed_60pct.csv")).rows)

    first = {row.contact.external: row.enquired_at for row in came}
    days = [(row.won_at.date() - first[row.contact.external].date()).days for row in won]
    assert (len(came), len(won)) == (expected["mql"], expected["closed"])
    assert len([row for row in won if row.converted]) == expected["closed"]
    assert len([day for day in days if day < 0]) == expected["days_to_win"]["negative"]


def test_a_phone_campaign_keeps_every_row_though_nobody_is_named_in_it():
    found = list(read_rows(real("bank_marketing", "bank-additional-first80.csv")).rows)

    assert (len(found), {row.problem for row in found}) == (32_950, {NOBODY})


def test_address_books_of_real_programs_are_read_whole():
    folder = real("contacts_formats")

    for path in sorted(folder.rglob("*.csv")):
        assert list(read_rows(path).rows), path.name
    [outlook] = read_rows(folder / "roundcube" / "Csv2vcard" / "outlook.csv").rows
    assert outlook.contact.emails == ("test1@domain.tld", "test2@domain.tld", "test3@domain.tld")


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=500) | st.text(alphabet='Name,;"\n\t\r0|@.', max_size=300).map(str.encode)
)
def test_random_bytes_never_raise(raw):
    sheet = read_rows(raw)

    assert all(row.number > 0 for row in sheet.rows)


def test_what_a_person_chose_takes_the_place_of_the_guess_elsewhere():
    raw = b"Company,Firm on the sign\nHart,Hart Studio\n"

    sheet = read_rows(raw, choices=Choices(fields={1: "company"}))

    assert sheet.mapping == ("", "company")
    assert [row.contact.company for row in sheet.rows] == ["Hart Studio"]


def test_two_columns_that_were_given_one_meaning_are_asked_about():
    raw = b"Firm,Sign\nHart,Hart Studio\n"

    sheet = read_rows(raw, choices=Choices(fields={0: "company", 1: "company"}))

    assert "“Firm” and “Sign” both say “Company”. Only the first of them is read." in sheet.doubts


def test_a_sum_that_is_none_is_named_and_an_empty_one_is_not():
    raw = b"Name,Deal amount\nAnn,lots\nPat,n/a\nJoe,\n"

    remarks = [row.remarks for row in read_rows(raw).rows]

    assert remarks == [("“lots” could not be read as a sum.",), (), ()]
