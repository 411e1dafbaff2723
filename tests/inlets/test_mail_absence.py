"""Out of office: until when, for good, and who helps instead, in seven languages."""

from datetime import UTC, date, datetime

import pytest

from followthrough.inlets.mailbox.absence import absence_in

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)

BACK = [
    ("I am out of the office until 13 March 2026.", date(2026, 3, 14)),
    ("I will be back on Monday, March 16th.", date(2026, 3, 16)),
    ("I'm away from March 3 through March 13, 2026.", date(2026, 3, 14)),
    ("I am on leave until 2026-03-13 and will reply then.", date(2026, 3, 14)),
    ("Returning on 16 March.", date(2026, 3, 16)),
    ("Ich bin bis zum 13.03.2026 nicht im Büro.", date(2026, 3, 14)),
    ("Ich bin ab dem 16. März wieder für Sie da.", date(2026, 3, 16)),
    ("Vom 3.3. bis einschließlich 13.3. bin ich im Urlaub.", date(2026, 3, 14)),
    ("Ab Montag, 16.03. bin ich wieder erreichbar.", date(2026, 3, 16)),
    ("Je suis absent jusqu'au 13 mars 2026.", date(2026, 3, 14)),
    ("Je serai de retour le lundi 16 mars.", date(2026, 3, 16)),
    ("Je suis absente du bureau jusqu’au 05/06/2026 inclus.", date(2026, 6, 6)),
    ("Estaré fuera de la oficina hasta el 13 de marzo de 2026.", date(2026, 3, 14)),
    ("Estaré de vuelta el lunes 16 de marzo.", date(2026, 3, 16)),
    ("Sono fuori ufficio fino al 13 marzo 2026.", date(2026, 3, 14)),
    ("Rientro il 16 marzo.", date(2026, 3, 16)),
    ("Ik ben afwezig tot en met 13 maart 2026.", date(2026, 3, 14)),
    ("Ik ben maandag weer terug op 16 maart.", date(2026, 3, 16)),
    ("Estarei ausente até 13 de março de 2026.", date(2026, 3, 14)),
    ("Estarei de volta no dia 16 de março.", date(2026, 3, 16)),
    ("I shall be back on 5 January.", date(2027, 1, 5)),
]


@pytest.mark.parametrize(("text", "day"), BACK, ids=[text for text, _ in BACK])
def test_their_first_day_back(text, day):
    found = absence_in(f"Hello,\n\n{text}\n\nBest wishes\nAnn", at=AT)

    assert (found.back, found.says) == (day, text.replace("\n", " "))


@pytest.mark.parametrize(
    "text",
    [
        "I am away until 05/06/2026.",  # May or June: nobody can tell
        "I am out of the office at the moment.",
        "I was back on 16 February 2026.",
        "We have been here since 1 March 1998.",
        "I am away until 32 March.",
        "Call 020 7946 0301 until then.",
    ],
)
def test_no_day_is_made_up(text):
    assert absence_in(text, at=AT).back is None


GONE = [
    "Ann Archer no longer works here.",
    "Please note that Ann is no longer with the company.",
    "Ann Archer has left the company.",
    "Frau Archer ist nicht mehr in unserem Unternehmen tätig.",
    "Ann Archer hat unser Unternehmen verlassen.",
    "Mme Archer ne travaille plus chez nous.",
    "Ann Archer a quitté la société.",
    "Ann ya no trabaja en la empresa.",
    "Ann Archer non lavora più con noi.",
    "Ann Archer is niet meer werkzaam bij ons.",
    "A Ann já não trabalha na empresa.",
]


@pytest.mark.parametrize("text", GONE)
def test_who_has_left_is_gone_for_good(text):
    assert absence_in(text, at=AT).gone


def test_who_is_away_has_not_left():
    assert not absence_in("I am no longer in the office today, back on 16 March.", at=AT).gone


@pytest.mark.parametrize(
    "text",
    [
        "In urgent cases please contact carl@customer.test.",
        "In dringenden Fällen wenden Sie sich bitte an carl@customer.test.",
        "En cas d'urgence, veuillez contacter carl@customer.test.",
        "En caso urgente, contacte con carl@customer.test.",
        "Per urgenze potete contattare carl@customer.test.",
        "Voor dringende zaken kunt u contact opnemen met carl@customer.test.",
    ],
)
def test_a2_who_helps_instead_is_named_with_the_sentence(text):
    assert absence_in(f"I am away.\n{text}", at=AT).instead == text


def test_a_signature_is_nobody_else():
    assert absence_in("I am away.\n\nAnn\nann@customer.test", at=AT).instead == ""


def test_very_much_text_takes_no_time():
    assert absence_in("until " * 40_000 + "a@" * 20_000, at=AT).back is None
