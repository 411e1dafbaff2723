"""A mail that one of us hands on to us speaks for whoever wrote it."""

from datetime import UTC, datetime

import pytest
from tests.inlets.real_data import mail

from followthrough.core.facts import TheyWrote, WeWrote
from followthrough.inlets.mailbox import conversations, parse
from followthrough.inlets.mailbox.forward_dates import when

OURS = frozenset({"bob@ours.test", "mia@ours.test"})
AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
FROM_BOB = (
    "From: Bob <bob@ours.test>\nTo: mia@ours.test\nSubject: Fwd: A roof\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0100\nMessage-ID: <fwd@ours.test>"
)
BELOW = {
    "gmail": (
        "Can you take this?\n\n---------- Forwarded message ---------\n"
        "From: Ann Roof <ann@customer.test>\nDate: Fri, Nov 20, 2026 at 9:30 AM\n"
        "Subject: A roof\nTo: Bob <bob@ours.test>\n\nWhat would it cost?\n"
    ),
    "outlook": (
        "FYI\n\n________________________________\nFrom: Ann Roof <ann@customer.test>\n"
        "Sent: Friday, November 20, 2026 9:30 AM\nTo: Bob <bob@ours.test>\n"
        "Subject: A roof\n\nWhat would it cost?\n"
    ),
    "outlook, german": (
        "-----Ursprüngliche Nachricht-----\nVon: Ann Roof [mailto:ann@customer.test]\n"
        "Gesendet: Freitag, 20. November 2026 09:30\nAn: Bob\nBetreff: A roof\n\n"
        "What would it cost?\n"
    ),
    "apple, german": (
        "Anfang der weitergeleiteten Nachricht:\n\n> Von: Ann Roof <ann@customer.test>\n"
        "> Datum: 20. November 2026 um 09:30:00 MEZ\n> An: bob@ours.test\n"
        "> Betreff: A roof\n>\n> What would it cost?\n"
    ),
    "french": (
        "Bonjour\n-------- Message transféré --------\nSujet : A roof\n"
        "Date : vendredi 20 novembre 2026 09:30\nDe : Ann Roof <ann@customer.test>\n"
        "Pour : bob@ours.test\n\nWhat would it cost?\n"
    ),
    "spanish": (
        "---------- Mensaje reenviado ---------\nDe: Ann Roof <ann@customer.test>\n"
        "Date: vie, 20 de noviembre de 2026 a las 9:30\nAsunto: A roof\nPara: Bob\n\n"
        "What would it cost?\n"
    ),
    "italian": (
        "Inizio messaggio inoltrato:\n\nDa: Ann Roof <ann@customer.test>\n"
        "Oggetto: A roof\nData: 20 novembre 2026 alle ore 09:30:00 CET\nA: bob@ours.test\n\n"
        "What would it cost?\n"
    ),
    "dutch": (
        "---------- Doorgestuurd bericht ----------\nVan: Ann Roof <ann@customer.test>\n"
        "Verzonden: vrijdag 20 november 2026 9:30\nAan: Bob\nOnderwerp: A roof\n\n"
        "What would it cost?\n"
    ),
}


def sort(*mails):
    return conversations([parse(one) for one in mails], OURS)


@pytest.mark.parametrize("body", BELOW.values(), ids=BELOW)
def test_an_enquiry_that_is_handed_on_is_theirs_and_of_their_day(body):
    [one] = sort(mail(FROM_BOB, body)).linked

    assert (one.contact.name, one.contact.email) == ("Ann Roof", "ann@customer.test")
    assert (type(one.fact), one.fact.at) == (TheyWrote, AT)
    assert (one.title, one.body) == ("A roof", "What would it cost?")


def attached(letter):
    head = FROM_BOB + '\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"'
    return mail(
        head,
        "--x\r\nContent-Type: text/plain\r\n\r\nCan you?\r\n"
        "--x\r\nContent-Type: message/rfc822\r\n\r\n" + letter.decode() + "\r\n--x--\r\n",
    )


LETTER = mail("Date: Fri, 20 Nov 2026 08:30:00 +0000", "What would it cost?")


def test_one_that_is_attached_whole_is_read_whole():
    [one] = sort(attached(LETTER)).linked

    assert (one.contact.email, one.fact.at) == ("ann@customer.test", AT)
    assert (one.title, one.body) == ("The roof", "What would it cost?")


def test_one_that_we_have_from_themselves_is_not_counted_twice():
    found = sort(LETTER, attached(LETTER))

    assert [type(one.fact) for one in found.linked] == [TheyWrote]
    assert found.rules == {"mail among ourselves": 1}


