"""S25: Proof of what was sent, when, to whom, and what the server said."""

from datetime import timedelta
from email import message_from_bytes
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.ledger.scene import HOUR, MONDAY
from tests.servers.smtp import Server
from tests.stories.writing_scene import looks, owed_to, sends, writes
from tests.worker.sending_scene import at, mailbox_at, somebody_asked

from followthrough.web.writing.proof import attempts_of

pytestmark = pytest.mark.django_db
SOON, LATER = MONDAY + timedelta(minutes=1), MONDAY + HOUR
QUOTE = b"%PDF 90 pounds"


@pytest.fixture
def server():
    with Server(says={"data": ["451 4.3.0 come back later"]}) as server:
        yield server


@pytest.fixture
def sent(workspace, server, bobs, bob):
    """A quote that left at the second attempt."""
    mailbox, ann = mailbox_at(server, bob), somebody_asked("Ann", workspace, bob)
    quote = SimpleUploadedFile("quote.pdf", QUOTE, "application/pdf")
    message = writes(bobs, f"/followups/{owed_to(ann).pk}/mail/", mailbox, files=[quote])
    sends(mailbox, SOON)
    sends(mailbox, SOON + timedelta(minutes=10))
    message.refresh_from_db()
    return message


def test_s25_the_page_of_a_mail_says_all_that_is_known(bobs, server, sent):
    page = looks(bobs, f"/mails/{sent.pk}/", LATER)

    assert [one.message_id for one in server.taken] == [sent.message_id]
    for known in (
        sent.message_id.strip("<>"), "ann@home.example", "bob@banners.example", "Bob",
        "451 4.3.0 come back later", sent.answer, "2 Mar 2026, 10:00:00", "quote.pdf",
        sha256(QUOTE).hexdigest(), sha256(bytes(sent.raw)).hexdigest(),
    ):  # fmt: skip
        assert known in page, known


def test_s25_every_attempt_stands_with_its_time_and_the_servers_words(sent):
    tried = [(one.state, one.at, one.answer[:3]) for one in attempts_of(sent)]

    assert tried == [
        ("queued", SOON, "451"), ("sent", SOON + timedelta(minutes=10), "250"),
    ]  # fmt: skip


def test_s25_it_is_reached_from_the_line_that_tells_of_it(bobs, sent):
    page = looks(bobs, f"/people/{sent.party_id}/", LATER)

    assert f'href="/mails/{sent.pk}/">We wrote by mail' in page


def test_s25_the_proof_can_be_taken_away(bobs, server, sent):
    with at(LATER):
        proof = bobs.get(f"/mails/{sent.pk}/proof.txt").content.decode()
        mail = bobs.get(f"/mails/{sent.pk}/mail.eml").content

    assert sent.message_id in proof
    assert "2026-03-02T10:01:00+00:00 451 4.3.0 come back later" in proof
    assert f"quote.pdf ({len(QUOTE)} bytes) SHA-256 {sha256(QUOTE).hexdigest()}" in proof
    assert mail == bytes(sent.raw)
    assert message_from_bytes(mail)["Message-ID"] == sent.message_id


def test_s25_nobody_of_another_team_gets_it(sids, sent):
    for address in ("", "proof.txt", "mail.eml"):
        assert sids.get(f"/mails/{sent.pk}/{address}").status_code == 404
