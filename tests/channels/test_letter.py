"""What somebody typed becomes a mail, and nothing that was typed becomes anything else."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest

from followthrough.channels.email.letter import CannotBeMailed, File, Letter, ready

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


def letter(**more):
    values = {
        "sender": "bob@banners.example", "name": "Bob", "to": "ann@home.example",
        "to_name": "Ann", "subject": "Your sign", "text": "Hello Ann",
    }  # fmt: skip
    return Letter(**(values | more))


def made(**more):
    done = ready(letter(**more), at=MONDAY)
    return done, message_from_bytes(done.raw)


def shown(header):
    return str(make_header(decode_header(header)))


def test_a_plain_letter():
    done, mail = made(signature="Bob\nBanners")

    assert mail["From"] == "Bob <bob@banners.example>"
    assert mail["To"] == "Ann <ann@home.example>"
    assert mail["Date"] == "Mon, 02 Mar 2026 10:00:00 +0000"
    assert mail["Message-ID"] == done.message_id
    assert mail.get_content_type() == "text/plain"
    assert mail.get_payload(decode=True) == b"Hello Ann\r\n\r\n-- \r\nBob\r\nBanners\r\n"
    assert "Auto-Submitted" not in mail
    assert "List-Unsubscribe" not in mail


def test_every_letter_has_its_own_name_that_nobody_can_guess():
    names = {made()[0].message_id for _ in range(50)}

    assert len(names) == 50
    assert {len(name) for name in names} == {len("<>@banners.example") + 32}


def test_it_leaves_in_seven_bits_that_every_server_takes():
    done, mail = made(subject="Ihr Schild für 40 €", text="Schöne Grüße 🌻", to_name="Jörg")

    assert done.raw.isascii()
    assert shown(mail["Subject"]) == "Ihr Schild für 40 €"
    assert mail.get_payload(decode=True).decode().strip() == "Schöne Grüße 🌻"
    assert max(map(len, done.raw.split(b"\r\n"))) <= 998


TRICKS = [
    "Hi\nBcc: victim@home.example",
    "Hi\r\nBcc: victim@home.example",
    "Hi\rBcc: victim@home.example",
    "Hi\u2028Bcc: victim@home.example",
    "Hi\x85Bcc: victim@home.example",
    "Hi\x0bBcc: victim@home.example",
    "Hello\r\n\r\nBcc: victim@home.example",
    "=?utf-8?q?Hello=0D=0ABcc=3A_victim@home.example?=",
    "Re: =?utf-8?b?SGVsbG8NCkJjYzogdmljdGltQGhvbWUuZXhhbXBsZQ==?=",
]


@pytest.mark.parametrize("typed", TRICKS)
@pytest.mark.parametrize("field", ["subject", "name", "to_name"])
def test_no_field_adds_a_line_to_the_head(field, typed):
    done, mail = made(**{field: typed})

    assert mail["Bcc"] is None
    assert mail.get_payload(decode=True) == b"Hello Ann\r\n"
    assert done.raw.count(b"\r\n\r\n") == 1


def test_a_name_that_turns_the_line_round_or_quotes_is_only_a_name():
    _, mail = made(name='Bob "the\u202e boss" <x@y.example>', to_name="Ann, Pat")

    assert mail["From"] == '"Bob \\"the boss\\" <x@y.example>" <bob@banners.example>'
    assert mail["To"] == '"Ann, Pat" <ann@home.example>'


def test_a_domain_of_the_world_is_written_as_servers_read_it():
    done, mail = made(to="ann@bücher.example")

    assert done.recipient == "ann@xn--bcher-kva.example"
    assert mail["To"] == "Ann <ann@xn--bcher-kva.example>"


@pytest.mark.parametrize("to", ["jörg@home.example", "ann", "ann@", "a b@c.example", "", "x" * 400])
def test_what_cannot_be_mailed_is_said(to):
    with pytest.raises(CannotBeMailed):
        made(to=to)


def test_an_answer_stands_in_its_thread():
    before = ["<1@home.example> <2@home.example>"]
    _, mail = made(answers=" <2@home.example>\r\n", references=before)

    assert mail["In-Reply-To"] == "<2@home.example>"
    assert mail["References"] == "<1@home.example> <2@home.example>"


def test_of_a_very_long_thread_the_last_hundred_are_named():
    _, mail = made(answers="<end@x>", references=[f"<{n}@x>" for n in range(20_000)])

    assert len(mail["References"].split()) == 100
    assert mail["References"].split()[-1] == "<end@x>"


def test_what_no_person_wrote_says_so():
    _, mail = made(automatic="auto-replied")

    assert mail["Auto-Submitted"] == "auto-replied"


def test_mail_to_many_can_be_left_with_one_press():
    _, mail = made(leave="https://banners.example/leave/x")

    by_mail = "<mailto:bob@banners.example?subject=unsubscribe>"
    assert (
        " ".join(mail["List-Unsubscribe"].split())
        == f"<https://banners.example/leave/x>, {by_mail}"
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_where_one_press_cannot_count_a_mail_ends_it():
    _, mail = made(leave="http://localhost:8000/u/x/")

    assert mail["List-Unsubscribe"] == "<mailto:bob@banners.example?subject=unsubscribe>"
    assert "List-Unsubscribe-Post" not in mail


def test_files_go_along_and_are_remembered_by_their_hash():
    done, mail = made(files=[File(name="../../price\u202elist.pdf", content=b"%PDF")])

    [_, file] = mail.get_payload()
    assert file.get_filename() == "pricelist.pdf"
    assert file.get_payload(decode=True) == b"%PDF"
    assert [(one["name"], one["size"], len(one["sha256"])) for one in done.attached] == [
        ("pricelist.pdf", 4, 64)
    ]


def test_too_much_is_said_before_anything_is_kept():
    with pytest.raises(CannotBeMailed, match="20 MB"):
        made(files=[File(name="film", content=b"x" * (20 << 20)), File(name="a", content=b"x")])
    with pytest.raises(CannotBeMailed, match="20 files"):
        made(files=[File(name="a", content=b"x")] * 21)


def test_words_beside_a_picture_of_them():
    _, mail = made(html="<p>Hello Ann</p>")

    assert [part.get_content_type() for part in mail.get_payload()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("automatic", "keeps_quiet"),
    [("", None), ("auto-generated", None), ("auto-replied", "OOF, AutoReply")],
)
def test_no_server_is_asked_to_keep_to_itself_that_a_mail_came_back(automatic, keeps_quiet):
    _, mail = made(automatic=automatic)

    assert mail["X-Auto-Response-Suppress"] == keeps_quiet
