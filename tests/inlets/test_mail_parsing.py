"""One raw mail, read as its writer meant it, whatever programs have done to it."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.inlets.real_data import DATA, mail, real

from followthrough.inlets.mailbox import open_mail, parse
from followthrough.inlets.noticed import Contact, Mail, Unreadable


def test_a_plain_mail_tells_who_wrote_what_to_whom_and_when():
    read = parse(mail("Cc: Mia <mia@ours.test>", "When can you come?\r\n"))

    assert read.sender == Contact(name="Ann", emails=("ann@customer.test",))
    assert [one.email for one in read.recipients] == ["bob@ours.test", "mia@ours.test"]
    assert read.sent_at == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert (read.subject, read.text) == ("The roof", "When can you come?")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ('"Roof, Ann" <ann@customer.test>', [("Roof, Ann", "ann@customer.test")]),
        ("Roof, Ann <ann@customer.test>", [("Roof, Ann", "ann@customer.test")]),
        ("ann@customer.test (Ann)", [("Ann", "ann@customer.test")]),
        ("ANN@Customer.Test", [("", "ann@customer.test")]),
        ("<ann@customer.test>", [("", "ann@customer.test")]),
        ("=?utf-8?q?J=C3=B6rg_=28x=29?= <j@x.test>", [("Jörg (x)", "j@x.test")]),
        ("=?iso-8859-1?B?SvZyZw==?= <j@x.test>", [("Jörg", "j@x.test")]),
        ("Team: ann@a.test, Bob <bob@b.test>;", [("", "ann@a.test"), ("Bob", "bob@b.test")]),
        ('"never closed <ann@a.test>, bob@b.test', [("", "ann@a.test"), ("", "bob@b.test")]),
        ("undisclosed-recipients:;", []),
        ("Ann\u202etset <ann@a.test>", [("Anntset", "ann@a.test")]),
    ],
)
def test_addresses_are_read_as_people_mean_them(written, names):
    read = parse(mail(f"To: {written}"))

    assert [(one.name, one.email) for one in read.to] == names


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("=?utf-8?B?w5w=?= =?utf-8?B?YmVy?=", "Über"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A7?=", "ç"),
        ("=?unknown-8bit?q?caf=E9?=", "café"),
        ("Gr\udcfc\udcdfe", "Grüße"),
        ("Grüße", "Grüße"),
        ("=?utf-8?q?Hello=0D=0ABcc=3A_victim?=", "Hello Bcc: victim"),
        ("a\x00b", "ab"),
    ],
)
def test_a_subject_is_one_line_of_readable_words(written, subject):
    assert parse(mail(f"Subject: {written}")).subject == subject


def test_ids_are_matched_without_brackets_and_spaces():
    read = parse(mail("In-Reply-To: <[abc@x.test]>\r\nReferences: <a@x.test>\r\n < b@x.test >"))

    assert read.references == ("a@x.test", "b@x.test", "abc@x.test")


def test_of_twenty_thousand_references_the_last_hundred_count():
    many = " ".join(f"<{number}@x.test>" for number in range(20_000))

    read = parse(mail(f"References: {many}\r\nIn-Reply-To: <last@x.test>"))

    assert (len(read.references), read.references[-1]) == (101, "last@x.test")


@pytest.mark.parametrize(
    "date", ["garbage", "", "Thu, 1 Jan 1970 00:00:00 +0000", "Mon, 99 Foo 2026"]
)
def test_an_absurd_date_gives_way_to_the_server_s(date):
    read = parse(mail(f"Date: {date}\nReceived: by mx.test; Mon, 23 Nov 2026 10:01:00 +0000"))

    assert (read.sent_at, read.at) == (None, datetime(2026, 11, 23, 10, 1, tzinfo=UTC))


def test_a_date_after_the_arrival_was_set_by_a_wrong_clock():
    head = "Date: Mon, 23 Nov 2037 10:00:00 +0000\nReceived: by mx; Mon, 23 Nov 2026 10:01:00 +0000"

    assert parse(mail(head)).sent_at is None


def test_two_copies_of_one_mail_have_one_key():
    first = parse(mail("Received: by one.test; Mon, 23 Nov 2026 10:01:00 +0000"))
    second = parse(mail("X-Folder: All\nReceived: by two.test; x").replace(b"\r\n", b"\n") + b"\n")

    assert first.key == second.key


def test_a_message_id_used_twice_for_different_mails_has_two_keys():
    assert parse(mail("", "One")).key != parse(mail("", "Two")).key


def test_html_reads_as_its_reader_sees_it():
    page = (
        "<html><head><style>p {color: red}</style></head><body><!-- <p>hidden</p> -->"
        "<p>Dear&nbsp;Bob,</p><div>when <b>can</b> you come?<br>Ann</div>"
        "<blockquote>Our offer</blockquote></body></html>"
    )
    read = parse(mail("Content-Type: text/html; charset=utf-8", page))

    assert read.text.split("\n\n") == ["Dear Bob,", "when can you come?\nAnn", "> Our offer"]


@pytest.mark.parametrize("charset", ["punycode", "no-such", "unicode_escape", "hex", '"', "\udcff"])
def test_an_odd_charset_does_not_cost_the_words(charset):
    read = parse(mail(f"Content-Type: text/plain; charset={charset}", "Call me"))

    assert read.text == "Call me"


def nested(depth):
    lines = ["Subject: deep", "MIME-Version: 1.0"]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    return "\r\n".join([*lines, "", "x"]).encode()


@pytest.mark.parametrize(
    "raw",
    [
        nested(1_000),
        mail("From: " + "(" * 20_000),
        mail("From: " + '"\\' * 30_000),
        mail("To: " + "a@b:" * 16_000),
        mail("To: " + "<" * 60_000),
        mail("Subject: " + "=?utf-8?q?a?= " * 5_000),
        mail("Content-Type: text/html", "<" * 300_000),
        mail("Content-Type: text/html", "<script " * 40_000),
        mail("Content-Type: text/html", "<div>" * 100_000),
        mail("Content-Type: text/html", "&" * 300_000),
        mail("", "On a " * 60_000),
        mail("", "From: x\n" * 50_000),
        mail("Content-Type: text/plain; charset*0=utf; charset*1*=%x"),
        mail("Content-Type: multipart/mixed"),
        mail("Content-Type: ;;;=;"),
        mail("Content-Transfer-Encoding: base64", "!!!"),
        mail("Content-Disposition: attachment; filename*=a'b"),
        b"\0" * 1_000,
        b"",
    ],
    ids=lambda raw: repr(raw[:40]),
)
def test_no_attack_stops_the_reading(raw):
    assert isinstance(parse(raw), Mail | Unreadable)


def test_what_is_nested_a_thousand_times_is_kept_whole_and_said_to_be_unreadable():
    found = parse(nested(1_000), where="deep.eml")

    assert found == Unreadable(
        where="deep.eml",
        why="This mail is nested too deeply to be read safely.",
        raw=nested(1_000),
    )


FOLDERS = ["mail_mime", "mail_bounces", "mail_auto", "mail_replies", "mail_spamassassin"]


@pytest.mark.parametrize("folder", [*FOLDERS, "mail_threads"])
def test_every_real_mail_is_read_or_said_to_be_unreadable(folder):
    files = [path for path in real(folder).rglob("*") if path.is_file()]

    found = [parse(raw, where=where) for where, raw in open_mail(real(folder))]

    assert len(found) >= len(files)
    assert all(isinstance(one, Mail) or one.why for one in found)


def seeds():
    folder = DATA / "mail_mime"
    return [path.read_bytes()[:20_000] for path in sorted(folder.rglob("*.eml"))] or [mail("")]


quiet = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@quiet
@given(st.binary(max_size=2_000))
def test_random_bytes_never_raise(raw):
    assert isinstance(parse(raw), Mail | Unreadable)


@quiet
@given(st.sampled_from(seeds()), st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=9))))
def test_damaged_real_mails_never_raise(raw, damages):
    for place, damage in damages:
        at = place % (len(raw) + 1)
        raw = raw[:at] + damage + raw[at + len(damage) // 2 :]

    assert isinstance(parse(raw), Mail | Unreadable)
