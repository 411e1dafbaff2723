"""S24: It came back: the same words to an address that works, in two presses."""

from datetime import timedelta

import pytest
from tests.ledger.scene import MONDAY
from tests.servers.smtp import Server
from tests.stories.writing_scene import looks, owed_to, sends, writes
from tests.worker.sending_scene import at, mailbox_at, somebody_asked

from followthrough.ledger.models import Address, FollowUp, Message

pytestmark = pytest.mark.django_db
SOON, LATER = MONDAY + timedelta(minutes=4), MONDAY + timedelta(minutes=9)


@pytest.fixture
def server():
    with Server(says={"rcpt": ["550 5.1.1 no such user"]}) as server:
        yield server


@pytest.fixture
def mailbox(server, bob):
    return mailbox_at(server, bob)


@pytest.fixture
def came_back(workspace, mailbox, bobs, bob):
    """What Bob wrote to Ann came back; what he is to do now."""
    ann = somebody_asked("Ann", workspace, bob)
    writes(bobs, f"/followups/{owed_to(ann).pk}/mail/", mailbox)
    sends(mailbox, SOON)
    return owed_to(ann)


def test_s24_three_ways_on_stand_with_what_came_back(bobs, came_back):
    panel = looks(bobs, f"/followups/{came_back.pk}/panel/", LATER)
    page = looks(bobs, f"/people/{came_back.party_id}/", LATER)

    for shown in (panel, page):
        assert "Mail to ann@home.example came back." in shown
        assert "Fix the address and send again" in shown
        assert 'href="sms:' in shown
        assert 'href="tel:' in shown


def test_s24_the_same_words_go_to_another_address_which_is_theirs_from_now_on(
    bobs, server, mailbox, came_back
):
    message = Message.objects.get()
    with at(LATER):
        begun = bobs.post(f"/mails/{message.pk}/again/")
        form = bobs.get(begun.url).content.decode()
    assert begun.url == f"/followups/{came_back.pk}/mail/"
    assert "90 pounds, all in." in form
    assert 'name="to" type="email" value=""' in form

    writes(bobs, begun.url, mailbox, now=LATER, to="ann@new.example", text=message.words)
    sends(mailbox, LATER + timedelta(minutes=1))

    [taken] = server.mails_to("ann@new.example")
    assert b"90 pounds, all in." in taken.raw
    assert Address.objects.get(value="ann@new.example").party_id == came_back.party_id
    assert not FollowUp.objects.filter(rule="mend_the_bounce", settled_at=None).exists()