def test_an_address_of_our_house_is_us_though_nobody_named_it():
    to_the_desk = FROM_BOB.replace("mia@ours.test", "Sales <sales@ours.test>")
    of_a_colleague = BELOW["gmail"].replace("ann@customer.test", "pat@ours.test")

    [one] = sort(mail(to_the_desk, BELOW["gmail"])).linked
    found = sort(mail(FROM_BOB, of_a_colleague))

    assert one.contact.email == "ann@customer.test"
    assert found.rules == {"mail among ourselves": 1}


def test_what_they_hand_on_stays_theirs():
    head = "From: Ann <ann@customer.test>\nTo: bob@ours.test\nSubject: Fwd: A roof"
    body = BELOW["gmail"].replace("ann@customer.test", "sid@stranger.test")

    [one] = sort(mail(head, body)).linked

    assert one.contact.email == "ann@customer.test"


def test_what_we_hand_on_to_somebody_else_is_our_word_to_them():
    head = FROM_BOB.replace("mia@ours.test", "pat@prints.test")

    [one] = sort(mail(head, BELOW["gmail"])).linked

    assert (one.contact.email, type(one.fact)) == ("pat@prints.test", WeWrote)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: lunch", BELOW["outlook"]),
        ("Fwd: lunch", "Lunch at one?\n"),
        ("Fwd: lunch", "From: Mia <mia@ours.test>\nSubject: lunch\n\nAt one?\n"),
        ("Fwd: notes", "From: the boss\nTo: us\n\nWell done\n"),
    ],
    ids=["an answer that quotes", "nothing inside", "from one of us", "no address"],
)
def test_other_mail_among_ourselves_obliges_nobody(subject, body):
    found = sort(mail(FROM_BOB.replace("Fwd: A roof", subject), body))

    assert found.rules == {"mail among ourselves": 1}


def test_a_date_that_cannot_be_read_is_the_day_it_was_handed_on():
    body = BELOW["gmail"].replace("Fri, Nov 20, 2026 at 9:30 AM", "the other day")

    [one] = sort(mail(FROM_BOB, body)).linked

    assert one.fact.at == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_date_after_it_was_handed_on_is_a_misreading():
    body = BELOW["gmail"].replace("Nov 20, 2026", "Dec 20, 2026")

    [one] = sort(mail(FROM_BOB, body)).linked

    assert one.fact.at == datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "month", "day", "hour"),
    [
        ("Fri, 20 Nov 2026 09:30:00 +0100", 11, 20, 8),
        ("20 November 2026 at 09:30:00 GMT+1", 11, 20, 8),
        ("11/20/2026 9:30 PM", 11, 20, 21),
        ("3/4/2026 9:30 AM", 3, 4, 9),
        ("03/04/2026 09:30", 4, 3, 9),
        ("20.11.26 09:30", 11, 20, 9),
        ("2026-11-20 09:30", 11, 20, 9),
        ("mar. 24 nov. 2026 à 09:30", 11, 24, 9),
        ("mardi 24 mars 2026 09:30", 3, 24, 9),
        ("mer. 1 juil. 2026 à 09:30", 7, 1, 9),
        ("lundi 1 juin 2026 09:30", 6, 1, 9),
        ("Dienstag, 24. März 2026 09:30", 3, 24, 9),
        ("dinsdag 24 maart 2026 9:30", 3, 24, 9),
        ("Mar 24, 2026, 9:30 AM", 3, 24, 9),
        ("giovedì 1 gennaio 2026 09.30", 1, 1, 9),
        ("20 November 2026", 11, 20, 12),
    ],
)
def test_dates_are_read_as_programs_write_them(written, month, day, hour):
    found = when(written)

    assert (found.month, found.day, found.hour) == (month, day, hour)


@pytest.mark.parametrize("written", ["", "tomorrow", "31. Februar 2026 10:00", "99/99/9999", "1:1"])
def test_what_is_no_date_is_none(written):
    assert when(written) is None


@pytest.mark.parametrize("house", ["gmail.com", "freenet.de", "gmx.at", "laposte.net"])
def test_neighbours_at_a_free_house_are_no_colleagues(house):
    handed = mail(
        FROM_BOB.replace("ours.test", house), BELOW["gmail"].replace("customer.test", house)
    )
    ours = frozenset({f"bob@{house}", f"mia@{house}"})

    [one] = conversations([parse(handed)], ours).linked

    assert (one.contact.email, one.fact.at) == (f"ann@{house}", AT)
