"""What stands around a mail: how it leaves from a mailbox, and what nobody could know of it."""

from datetime import timedelta
from email import message_from_bytes

import pytest

from followthrough.channels.email.writing import Draft, write
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Message
from followthrough.ledger.models.outbox import IN_DOUBT, QUEUED, SENT
from tests.ledger.scene import HOUR, MONDAY
from tests.worker.sending_scene import Nowhere, mailbox_at

LATER = MONDAY + HOUR


@pytest.fixture
def written(ann, bob):
    def written():
        draft = Draft(
            party=ann, member=bob, subject="Your sign", text="See https://banners.example"
        )
        return write(draft, key=str(Message.objects.count()), at=LATER)

    return written


def outgoing(mailbox):
    return f"/settings/mailboxes/{mailbox.pk}/outgoing/"


def parts_of(message):
    mail = message_from_bytes(bytes(message.raw))
    return [one.get_content_type() for one in mail.walk() if not one.is_multipart()]


def test_plain_words_alone_leave_until_somebody_wants_it_otherwise(bobs, mailbox, written):
    assert parts_of(written()) == ["text/plain"]

    bobs.post(outgoing(mailbox), {"name": "Bob Brush", "signature": "Banners", "html": "on"})

    message = written()
    [plain, html] = [
        one.get_payload(decode=True).decode()
        for one in message_from_bytes(bytes(message.raw)).get_payload()
    ]
    assert parts_of(message) == ["text/plain", "text/html"]
    assert '<a href="https://banners.example">' in html
    assert "Banners</p>" in html
    assert b"From: Bob Brush <bob@banners.example>" in bytes(message.raw)
    assert plain.endswith("\r\n-- \r\nBanners\r\n")


def test_how_it_leaves_is_changed_and_changed_back(bobs, mailbox):
    kept = bobs.post(outgoing(mailbox), {"name": "", "signature": "Banners"}, follow=True)
    [undo] = [str(one.extra_tags) for one in kept.context["messages"]]

    bobs.post(undo)

    mailbox.refresh_from_db()
    assert (mailbox.name, mailbox.signature) == ("Bob", "")


def test_nobody_else_changes_how_my_mail_leaves(bobs, mia):
    assert bobs.get(outgoing(mailbox_at(Nowhere, mia))).status_code == 404


def test_it_says_by_itself_that_it_has_left(bobs, written):
    message = written()
    before = bobs.get(f"/mails/{message.pk}/now/").content.decode()

    Message.objects.filter(pk=message.pk).update(state=SENT, handover_at=LATER)

    after = bobs.get(f"/mails/{message.pk}/now/").content.decode()
    assert "Going out at 11:00:10" in before
    assert "every 4s" in before
    assert "Sent 11:00" in after
    assert "every 4s" not in after


def test_after_a_try_in_vain_it_says_so(bobs, written):
    message = written()
    Message.objects.filter(pk=message.pk).update(attempt=1)

    page = bobs.get(f"/mails/{message.pk}/now/").content.decode()

    assert "The last try failed, the next is today, 11:00" in page


def chip_of(client, message, at=LATER):
    with clock.at(at):
        return client.get(f"/mails/{message.pk}/now/?chip=yes")


@pytest.fixture
def answer(ann, bob):
    """What Ann waits for, written from the line of today."""
    owed = FollowUp.objects.select_related("matter").get(party=ann, settled_at=None)
    draft = Draft(party=ann, member=bob, subject="Your sign", text="Gladly.", followup=owed)
    return write(draft, key="answer", at=LATER, not_before=LATER + timedelta(seconds=10))


def test_the_line_of_today_says_by_itself_that_it_has_left_and_the_list_looks_again(bobs, answer):
    message = answer
    line = bobs.get("/").content.decode()
    before = chip_of(bobs, message)

    Message.objects.filter(pk=message.pk).update(state=SENT, handover_at=LATER)
    after = chip_of(bobs, message)

    there = f'hx-get="/mails/{message.pk}/now/?chip=yes"'
    assert there in line
    assert there in before.content.decode()
    assert "Sent 11:00" in after.content.decode()
    assert "hx-get" not in after.content.decode()
    assert after.headers["HX-Trigger"] == "visibilitychange"
    assert "HX-Trigger" not in before.headers


def test_what_waits_for_longer_or_goes_another_day_is_not_asked_for(bobs, answer):
    message = answer
    late = LATER + timedelta(minutes=5)
    assert "hx-get" not in chip_of(bobs, message, at=late).content.decode()

    Message.objects.update(not_before=LATER + timedelta(days=1))

    assert f"/mails/{message.pk}/now/?chip" not in bobs.get("/").content.decode()


@pytest.fixture
def in_doubt(written):
    message = written()
    Message.objects.filter(pk=message.pk).update(
        state=IN_DOUBT, handover_at=LATER, asked_at=LATER + timedelta(minutes=30)
    )
    return message


@pytest.mark.parametrize(("said", "state"), [("left", SENT), ("again", QUEUED)])
def test_where_nobody_knows_whether_it_left_a_person_says_it(bobs, in_doubt, said, state):
    page = bobs.get(f"/mails/{in_doubt.pk}/").content.decode()
    assert "Nobody knows whether it left" in page

    bobs.post(f"/mails/{in_doubt.pk}/decided/", {said: "yes"})

    in_doubt.refresh_from_db()
    assert in_doubt.state == state


def test_what_is_on_its_way_cannot_be_begun_again(bobs, written):
    message = written()

    answer = bobs.post(f"/mails/{message.pk}/again/", follow=True)

    assert "It is still on its way." in answer.content.decode()


def test_what_has_left_cannot_be_stopped(bobs, written):
    message = written()
    Message.objects.filter(pk=message.pk).update(state=SENT, handover_at=LATER)

    answer = bobs.post(f"/mails/{message.pk}/stop/", follow=True)

    assert "That has left already" in answer.content.decode()
    assert Message.objects.get().state == SENT
