"""S23: A draft, not delivered, no sign of arrival, seen without answer: four truths, told apart."""

from datetime import timedelta

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.servers.smtp import Server
from tests.stories.writing_scene import looks, owed_to, sends, writes
from tests.worker.sending_scene import at, mailbox_at, somebody_asked

from followthrough.core.facts import TheyWrote
from followthrough.ledger.outbox.doubts import heard_of
from followthrough.ledger.record import record

pytestmark = pytest.mark.django_db
SOON, LATER = MONDAY + timedelta(minutes=1), MONDAY + HOUR


@pytest.fixture
def server():
    with Server() as server:
        yield server


@pytest.fixture
def mailbox(server, bob):
    return mailbox_at(server, bob)


@pytest.fixture
def ann(workspace, mailbox, bob):
    return somebody_asked("Ann", workspace, bob)


@pytest.fixture
def sent(bobs, ann, mailbox):
    message = writes(bobs, f"/followups/{owed_to(ann).pk}/mail/", mailbox)
    sends(mailbox, SOON)
    return message


def told(bobs, ann, message):
    """What her page and the mail's own say."""
    return looks(bobs, f"/people/{ann.pk}/", LATER), looks(bobs, f"/mails/{message.pk}/", LATER)


def test_s23_a_draft_is_still_a_draft_and_waits_to_be_finished(bobs, ann, mailbox):
    address = f"/followups/{owed_to(ann).pk}/mail/"
    with at(MONDAY):
        bobs.post(address, {"subject": "Your sign", "text": "90 po", "keep": "yes"})

    page = looks(bobs, f"/people/{ann.pk}/", LATER)

    assert "Still a draft" in page
    assert f'href="{address}">Finish it' in page
    assert owed_to(ann)


def test_s23_without_any_report_there_is_no_sign_of_arrival(bobs, ann, sent):
    page, mail = told(bobs, ann, sent)

    assert "Sent; no sign of arrival" in page
    assert "Ask whether it arrived" in mail
    assert "Sent; no sign of arrival" in looks(bobs, "/waiting/", LATER)


def test_s23_refused_by_their_server_it_was_not_delivered(bobs, server, ann, mailbox):
    server.says["rcpt"] = "550 5.1.1 no such user"
    message = writes(bobs, f"/followups/{owed_to(ann).pk}/mail/", mailbox)
    sends(mailbox, SOON)

    page, mail = told(bobs, ann, message)

    assert "Not delivered" in page
    assert "Fix the address and send again" in mail


def test_s23_reported_later_it_was_not_delivered_either(bobs, workspace, ann, sent):
    heard_of(workspace, sent.message_id, "bounced", at=LATER)

    page, _mail = told(bobs, ann, sent)

    assert "Not delivered" in page


def test_s23_delivered_is_said_only_after_a_report(bobs, workspace, ann, sent):
    heard_of(workspace, sent.envelope, "delivered", at=LATER)

    page, mail = told(bobs, ann, sent)

    assert "Delivered; not opened as far as we can see" in page
    assert "Ask whether they saw it" in mail


def test_s23_seen_without_an_answer_is_a_reason_to_call(bobs, workspace, ann, sent):
    heard_of(workspace, sent.envelope, "seen", at=LATER)

    page, mail = told(bobs, ann, sent)

    assert "Seen, no answer" in page
    assert "Call, while it is fresh" in mail


def test_s23_who_answered_has_it_whatever_a_server_says(bobs, workspace, ann, sent):
    heard_of(workspace, sent.message_id, "bounced", at=LATER)
    answer = TheyWrote(at=LATER, thread=sent.thread)
    record(ann, answer, source="mail:answer", at=LATER)

    page = looks(bobs, f"/people/{ann.pk}/", MONDAY + DAY)

    assert "Answered" in page
    assert "Not delivered" not in page
