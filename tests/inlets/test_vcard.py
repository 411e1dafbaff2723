"""Address books card by card: a bad card costs only itself."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inlets.real_data import real

from followthrough.inlets.noticed import Contact, Unreadable
from followthrough.inlets.vcard import read_cards


def card(*lines, version="3.0"):
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_a_plain_card_becomes_a_person():
    text = card(
        "N:Roof;Ann;;Dr.;",
        "FN:Dr. Ann Roof",
        "ORG:Roofs\\, Ltd;Sales",
        "TITLE:Buyer",
        "item1.EMAIL;TYPE=work,pref:Ann@Customer.test",
        "TEL;TYPE=cell:+49 170 1234567",
        "NOTE:Likes tea\\nand cake",
        "UID:urn:1",
    )

    assert list(read_cards(text.encode())) == [
        Contact(
            name="Dr. Ann Roof",
            emails=("ann@customer.test",),
            phones=("+491701234567",),
            company="Roofs, Ltd",
            title="Buyer",
            note="Likes tea\nand cake",
            external="urn:1",
        )
    ]


def test_an_old_card_in_quoted_printable_is_read():
    text = card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC=",
        "ller;J=C3=B6rg",
        "TEL;WORK;VOICE:+49 30 123456",
        "EMAIL;PREF;INTERNET:j@x.test",
        version="2.1",
    )

    [person] = read_cards(text.encode())

    assert (person.name, person.phones) == ("Jörg Müller", ("+4930123456",))


def test_a_new_card_with_addresses_as_links_is_read():
    text = card("FN:Ann", "TEL;VALUE=uri:tel:+49-170-1234567", "EMAIL:ann@a.test", version="4.0")

    [person] = read_cards(text.encode())

    assert (person.phones, person.emails) == (("+491701234567",), ("ann@a.test",))


def test_a_bad_card_is_a_problem_and_the_others_are_kept():
    text = (
        card("FN:Ann") + card("X-NOTHING:1") + "BEGIN:VCARD\r\nFN:Never ended\r\n" + card("FN:Sid")
    )

    first, bad, unended, last = read_cards(text.encode())

    assert (first.name, unended.name, last.name) == ("Ann", "Never ended", "Sid")
    assert (bad.where, bad.why) == (
        "card 2",
        "This card has no name, no mail address and no phone number.",
    )


def test_a_line_that_is_no_property_costs_only_itself():
    [person] = read_cards(card("FN:Ann", "!!! what", 'EMAIL;=;;x=":ann@a.test').encode())

    assert person.name == "Ann"


def test_a_list_of_people_is_not_taken_for_a_person():
    [found] = read_cards(card("KIND:group", "FN:Friends", version="4.0").encode())

    assert found.why == "This card is a list of people, not a person."


def test_a_file_without_cards_says_so():
    assert list(read_cards(b"hello")) == [
        Unreadable(where="the file", why="There is no vCard in this file.")
    ]


def test_the_cards_of_real_programs_are_read():
    files = sorted(real("contacts_formats").rglob("*.vcf"))

    people = {path.name: list(read_cards(path)) for path in files}

    read = [name for name, cards in people.items() if all(isinstance(c, Contact) for c in cards)]
    assert (len(files), len(read)) == (16, 15)
    [outlook] = people["John_Doe_MS_OUTLOOK.vcf"]
    assert outlook.emails == ("john.doe@ibm.cm",)
    assert outlook.phones == ("(905) 555-1234", "(905) 666-1234")
    assert [one.name for one in people["gmail-list.vcf"]] == [
        "Arnold Smith",
        "Chris Beatle",
        "Doug White",
    ]
    assert [one.name for one in people["utf-16_sample.vcf"]] == ["Ǽgean ĽdaMonté"]


LINES = st.lists(st.text(alphabet='FNEMAILTel;:=,.\\" \t@Ü', max_size=40), max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | LINES.map(lambda lines: card(*lines).encode()))
def test_random_cards_never_raise(raw):
    assert all(isinstance(one, Contact | Unreadable) for one in read_cards(raw))
