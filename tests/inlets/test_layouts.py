"""Lists of well-known programs are known by their columns, in whichever language."""

import pytest

from followthrough.inlets.columns import FIELDS, SUBJECTS
from followthrough.inlets.happenings import Happening
from followthrough.inlets.spreadsheet import Choices, read_rows


def sheet(headers, *rows, **how):
    return read_rows("\n".join([headers, *rows]).encode(), **how)


GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,"
    "Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,"
    "Address 1 - Formatted,Address 1 - Street,Address 1 - City,Website 1 - Label,Website 1 - Value"
)


def test_the_new_contacts_of_google_with_their_labels_beside():
    found = sheet(
        GOOGLE,
        "Ann,,Roof,,,,Dr.,,Annie,,Roofs Ltd,Buyer,Purchasing,1980-02-03,Tea,,* myContacts,* Work,"
        "ann@a.test,Mobile,+49 170 1234567,Work Fax,+49 30 123456,Home,,Long Lane 1,Leeds,,a.test",
    )

    [row] = found.rows

    details = row.contact.details
    assert (found.layout, found.what, found.book) == ("Google Contacts", "people", True)
    assert (row.contact.name, row.contact.company, row.contact.title) == (
        "Ann Roof", "Roofs Ltd", "Buyer",
    )  # fmt: skip
    assert (row.contact.phones, details.phone_kinds) == (("+491701234567",), ("cell",))
    assert (details.faxes, details.email_kinds) == (("+4930123456",), ("work",))
    assert (details.postal[0].kind, details.postal[0].city) == ("home", "Leeds")
    assert (details.prefix, details.nickname, details.birthday) == ("Dr.", "Annie", "1980-02-03")


OUTLOOK = {
    "en": "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,"
    "Business Street,Business City,Business Phone,Mobile Phone,E-mail Address,E-mail Type",
    "de": "Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,"
    "Straße geschäftlich,Ort geschäftlich,Telefon geschäftlich,Mobiltelefon,E-Mail-Adresse,"
    "E-Mail-Typ",
    "fr": "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Profession,Rue (bureau),"
    "Ville (bureau),Téléphone (bureau),Tél. mobile,Adresse de messagerie,Type de messagerie",
    "es": "Tratamiento,Nombre,Segundo nombre,Apellidos,Sufijo,Organización,Departamento,Puesto,"
    "Calle del trabajo,Ciudad de trabajo,Teléfono del trabajo,Móvil,"
    "Dirección de correo electrónico,Tipo de correo electrónico",
    "nl": "Titel,Voornaam,Middelste naam,Achternaam,Achtervoegsel,Bedrijf,Afdeling,Functie,"
    '"Werkadres, straat","Werkadres, plaats",Telefoon op werk,Mobiele telefoon,'
    "E-mailadres,E-mailtype",
}


@pytest.mark.parametrize("language", OUTLOOK)
def test_outlook_speaks_the_language_of_its_desk(language):
    found = sheet(
        OUTLOOK[language],
        "Dr.,Ann,,Roof,,Roofs Ltd,Sales,Buyer,Long Lane 1,Leeds,+44 20 7946 0123,"
        "+44 7700 900123,ann@a.test,SMTP",
    )

    [row] = found.rows

    assert found.layout == "Outlook"
    assert found.mapping == (
        "prefix", "first", "middle", "last", "suffix", "company", "department", "title",
        "street", "city", "phone", "phone", "email", "",
    )  # fmt: skip
    assert row.contact.phones == ("+442079460123", "+447700900123")
    assert row.contact.details.phone_kinds == ("work", "cell")
    assert row.contact.details.postal[0].kind == "work"


