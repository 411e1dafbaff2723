"""What strangers send to hurt: it costs little time and room, and nobody else's mail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.inlets.real_data import mail

from followthrough.inlets.mailbox import conversations, glimpse, parse
from followthrough.inlets.mailbox.headers import MOST_REFERENCES
from followthrough.inlets.noticed import Mail, Unreadable

SRC = Path(__file__).resolve().parents[2] / "src"
STATUS = Path("/proc/self/status")
GENEROUS = 20  # seconds, with the start of a process: what is quadratic takes minutes


def nested(depth):
    inner = "Content-Type: text/plain\n\nHello\n"
    for n in range(depth):
        inner = f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n{inner}--b{n}--\n'
    return b"From: ann@customer.test\nSubject: Deep\n" + inner.encode()


def forwarded(depth):
    inner = "From: ann@customer.test\nSubject: Inner\n\nHello\n"
    for _ in range(depth):
        inner = f"From: a@b.test\nContent-Type: message/rfc822\n\n{inner}"
    return inner.encode()


def head(name, value):
    return mail(f"{name}: {value}")


BOMBS = {
    "1,000 parts in each other": nested(1_000),
    "1,000 mails in each other": forwarded(1_000),
    "20,000 parts beside each other": mail(
        'Content-Type: multipart/mixed; boundary="x"', "--x\n\nHello\n" * 20_000
    ),
    "20,000 brackets in From": head("From", "(" * 20_000 + "ann@customer.test"),
    "20,000 quotes in To": head("To", '"' * 20_000),
    "20,000 commas in Cc": head("Cc", "," * 20_000),
    "20,000 references": head("References", " ".join(f"<{n}@x.test>" for n in range(20_000))),
    "a subject of encoded words": head("Subject", "=?utf-8?q?a?= " * 20_000),
    "an encoded word without an end": head("Subject", "=?utf-8?q?" + "a" * 200_000),
    "100,000 headers": mail("\n".join(f"X-{n}: {n}" for n in range(100_000))),
    "a header of a megabyte": head("X-Long", "a" * (1 << 20)),
    "100,000 tags": mail("Content-Type: text/html", "<div>" * 100_000),
    "100,000 quotes of each other": mail("", "On a a a a wrote:\n" * 50_000),
    "50,000 From lines in an answer": mail("Subject: Fwd: x", "From: a@b.test\n" * 50_000),
    "a forward of labels": mail("Subject: Fwd: x", "From: " * 100_000),
    "a bounce of empty lines": mail("From: MAILER-DAEMON@x\nSubject: failure", "\n" * 200_000),
    "a bounce of spaces": mail("From: MAILER-DAEMON@x\nSubject: failure", " >" * 100_000),
    "a bounce of addresses": mail("From: MAILER-DAEMON@x\nSubject: failure", "a@b.test\n" * 50_000),
    "a bounce of ids": mail("From: MAILER-DAEMON@x\nSubject: failure", "message-id: " * 50_000),
    "a bounce of digits": mail("From: MAILER-DAEMON@x\nSubject: failure", "5.1.1." * 50_000),
    "a bounce of half addresses": mail("From: MAILER-DAEMON@x\nSubject: failure", "to " * 50_000),
    "a report of 100,000 blocks": mail(
        "Content-Type: message/delivery-status", "Final-Recipient: rfc822; a@b.c\n\n" * 100_000
    ),
    "a date of digits": head("Date", "9" * 100_000),
    "a megabyte of blank heads": b"\n" * (1 << 20) + mail(""),
    "a megabyte without a line end": b"From: ann@customer.test\nSubject: " + b"x" * (1 << 20),
}  # fmt: skip


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS)
def test_no_single_mail_holds_up_the_others(tmp_path, raw):
    (tmp_path / "bomb.eml").write_bytes(raw)
    (tmp_path / "letter.eml").write_bytes(mail("Subject: Still here"))

    said = run(
        "import sys\nfrom followthrough.inlets.mailbox import conversations, open_mail, parse\n"
        "mails = [parse(raw, where=where) for where, raw in open_mail(sys.argv[1])]\n"
        "print(conversations(mails, frozenset({'bob@ours.test'})).read, mails[-1].subject)",
        tmp_path,
    )

    assert said == "2 Still here\n"


def run(code, path):
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env=os.environ | {"PYTHONPATH": str(SRC)},
        capture_output=True, text=True, timeout=GENEROUS, check=True,
    )  # fmt: skip
    return done.stdout


def test_of_too_many_references_the_last_are_used():
    read = parse(BOMBS["20,000 references"])

    assert len(read.references) == MOST_REFERENCES
    assert read.references[-1] == "19999@x.test"


def test_too_deep_a_mail_is_read_as_far_as_it_goes_or_set_aside_whole():
    read = parse(BOMBS["1,000 parts in each other"])

    assert isinstance(read, Mail) or (isinstance(read, Unreadable) and read.raw)


@pytest.mark.skipif(not STATUS.exists(), reason="this system does not tell a process's peak")
def test_a_mail_of_200_megabytes_takes_bounded_room_and_gives_its_words(tmp_path):
    path = tmp_path / "large.eml"
    with path.open("wb") as file:
        start = "--x\r\n\r\nHello\r\n--x\r\nContent-Type: image/png\r\n\r\n"
        file.write(mail('Content-Type: multipart/mixed; boundary="x"', start))
        for _ in range(200):
            file.write(b"QUJD" * 18 + b"\r\n" + b"QUJD\r\n" * 174_750)

    text, peak = run(
        "import re, sys\nfrom followthrough.inlets.mailbox import open_mail, parse\n"
        "[(_, raw)] = open_mail(sys.argv[1])\nprint(parse(raw).text)\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])",
        path,
    ).split()

    assert text == "Hello"
    assert int(peak) < 400 << 10  # kilobytes: the mail is cut at 64 megabytes, and read to its 8th


def test_a_first_look_gives_no_more_than_the_head_and_raises_nothing():
    for raw in (*BOMBS.values(), b"", b"\0" * 999, b"\xd0\xcf\x11\xe0broken"):
        glimpse(raw)


@pytest.mark.parametrize(
    "written",
    [
        "=?utf-8?q?Hello=0D=0ABcc=3A_victim?=",
        "=?utf-8?b?SGVsbG8NCkJjYzogdmljdGlt?=",
        "=?utf-8?q?Hello=E2=80=A8Bcc=3A_victim?=",
    ],
)
def test_a_subject_that_hides_a_line_end_is_one_line(written):
    read = parse(head("Subject", written))

    assert read.subject == "Hello Bcc: victim"
    [noticed] = conversations([read], frozenset({"bob@ours.test"})).linked
    assert noticed.title.isprintable()
