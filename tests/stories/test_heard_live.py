"""S24, S32 and S34 with real servers: what leaves from here comes back, and is heard."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, HOUR
from tests.stories.plans import stands, with_plans
from tests.web.desk import hear, kinds, owed_to, text_of
from tests.web.knocking import connected as form_of
from tests.web.knocking import filled
from tests.worker.letters import connected, letter, read
from tests.worker.sending_scene import at, state_of

from followthrough.channels.email.writing import Draft, write
from followthrough.core.facts import QuoteSent
from followthrough.ledger import alarms, at_once, clock
from followthrough.ledger.models import Acknowledgement, Mailbox, Message, Party
from followthrough.ledger.models.outbox import SENT
from followthrough.ledger.outbox import places
from followthrough.ledger.parties import Known, find_or_add
from followthrough.worker.answering import answer_at_once
from followthrough.worker.sending.dispatch import AS_EVER, send_all

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _servers_may_be_here(settings):
    settings.MAIL_INSIDE = "machine"


@pytest.fixture
def now():
    """Real servers write real dates."""
    return clock.now()


@pytest.fixture
def box(mail_world):
    return mail_world.mailbox()


@pytest.fixture
def mailbox(mail_world, workspace, mia, bob, box, now):
    mailbox = connected(mail_world, bob, box, at=now - HOUR)
    read(mailbox, at=now - HOUR)
    Mailbox.objects.filter(pk=mailbox.pk).update(read_at=now)
    assert places.held(workspace, at=now) is None
    return mailbox


def leaves(mailbox, moment):
    with at(moment):
        send_all(Mailbox.objects.get(pk=mailbox.pk), AS_EVER)


def quoted(workspace, bob, address, now):
    """A quote went to them yesterday, and a plan runs."""
    with_plans(workspace)
    known = Known(name="Ann", emails=(address,))
    ann = find_or_add(workspace, known, owner=bob, at=now - 2 * DAY)
    hear(ann, QuoteSent(at=now - DAY, matter="sign"))
    assert stands(ann)[0] == "active"
    return ann


def written(ann, bob, now):
    draft = Draft(party=ann, member=bob, subject="Your sign", text="Does it fit?", matter="sign")
    return write(draft, key="story", at=now - MINUTE)


def whole(mail_world, box):
    return mail_world.dovecot.adm("fetch", "-u", box.address, "text", "mailbox", "INBOX", "all")


def test_s34_form_and_mail_are_one_enquiry_that_is_answered_at_once_and_once(
    mail_world, workspace, bob, box, mailbox, now
):
    anns = mail_world.mailbox("ann", "customer.test")
    at_once.change(mailbox, on=True, words="")
    with clock.at(now):
        filled(form_of("form", bob), email=anns.address, name="Ann Archer")
    answer_at_once(workspace, now)
    leaves(mailbox, now + MINUTE)

    mail = letter(f"Ann <{anns.address}>", box.address, at=now + 4 * MINUTE)
    mail_world.send(mail, to=box.address)
    mail_world.wait_for(box, 1)
    read(mailbox, at=now + 4 * MINUTE)
    answer_at_once(workspace, now + 4 * MINUTE)
    leaves(mailbox, now + 5 * MINUTE)

    [ann] = Party.objects.all()
    mail_world.wait_for(anns, 1)
    assert mail_world.count(anns) == Acknowledgement.objects.count() == 1
    assert "Auto-Submitted: auto-replied" in whole(mail_world, anns)
    assert sorted(kinds(ann)) == ["Acknowledged", "TheyEnquired", "TheyWrote"]
    assert [(row.rule, row.count) for row in owed_to(ann)] == [("answer_them", 1)]


@pytest.mark.parametrize("plus", [None, True])
def test_s24_what_bob_sent_from_here_comes_back_and_reaches_his_day_and_his_bell(
    plus, mail_world, workspace, bob, bobs, box, mailbox, now
):
    """Named by what we called it; where the mailbox keeps such mail, by its own address too."""
    Mailbox.objects.filter(pk=mailbox.pk).update(plus_works=plus)
    ann = quoted(workspace, bob, "ann@gone.test", now)
    message = written(ann, bob, now)
    leaves(mailbox, now)
    assert state_of(message) == SENT

    mail_world.wait_for(box, 1)
    read(mailbox, at=now + MINUTE)

    message.refresh_from_db()
    assert message.bounced_at == now + MINUTE
    assert stands(ann) == ("waiting", "bounced")
    alarms.ring(workspace, at=now + 2 * MINUTE)
    assert "Your mail came back" in [one.what for one in alarms.unseen(bob, at=now + 2 * MINUTE)]
    with clock.at(now + 2 * MINUTE):
        assert "the address does not exist" in text_of(bobs.get(reverse("today")))
    assert ("+b-" in whole(mail_world, box)) is bool(plus)


def test_s32_an_automatic_reply_lets_the_plan_go_on_and_an_answer_from_elsewhere_stops_it(
    mail_world, workspace, bob, bobs, box, mailbox, now
):
    anns = mail_world.mailbox("ann", "customer.test")
    mail_world.away(anns, "I am on holiday.")
    ann = quoted(workspace, bob, anns.address, now)
    message = written(ann, bob, now)
    leaves(mailbox, now)
    mail_world.wait_for(box, 1)

    read(mailbox, at=now + MINUTE)

    assert kinds(ann)[-1] == "AutoReplied"
    assert stands(ann)[0] == "active"

    answer = letter(
        "Ann <ann.private@elsewhere.test>", box.address, "Yes please.", at=now + 2 * MINUTE,
        In_Reply_To=message.message_id,
    )  # fmt: skip
    mail_world.send(answer, to=box.address)
    mail_world.wait_for(box, 2)
    read(mailbox, at=now + 3 * MINUTE)

    assert stands(ann) == ("waiting", "perhaps")
    [row] = [row for row in owed_to(ann) if row.rule == "ask_whether"]
    with clock.at(now + 4 * MINUTE):
        bobs.post(reverse("whether", args=[row.pk]), {"answer": "yes"})
    assert stands(ann) == ("stopped", "replied")
    assert Message.objects.get(pk=message.pk).replied_at == now + 3 * MINUTE
