"""Mail that came back: whom it did not reach, for good or not, and which mail it was."""

import json
import re
from email import message_from_bytes
from hashlib import sha256

import pytest
from tests.inlets.real_data import mail, real

from followthrough.inlets.mailbox import open_mail, parse
from followthrough.inlets.mailbox.bounces import bounce_of
from followthrough.inlets.mailbox.headers import ids

NO_DELIVERY = {"feedback", "vacation"}  # complaints and absences are no reports of delivery


def read(raw):
    return bounce_of(message_from_bytes(raw), raw)


def report(fields, words="It failed.\n", head="Subject: Undelivered"):
    typed = 'Content-Type: multipart/report; report-type=delivery-status; boundary="x"'
    body = (
        f"--x\r\nContent-Type: text/plain\r\n\r\n{words}\r\n--x\r\n"
        f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        f"{fields}\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
        "From: bob@ours.test\r\nMessage-ID: <offer@ours.test>\r\n\r\nHello\r\n--x--\r\n"
    )
    return mail(f"From: MAILER-DAEMON@mx.test\n{head}\n{typed}", body)


def one_of(raw):
    [one] = read(raw).recipients
    return one


def test_a_report_names_the_recipient_what_became_of_it_and_our_mail():
    found = read(
        report(
            "Final-Recipient: rfc822; ann@customer.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
            "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
        )
    )

    [one] = found.recipients
    assert (one.address, one.action, one.status) == ("ann@customer.test", "failed", "5.1.1")
    assert (one.meaning, one.final) == ("dead", True)
    assert found.message_ids == ("offer@ours.test",)


def test_two_recipients_have_two_fates():
    found = read(
        report(
            "Final-Recipient: rfc822; ann@customer.test\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
            "Final-Recipient: rfc822; pat@prints.test\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
        )
    )

    assert [(one.address, one.meaning) for one in found.recipients] == [
        ("ann@customer.test", "dead"),
        ("pat@prints.test", "temporary"),
    ]


def test_what_the_server_did_beats_the_code_it_gave():
    gave_up = "Final-Recipient: rfc822; ann@customer.test\r\nAction: failed\r\nStatus: 4.4.1\r\n"
    assert one_of(report(gave_up)).meaning == "suspect"


def test_whom_we_wrote_to_is_kept_beside_whom_a_server_made_of_it():
    one = one_of(
        report(
            "Original-Recipient: rfc822; sales@customer.test\r\n"
            "Final-Recipient: rfc822; ann@inner.test\r\nAction: failed\r\nStatus: 5.2.2\r\n"
        )
    )

    assert (one.address, one.also) == ("sales@customer.test", "ann@inner.test")


@pytest.mark.parametrize(
    ("status", "said", "meaning"),
    [
        ("5.1.1", "550 5.1.1 user unknown", "dead"),
        ("5.1.10", "550 5.1.10 RecipNotFound", "dead"),
        ("5.1.1", "552 5.1.1 mailbox is over quota", "suspect"),
        ("5.2.2", "552 5.2.2 mailbox full", "suspect"),
        ("5.7.1", "550 5.7.1 user unknown or blocked by policy", "suspect"),
        ("5.0.0", "550 user unknown", "suspect"),
        ("5.0.0", "550 user unknown (in reply to RCPT TO command)", "dead"),
        ("5.0.0", "550 user unknown (in reply to end of DATA command)", "suspect"),
        ("5.4.4", "Domain not found", "dead"),
        ("5.0.0", "This user may not exist (RCPT TO)", "suspect"),
    ],
)
def test_an_address_is_dead_only_beyond_doubt(status, said, meaning):
    one = one_of(
        report(
            f"Final-Recipient: rfc822; ann@customer.test\r\nAction: failed\r\nStatus: {status}\r\n"
            f"Diagnostic-Code: smtp; {said}\r\n"
        )
    )

    assert one.meaning == meaning


WORDS = {
    "qmail": (
        (
            "Hi. This is the qmail-send program at mx.test.\n\n<ann@customer.test>:\n"
            "Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy\n"
            "From: pat@prints.test\nMessage-ID: <offer@ours.test>\n"
        ),
        "5.1.1",
        "dead",
    ),
    "exim": (
        (
            "The following address(es) failed:\n\n  ann@customer.test\n    SMTP error from remote "
            "mail server after RCPT TO:<ann@customer.test>:\n    host mx: 552 5.2.2 Mailbox full\n"
            "\n------ This is a copy of the message ------\nMessage-Id: <offer@ours.test>\n"
        ),
        "5.2.2",
        "suspect",
    ),
    "a sentence": (
        (
            "Your message to ann@customer.test could not be delivered: 550 5.7.1 denied.\n"
            "In-Reply-To: x\nMessage-ID: <offer@ours.test>\n"
        ),
        "5.7.1",
        "suspect",
    ),
    "delayed": (
        (
            "Delivery to the following recipient has been delayed:\n\n  ann@customer.test\n\n"
            "Message will be retried for 2 more days\nMessage-ID: <offer@ours.test>\n"
        ),
        "4.0.0",
        "temporary",
    ),
}


