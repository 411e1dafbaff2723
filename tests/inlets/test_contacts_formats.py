"""Every address book of real programs is read, and says the same whichever way it was written."""

import json
from dataclasses import astuple, replace

import pytest
from tests.inlets.real_data import real

from followthrough.inlets.detect import kind_of, why_unknown
from followthrough.inlets.noticed import Contact, Unreadable
from followthrough.inlets.rows import NOBODY
from followthrough.inlets.spreadsheet import read_rows
from followthrough.inlets.vcard import card_of, read_cards


def everything(contact):
    """Field by field, the details with the rest."""
    return astuple(contact)


def pair(name):
    folder = real("contacts_formats", "roundcube", "Csv2vcard")
    people = [row.contact for row in read_rows(folder / f"{name}.csv").rows]
    return people, list(read_cards(folder / f"{name}.vcf"))


# ---- a list and the cards that another program made of it --------------------------------


def test_a_list_with_every_field_is_the_card_that_was_made_of_it():
    people, cards = pair("all")

    assert [everything(one) for one in people] == [everything(one) for one in cards]
    assert cards[0].details.birthday == "1991-01-20"
    assert len(cards[0].phones) == 11
    assert [one.kind for one in cards[0].details.postal] == ["home", "work", ""]


def test_a_list_of_mail_addresses_is_the_cards_that_were_made_of_it():
    people, cards = pair("outlook")

    assert [everything(one) for one in people] == [everything(one) for one in cards]


def test_contacts_of_google_are_the_card_that_was_made_of_them():
    [person], [card] = pair("gmail")

    # Their card leaves the post box out.
    home, work = person.details.postal
    without = replace(person.details, postal=(replace(home, box=""), work))
    assert home.box == "home_pobox"
    assert everything(replace(person, details=without)) == everything(card)


def test_a_first_address_may_be_called_primary_or_home():
    people, cards = pair("email")

    assert people == cards
    assert [one.email for one in people] == [f"test{n}@domain.tld" for n in range(1, 5)]


# ---- a card and the same as JSON -----------------------------------------------------------


def written(values, parts):
    """The parts of a structured value of jCard, each as words."""
    words = [" ".join(one) if isinstance(one, list) else one for one in values]
    return [*words, *[""] * parts][:parts]


def kind(types):
    types = {types} if isinstance(types, str) else set(types)
    return next((one for one in ("cell", "home", "work") if one in types), "")


def from_json(properties):
    """What a jCard says, read without our reader of cards."""
    found = {}
    for name, params, _type, *values in properties:
        found.setdefault(name, []).append((params.get("type", ""), values))

    def first(name, parts=1):
        return written(found[name][0][1][0], parts) if name in found else [""] * parts

    def plain(name):
        return found[name][0][1][0] if name in found else ""

    last, given, middle, prefix, suffix = first("n", 5)
    return {
        "name": plain("fn"), "prefix": prefix, "first": given, "middle": middle, "last": last,
        "suffix": suffix, "title": plain("title"), "note": plain("note"), "birthday": plain("bday"),
        "nickname": ", ".join(word for _, words in found.get("nickname", []) for word in words),
        "org": first("org", 2),
        "emails": [(words[0], kind(types)) for types, words in found.get("email", [])],
        "phones": [(w[0].replace("-", ""), kind(types)) for types, w in found.get("tel", [])],
        "postal": [(kind(types), *written(words[0], 7)) for types, words in found.get("adr", [])],
    }  # fmt: skip


def from_card(card):
    details = card.details
    return {
        "name": card.name, "prefix": details.prefix, "first": details.first,
        "middle": details.middle, "last": details.last, "suffix": details.suffix,
        "title": card.title, "note": card.note, "birthday": details.birthday,
        "nickname": details.nickname, "org": [card.company, details.department],
        "emails": [(one, "") for one in card.emails],
        "phones": list(zip(card.phones, details.phone_kinds, strict=True)),
        "postal": [astuple(one) for one in details.postal],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["vcard3", "vcard_grouped"])
def test_a_card_says_what_its_json_says(name):
    folder = real("contacts_formats", "ical.js-vcard")
    _, properties, _ = json.loads((folder / f"{name}.json").read_text())

    lines = (folder / f"{name}.vcf").read_text().splitlines()
    card = card_of(lines).contact()

    assert from_card(card) == from_json(properties)
    assert card.details.email_kinds == ()


# ---- all of them ---------------------------------------------------------------------------


def test_every_file_is_read_or_its_problem_named():
    files = [path for path in real("contacts_formats").rglob("*") if path.is_file()]
    files = [path for path in files if path.name != "MANIFEST.tsv"]

    kinds = {path: kind_of(path) for path in files}

    assert len(files) == 71
    assert set(kinds.values()) == {"csv", "vcard", "unknown"}
    for path, found in kinds.items():
        if found == "unknown":
            assert path.suffix in (".json", ".xml")
            assert why_unknown(path).endswith(".")
        elif found == "csv":
            rows = list(read_rows(path).rows)
            assert rows
            assert all(row.contact.known_by_something or row.problem == NOBODY for row in rows)
        else:
            cards = list(read_cards(path))
            assert all(isinstance(one, Contact) or one.why.endswith(".") for one in cards)


def test_cards_of_a_mac_an_outlook_and_a_phone_keep_what_kind_of_number_each_is():
    folder = real("contacts_formats", "ez-vcard", "io", "text")

    [mac] = read_cards(folder / "John_Doe_MAC_ADDRESS_BOOK.vcf")
    [outlook] = read_cards(folder / "outlook-2003.vcf")

    assert dict(zip(mac.phones, mac.details.phone_kinds, strict=True)) == {
        "905-777-1234": "work",
        "905-666-1234": "home",
        "905-555-1234": "cell",
        "905-111-1234": "pager",
        "905-222-1234": "",
    }
    assert mac.details.faxes == ("905-888-1234", "905-999-1234")
    assert mac.details.postal[1].street == "Street4 Building 6 Floor 8"
    assert outlook.details.postal[0].extended == "TheOffice"
    assert (outlook.phones, outlook.details.birthday) == ((), "1980-03-21")


def test_a_card_with_nothing_but_a_postal_address_is_named():
    [found] = read_cards(real("contacts_formats", "ical.js-vcard", "vcard_grouped.vcf"))

    assert isinstance(found, Unreadable)
    assert found.why == "This card has no name, no mail address and no phone number."