@pytest.mark.parametrize(
    ("headers", "layout", "what", "mapping"),
    [
        (
            "Id,LastName,FirstName,Company,Email,LeadSource,Status,IsConverted,HasOptedOutOfEmail",
            "Salesforce",
            "people",
            "external last first company email source stage converted do_not_email",
        ),
        (
            "Id,AccountId,LastName,FirstName,Title,MobilePhone,Email,OwnerId",
            "Salesforce",
            "people",
            "external - last first title phone email owner",
        ),
        (
            "Opportunity Name,Account Name,Stage,Amount,Close Date,Opportunity Owner",
            "Salesforce",
            "deals",
            "deal company stage amount closed_at owner",
        ),
        (
            "Id,WhoId,Subject,ActivityDate,Status,CallType,CallDisposition,Description",
            "Salesforce",
            "calls",
            "- external subject at - direction outcome note",
        ),
        (
            (
                "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,"
                "Unsubscribed from all email,Associated Company"
            ),
            "HubSpot",
            "people",
            "external first last email phone owner stage do_not_email company",
        ),
        (
            "Record ID,Company name,Company owner,Phone Number,City,Company Domain Name",
            "HubSpot",
            "people",
            "external company owner phone city url",
        ),
        (
            (
                "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Associated Contact,"
                "Associated Company"
            ),
            "HubSpot",
            "deals",
            "deal_id deal stage closed_at owner amount name company",
        ),
        (
            (
                "Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Mobile,"
                "Person - Owner,Person - Label"
            ),
            "Pipedrive",
            "people",
            "name company email phone owner -",
        ),
        (
            "Organization - Name,Organization - Address,Organization - Owner",
            "Pipedrive",
            "people",
            "company street owner",
        ),
        (
            (
                "Deal - Title,Deal - Value,Deal - Organization,Deal - Contact person,Deal - Status,"
                "Deal - Won time,Deal - Owner"
            ),
            "Pipedrive",
            "deals",
            "deal amount company name stage won_at owner",
        ),
        (
            (
                "Activity - Subject,Activity - Type,Activity - Due date,Activity - Due time,"
                "Activity - Contact person,Activity - Note"
            ),
            "Pipedrive",
            "calls",
            "subject kind at start name note",
        ),
        (
            (
                "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,"
                "Screen Name,Work Phone,Mobile Number,Organization,Notes"
            ),
            "Thunderbird",
            "people",
            "first last name nickname email email - phone phone company note",
        ),
        (
            "First name,Last name,Phonetic Last Name,Organization,Job title,Phone : mobile",
            "Apple",
            "people",
            "first last - company title phone",
        ),
        (
            (
                "Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,"
                "Lineitem price,Billing Name"
            ),
            "Shopify",
            "purchases",
            "order email - amount at - item - name",
        ),
        ("Name,Ansprechpartner,Telefon", "", "people", "company name phone"),
        ("Name,Mail,Telefon", "", "people", "name email phone"),
        ("Cognome,Nome,Cellulare,Azienda", "", "people", "last first phone company"),
        ("Sobrenome,Primeiro nome,Celular,Empresa", "", "people", "last first phone company"),
        ("Achternaam,Voornaam,Mobiel,Bedrijf", "", "people", "last first phone company"),
    ],
)
def test_a_program_is_known_by_its_columns(headers, layout, what, mapping):
    found = sheet(headers, ",".join("x" for _ in headers.split(",")))

    fields = tuple("" if one == "-" else one for one in mapping.split())
    assert (found.layout, found.what, found.mapping) == (layout, what, fields)
    assert set(fields) <= set(FIELDS)


# ---- what a list is about --------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "what"),
    [
        ("Name,Email,Created", "people"),
        ("Kunde,Betrag,Rechnungsnummer,Rechnungsdatum", "purchases"),
        ("Customer,Order ID,Order date,Total", "purchases"),
        ("Caller,Call date,Duration,Direction", "calls"),
        ("Name,Anruf am,Anrufergebnis", "calls"),
        ("Name,Visited on,Notes", "visits"),
        ("Name,Meeting date,Notes", "visits"),
        ("From,Email,Sent at,Subject,Body", "messages"),
        ("Verkaufschance,Firma,Phase,Betrag,Abschlussdatum", "deals"),
        ("Product,Price", "people"),
    ],
)
def test_a_list_says_what_it_is_about(headers, what):
    assert sheet(headers, ",".join("x" for _ in headers.split(","))).what == what
    assert what in SUBJECTS


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Ann,2026-03-04,13:45:20,13:46:30,Inbound,", {"theirs": True, "outcome": "spoke"}),
        ("Ann,2026-03-04,13:45:20,13:46:30,missed,", {"theirs": True, "outcome": "missed"}),
        ("Ann,2026-03-04,13:45:20,13:45:20,outgoing,No answer", {"outcome": "no_answer"}),
        ("Ann,2026-03-04,1:45 pm,,ausgehend,Left voicemail", {"outcome": "message"}),
        ("Ann,2026-03-04,13h45,,sortant,Occupé", {"outcome": "no_answer"}),
    ],
)
def test_a_call_says_when_which_way_and_how_it_went(row, expected):
    [found] = sheet("Name,Call date,Call start,Call end,Direction,Outcome", row).rows

    told = {name: getattr(found.happened, name) for name in expected}
    assert (found.happened.kind, f"{found.happened.at:%d %H:%M}") == ("call", "04 13:45")
    assert told == expected


