"""S24, sent from here: the server refuses the address, and Bob knows it before his coffee."""

from datetime import timedelta

import pytest
from tests.ledger.scene import MONDAY
from tests.servers.smtp import Server
from tests.worker.sending_scene import answer_to, at, mailbox_at, somebody_asked, way

from followthrough.ledger.alarms import ring, unseen
from followthrough.ledger.models import Alarm, FollowUp
from followthrough.worker.sending.dispatch import send_all

pytestmark = pytest.mark.django_db


def test_s24_a_mail_that_is_refused_is_the_next_thing_that_bob_hears_of(workspace, mia, bob):
    ann = somebody_asked("Ann", workspace, bob)
    quarter_past = MONDAY + timedelta(minutes=15)
    with Server(says={"rcpt": "550 5.1.1 no such user"}) as server:
        mailbox = mailbox_at(server, bob)
        message = answer_to(ann, mailbox)

        with at(MONDAY + timedelta(minutes=4)):
            send_all(mailbox, way())

    ring(workspace, at=quarter_past)
    [bell] = unseen(bob, at=quarter_past).filter(what="Your mail came back")
    duty = FollowUp.objects.get(party=ann, settled_at=None)
    message.refresh_from_db()
    assert (bell.followup, bell.told_at) == (duty, quarter_past)
    assert (duty.rule, duty.how, duty.member) == ("mend_the_bounce", "call", bob)
    assert message.answer == "550 5.1.1 no such user"
    assert Alarm.objects.filter(followup=duty).count() == 1