@pytest.mark.parametrize(("body", "status", "meaning"), WORDS.values(), ids=WORDS)
def test_reports_in_prose_say_the_same(body, status, meaning):
    found = read(mail("From: MAILER-DAEMON@mx.test\nTo: bob@ours.test\nSubject: failure", body))

    [one] = found.recipients
    assert (one.address, one.status, one.meaning) == ("ann@customer.test", status, meaning)
    assert "offer@ours.test" in found.message_ids


# --- reports of real servers ---------------------------------------------------------


def expected():
    known = json.loads(real("mail_bounces", "sisimai", "expected.json").read_text())
    return {
        name: rows
        for name, rows in known.items()
        if not NO_DELIVERY.intersection(row["reason"] for row in rows)
    }


def half(name):
    """Which half a file belongs to: one was looked at while the rules were written, one was not."""
    return int(sha256(name.encode()).hexdigest(), 16) % 2


def real_reports(which=None):
    folder = real("mail_bounces", "sisimai", "bsd")
    for name, rows in expected().items():
        if which is None or half(name) == which:
            yield name, rows, read((folder / name).read_bytes()).recipients


@pytest.mark.parametrize("which", [0, 1], ids=["the half that was looked at", "the other half"])
def test_real_reports_say_whom_and_what(which):
    found = list(real_reports(which))

    named = [n for n, rows, got in found if len(got) >= len(rows) and all(r.address for r in got)]
    status = [
        name
        for name, rows, got in found
        if got
        and all(one.status for one in got)
        and {one.status[0] for one in got} & {row["dsn"][:1] for row in rows}
    ]
    assert len(named) / len(found) >= 0.95, sorted({name for name, *_ in found} - set(named))
    assert len(status) / len(found) >= 0.95, sorted({name for name, *_ in found} - set(status))


@pytest.mark.parametrize("which", [0, 1], ids=["the half that was looked at", "the other half"])
def test_real_addresses_are_called_dead_only_where_they_are(which):
    called = [
        (name, any(row["hardbounce"] for row in rows))
        for name, rows, got in real_reports(which)
        if any(one.meaning == "dead" for one in got)
    ]

    right = [name for name, dead in called if dead]
    assert len(right) / len(called) >= 0.95, [name for name, dead in called if not dead]
    assert len(right) >= 25


def test_real_reports_name_the_addresses_that_another_reader_finds():
    folder = real("mail_bounces", "flufl")
    known = json.loads((folder / "expected.json").read_text())
    wanted = {name: {*one["temporary"], *one["permanent"]} for name, one in known.items()}
    wanted = {name: {one.lower() for one in some} for name, some in wanted.items() if some}

    got = {name: read((folder / name).read_bytes()).recipients for name in wanted}
    found = {name: {one.address for one in got[name]} for name in wanted}

    missed = [name for name in wanted if not wanted[name] <= found[name]]
    assert len(missed) / len(wanted) <= 0.07, missed


ANY_ID = re.compile(rb"(?im)^[>\s]*(?:x-)?(?:original-)?message-id:\s*<?([^\s<>]+@[^\s<>]+)>")


def test_a_message_id_that_stands_anywhere_in_a_report_is_found():
    for where, raw in open_mail(real("mail_bounces")):
        if not where.endswith((".eml", ".txt")):
            continue
        own = ids([str(message_from_bytes(raw).get("message-id", ""))])
        there = {one.decode("latin-1").strip("[],;\"'") for one in ANY_ID.findall(raw)} - {*own}

        assert there <= set(read(raw).message_ids), where


def test_the_reports_made_for_trying_out_are_all_understood():
    meanings = {}
    for where, raw in open_mail(real("vectors", "dsn")):
        found = parse(raw)
        if found.bounce:
            assert all(one.address and one.status for one in found.bounce.recipients), where
            assert found.bounce.message_ids, where
            meanings.setdefault(found.verdict.kind, set()).update(
                one.meaning for one in found.bounce.recipients
            )

    assert meanings == {
        "bounce": {"dead", "suspect"},
        "delayed": {"temporary"},
        "delivered": {"delivered"},
    }
