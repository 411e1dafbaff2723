"""Mail that Outlook saved in its own format reads like any other."""

import pytest
from tests.inlets import outlook_file as outlook
from tests.inlets.outlook_file import AT, BODY, CLASS, HEADERS, MESSAGE_ID, SENT, SUBJECT, msg
from tests.inlets.real_data import mail

from followthrough.inlets.detect import kind_of
from followthrough.inlets.mailbox import open_mail, parse
from followthrough.inlets.noticed import Contact, Unreadable

NOTE = {
    CLASS: "IPM.Note", SUBJECT: "Das Dach – größer", BODY: "Grüße\r\nAnn", SENT: AT,
    outlook.SENDER: "Ann", outlook.SENDER_SMTP: "ann@customer.test",
    MESSAGE_ID: "<1@customer.test>",
}  # fmt: skip
PEOPLE = [("Bob", "bob@ours.test", 1), ("Mia", "mia@ours.test", 2)]


def test_one_that_was_never_sent_by_smtp_is_read_from_what_outlook_knows():
    read = parse(msg(NOTE, PEOPLE))

    assert read.sender == Contact(name="Ann", emails=("ann@customer.test",))
    assert [one.email for one in (*read.to, *read.cc)] == ["bob@ours.test", "mia@ours.test"]
    assert (read.subject, read.text) == ("Das Dach – größer", "Grüße\nAnn")
    assert (read.sent_at, read.message_id) == (AT, "1@customer.test")


def test_the_headers_that_it_travelled_with_come_first():
    travelled = (
        "Received: from mx (mx [192.0.2.1]) by ours.test; Mon, 23 Nov 2026 10:00:05 +0000\r\n"
        "From: Ann Roof <ann@roofs.test>\r\nTo: bob@ours.test\r\nSubject: As it\r\n travelled\r\n"
        "In-Reply-To: <offer@ours.test>\r\nDate: Mon, 23 Nov 2026 11:00:00 +0100\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\nAuto-Submitted: no\r\n\r\n'
    )

    read = parse(msg(NOTE | {HEADERS: travelled}, PEOPLE))

    assert (read.sender.email, read.subject) == ("ann@roofs.test", "As it travelled")
    assert (read.references, read.sent_at) == (("offer@ours.test",), AT)
    assert read.text == "Grüße\nAnn"
    assert read.verdict.kind == "human"


def test_a_long_letter_is_whole():
    words = "word " * 3_000 + "end"

    assert parse(msg(NOTE | {BODY: words}, PEOPLE)).text == words


def test_one_without_plain_text_is_read_from_its_html():
    page = {key: value for key, value in NOTE.items() if key != BODY} | {0x1013: "<p>Hello</p>"}

    assert parse(msg(page, PEOPLE)).text == "Hello"


def test_a_report_that_it_did_not_arrive_is_a_bounce():
    report = NOTE | {CLASS: "REPORT.IPM.Note.NDR", BODY: "550 5.1.1 RCPT: user unknown"}

    read = parse(msg(report, [("Ann", "ann@customer.test", 1)]))

    assert read.verdict.kind == "bounce"
    assert [one.address for one in read.bounce.recipients] == ["ann@customer.test"]


def test_outlooks_absence_note_is_an_automatic_reply():
    away = NOTE | {CLASS: "IPM.Note.Rules.OofTemplate.Microsoft"}

    assert parse(msg(away, PEOPLE)).verdict.kind == "auto_reply"


def test_a_folder_of_both_kinds_gives_both(tmp_path):
    (tmp_path / "one.msg").write_bytes(msg(NOTE, PEOPLE))
    (tmp_path / "two.eml").write_bytes(mail("Subject: Two"))

    subjects = [parse(raw).subject for _, raw in open_mail(tmp_path)]

    assert subjects == ["Das Dach – größer", "Two"]
    assert kind_of(tmp_path / "one.msg") == "msg"


@pytest.mark.parametrize("length", [8, 100, 512, 600, 1_500, 3_000])
def test_a_broken_one_is_set_aside_whole_with_a_sentence(tmp_path, length):
    raw = msg(NOTE, PEOPLE)[:length]
    (tmp_path / "broken.msg").write_bytes(raw)

    read = parse(raw)

    assert isinstance(read, Unreadable)
    assert read.raw == raw
    assert read.why == (
        "This is a file in Outlook's own format, and broken or no mail. "
        "Open it in Outlook and save it as .eml, then it reads."
    )


def test_any_damaged_byte_leaves_a_mail_or_a_sentence():
    whole = msg(NOTE, PEOPLE)

    for place in range(0, len(whole), 37):
        read = parse(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert getattr(read, "why", "") or read.key


def test_an_old_excel_file_is_no_mail(tmp_path):
    path = tmp_path / "book.xls"
    path.write_bytes(msg({})[:512] + bytes(2_000))

    assert kind_of(path) == "unknown"
