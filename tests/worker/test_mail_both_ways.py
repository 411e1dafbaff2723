"""Bob's answer leaves by a real server, its copy is no news, and Ann's reply comes back to it."""

from datetime import timedelta

import pytest
from tests.ledger.scene import MONDAY
from tests.servers.world import Box
from tests.web.desk import kinds
from tests.worker.letters import connected, letter, party_of, read, states
from tests.worker.sending_scene import answer_to, at, somebody_asked, state_of

from followthrough.channels.email.writing import Draft, write
from followthrough.ledger.models import Address, FollowUp
from followthrough.ledger.models.outbox import CANCELLED, SENT
from followthrough.ledger.models.reading import COPY
from followthrough.ledger.outbox import places
from followthrough.ledger.outbox.telling import tell
from followthrough.worker.mailbox.evidence import sent_copy
from followthrough.worker.sending.dispatch import AS_EVER, send_all

SOON, LATER = MONDAY + timedelta(minutes=1), MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _servers_may_be_here(settings):
    settings.MAIL_INSIDE = "machine"


@pytest.fixture
def mailbox(mail_world, mia, bob):
    mailbox = connected(mail_world, bob, mail_world.mailbox())
    read(mailbox)
    assert places.held(bob.workspace, at=MONDAY) is None
    return mailbox


@pytest.fixture
def ann(mail_world, workspace, mailbox, bob):
    """Ann at a real address: whoever writes to it finds her mailbox."""
    ann = somebody_asked("Ann", workspace, bob)
    ann.box = mail_world.mailbox("ann", "customer.test")
    Address.objects.filter(party=ann, kind="email").update(
        value=ann.box.address, canonical=ann.box.address
    )
    return ann


def leaves(mailbox, workspace):
    with at(SOON):
        send_all(mailbox, AS_EVER)
        tell(workspace, at=SOON)


def whole(mail_world, box):
    """The mail that lies there, as it came."""
    return mail_world.dovecot.adm("fetch", "-u", box.address, "text", "mailbox", "INBOX", "all")


def test_it_arrives_and_does_what_was_owed(mail_world, workspace, mailbox, ann):
    message = answer_to(ann, mailbox, to=ann.box.address)

    leaves(mailbox, workspace)

    mail_world.wait_for(ann.box, 1)
    assert state_of(message) == SENT
    assert message.message_id in whole(mail_world, ann.box)
    assert "WeWrote" in kinds(ann)
    assert not FollowUp.objects.filter(party=ann, rule="answer_them", settled_at=None).exists()


def test_its_copy_among_the_sent_mail_is_evidence_and_no_news(mail_world, workspace, mailbox, ann):
    message = answer_to(ann, mailbox, to=ann.box.address)
    leaves(mailbox, workspace)
    before = kinds(ann)
    assert not sent_copy(mailbox, message.message_id).found

    mail_world.file(Box(address=mailbox.address, password=""), bytes(message.raw), "Sent")
    read(mailbox, at=LATER)

    assert states(mailbox) == [COPY]
    assert kinds(ann) == before
    assert sent_copy(mailbox, message.message_id).found


def test_a_reply_that_was_read_before_stops_what_waits(mail_world, workspace, mailbox, ann):
    waits = answer_to(ann, mailbox, to=ann.box.address, at=LATER)

    mail_world.send(letter(f"Ann <{ann.box.address}>", mailbox.address), to=mailbox.address)
    mail_world.wait_for(Box(address=mailbox.address, password=""), 1)
    read(mailbox, at=SOON)

    assert state_of(waits) == CANCELLED


def test_an_answer_from_here_stands_in_the_conversation_that_was_read(mail_world, mailbox, bob):
    ann = mail_world.mailbox("ann", "customer.test")
    asks = letter(
        f"Ann <{ann.address}>", mailbox.address, number="q2", References="<q1@letters.test>"
    )
    mail_world.send(asks, to=mailbox.address)
    mail_world.wait_for(Box(address=mailbox.address, password=""), 1)
    read(mailbox, at=SOON)
    party = party_of(ann)
    followup = FollowUp.objects.select_related("matter").get(party=party, settled_at=None)

    draft = Draft(party=party, member=bob, subject="", text="With pleasure.", followup=followup)
    message = write(draft, key="answer", at=LATER)

    head = bytes(message.raw).partition(b"\r\n\r\n")[0].decode()
    assert "In-Reply-To: <q2@letters.test>" in head
    assert "References: <q1@letters.test> <q2@letters.test>" in head
    assert (message.subject, message.recipient) == ("Re: Banners", ann.address)
    assert message.mailbox == mailbox
