"""Who wrote it, a person or a machine: a wrong "machine" writes again to someone who answered."""

import json
from email import message_from_bytes

import pytest
from tests.inlets.real_data import DATA, mail, real

from followthrough.inlets.mailbox import open_mail, parse, verdict
from followthrough.inlets.noticed import Mail

OURS = frozenset({"sales@ours.test", "anna@ours.test"})
# What the vectors call it, where the product has a plainer word.
WORDS = {
    "bulk": "newsletter",
    "mdn": "read_receipt",
    "dsn_failed": "bounce",
    "dsn_delayed": "delayed",
    "dsn_ok": "delivered",
}


def vectors():
    path = DATA / "vectors" / "mail_vectors.json"
    if not path.exists():
        return [pytest.param(None, id="missing")]
    return [pytest.param(one, id=one["name"]) for one in json.loads(path.read_text())]


@pytest.mark.parametrize("vector", vectors())
def test_the_published_mails_are_judged_as_people_judged_them(vector):
    real("vectors", "mail_vectors.json")

    found = verdict(message_from_bytes(vector["raw"].encode()), ours=OURS)

    expected = WORDS.get(vector["kind"], vector["kind"])
    assert (found.kind, found.strength) == (expected, vector["strength"])


def judged(head, body="Hello\n"):
    return parse(mail(head, body)).verdict


def test_a_verdict_shows_its_evidence():
    found = judged("Auto-Submitted: auto-replied (vacation)")

    assert (found.rule, found.evidence) == (
        "an automatic reply",
        "Auto-Submitted: auto-replied (vacation)",
    )


def test_a_person_on_a_list_is_a_person():
    read = parse(
        mail("List-Id: <roofs.test>\nList-Post: <mailto:all@roofs.test>\nPrecedence: list")
    )

    assert (read.verdict.kind, read.mailing_list) == ("human", True)


def test_a_pressed_unsubscribe_button_is_a_wish_though_a_machine_wrote_it():
    assert judged("Subject: unsubscribe\nAuto-Submitted: auto-replied").kind == "unsubscribe"


def test_a6_a_challenge_to_prove_who_we_are_is_never_surely_a_machine():
    """Somebody has to press what it asks for: it may not be passed over."""
    found = judged(
        "From: ann@customer.test\nSubject: Please confirm your message",
        "Your mail waits. Click here to show that you are a person.\n",
    )

    assert found.kind == "human"


def test_x4_what_is_sealed_or_wrapped_is_the_word_of_a_person():
    for kind in (
        'multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"',
        "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
        "application/ms-tnef; name=winmail.dat",
    ):
        assert judged(f"From: ann@customer.test\nContent-Type: {kind}").kind == "human"


def test_a_bounce_from_a_sender_that_hides_it_is_doubt():
    found = judged("From: scanner@x.test\nSubject: Mail could not be delivered")

    assert (found.kind, found.strength) == ("bounce", "weak")


@pytest.mark.parametrize("subject", ["Re: out of office", "Our office is out of paper", "Autobahn"])
def test_words_in_the_middle_of_a_subject_prove_nothing(subject):
    assert judged(f"Subject: {subject}").kind == "human"


def kinds(*folder):
    read = (parse(raw, where=where) for where, raw in open_mail(real(*folder)))
    return [one.verdict.kind for one in read if isinstance(one, Mail)]


def test_hardly_any_real_bounce_passes_for_a_person():
    found = kinds("mail_bounces", "sisimai", "bsd") + kinds("mail_bounces", "flufl")

    assert len([kind for kind in found if kind == "human"]) <= len(found) // 100


def test_no_letter_from_a_person_is_taken_for_a_machine_s():
    for folder in ["mail_threads", "mail_replies/talon"]:
        assert set(kinds(*folder.split("/"))) == {"human"}


def test_list_mail_is_not_taken_for_automatic_replies():
    found = kinds("mail_spamassassin", "easy-ham-1") + kinds("mail_spamassassin", "easy-ham-2")

    assert "auto_reply" not in found
    assert found.count("human") / len(found) > 0.9


REPORTS = {
    "Abwesenheitsnotiz: zurück am 7. Januar": "auto_reply",
    "Delayed Mail (still being retried)": "delayed",
    "Delivery status notification: delayed": "delayed",
    "Delivery status notification: failed": "bounce",
    "Mail delivery failed: returning message to sender": "bounce",
    "Successful Mail Delivery Report": "delivered",
    "Undelivered Mail Returned to Sender": "bounce",
}


def test_the_reports_of_real_servers_are_told_apart():
    read = [parse(raw) for _, raw in open_mail(real("vectors", "dsn"))]

    assert {one.subject: one.verdict.kind for one in read} == REPORTS