def test_an_order_line_comes_to_its_price_times_how_many():
    bought, back = sheet(
        "Invoice,Customer ID,Invoice date,Item,Quantity,Unit price",
        "536365,17850,2010-12-01 08:26,Lamp,6,2.55",
        "C536379,14527,2010-12-01 09:41,Lamp,-1,27.50",
    ).rows

    assert isinstance(bought.happened, Happening)
    assert (bought.happened.amount, bought.happened.order, bought.happened.cancelled) == (
        1530, "536365", False,
    )  # fmt: skip
    assert (back.happened.amount, back.happened.cancelled) == (-2750, True)


def test_the_log_of_a_telephone_says_which_way_in_whatever_column():
    found = sheet(
        "Date,Time,Name,Number,Type,Duration",
        "14/03/2026,10:15,Ann,+491701234567,Incoming,00:01:20",
        "14/03/2026,11:15,Ann,+491701234567,Outgoing,00:00:00",
    )

    came, went = found.rows

    assert found.what == "calls"
    assert (came.happened.theirs, went.happened.theirs) == (True, False)
    assert f"{came.happened.at:%m-%d %H:%M}" == "03-14 10:15"


def test_a_price_beside_a_quantity_is_the_price_of_one():
    [row] = sheet(
        "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
        "489434,85048,LIGHTS,12,2009-12-01 07:45:00,6.95,13085,United Kingdom",
    ).rows

    assert (row.happened.amount, row.contact.external, row.note) == (8340, "13085", "")


def test_revenue_is_a_sum_of_an_order_and_no_deal_with_a_company():
    orders = sheet("Order ID,Order Date,Customer ID,Sales,Quantity", "1,2026-03-04,7,12.50,2")
    accounts = sheet("Account,Revenue", "Roofs,1100.04")

    assert next(orders.rows).happened.amount == 1250
    assert next(accounts.rows).amount is None


def test_a_start_that_is_a_whole_moment_names_the_day_too():
    [row] = sheet(
        "Caller,Number,Start time,End time,Direction",
        "Ann,+49 170 1234567,2026-03-04 13:45:20,2026-03-04 13:46:30,Inbound",
    ).rows

    assert f"{row.happened.at:%Y-%m-%d %H:%M}" == "2026-03-04 13:45"
    assert row.happened.lasted.total_seconds() == 70


# ---- what a person put right -----------------------------------------------------------


def test_a_column_means_what_a_person_says_it_means():
    put_right = Choices(fields={0: "company", 1: "", 2: "email"})

    found = sheet("Name,Email,Other", "Roofs,old@a.test,new@a.test", choices=put_right)

    [row] = found.rows
    assert found.mapping == ("company", "", "email")
    assert (row.contact.company, row.contact.emails) == ("Roofs", ("new@a.test",))


def test_a_person_says_what_the_list_is_about():
    found = sheet("Name,Date", "Ann,2026-03-04", choices=Choices(what="visits"))

    assert found.what == "visits"
    assert next(found.rows).happened.kind == "visit"


@pytest.mark.parametrize(("day_first", "expected"), [(True, "04-03"), (False, "03-04")])
def test_a_person_says_whether_the_day_stands_first(day_first, expected):
    put_right = Choices(day_first=day_first)

    found = sheet("Name,Created", "Ann,03/04/2026", choices=put_right)

    assert (f"{next(found.rows).enquired_at:%m-%d}", found.doubts) == (expected, ())


def test_a_person_says_where_the_headers_stand():
    lines = ("Ann,ann@a.test", "Sid,sid@b.test")

    none = sheet("Name,Email", *lines, choices=Choices(header_row=0))
    second = sheet("Spring,2026", "Name,Email", *lines, choices=Choices(header_row=2))

    assert len(list(none.rows)) == 3
    assert (none.headers, none.mapping) == (("Column 1", "Column 2"), ("", "email"))
    assert [row.number for row in second.rows] == [3, 4]


def test_the_first_rows_are_shown():
    found = sheet("Name,Email", *(f"Ann {n},ann{n}@a.test" for n in range(9)))

    assert found.samples == tuple((f"Ann {n}", f"ann{n}@a.test") for n in range(5))


def test_every_field_and_subject_has_words_for_people():
    assert FIELDS[""] == "Leave it out"
    assert FIELDS["email"] == "Mail address"
    assert all(FIELDS.values())
    assert all(SUBJECTS.values())
