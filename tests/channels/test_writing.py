"""What somebody writes finds its way: to whom, from which mailbox, into which conversation."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named

from followthrough.channels.email.writing import CouldNotWrite, Draft, sender_for, write
from followthrough.core.facts import TheyWrote, WePromised
from followthrough.ledger import mail_heads
from followthrough.ledger.forget import forget
from followthrough.ledger.mail_heads import Head
from followthrough.ledger.models import FollowUp, Mailbox, MailHead, Message
from followthrough.ledger.names import hashed
from followthrough.ledger.outbox.then import stored
from followthrough.ledger.record import record

pytestmark = pytest.mark.django_db
THREAD = hashed("question@home.example")


@pytest.fixture
def ann(workspace, mia, bob):
    return party_named("Ann", workspace, owner=bob)


def box(member, name="bob", **more):
    values = {
        "address": f"{name}@banners.example", "username": name, "secret": "", "imap_host": "i",
        "smtp_host": "s", "added_at": MONDAY,
    }  # fmt: skip
    return Mailbox.objects.create(workspace=member.workspace, member=member, **(values | more))


def asked(party, mailbox=None, *, at=MONDAY, thread=THREAD, number="question", subject="A sign?"):
    record(party, TheyWrote(at=at, thread=thread), source=f"mail:{number}", at=at)
    head = Head(
        thread=thread, message_id=f"{number}@home.example", references=("first@home.example",),
        subject=subject, address="ann@home.example", written_at=at,
        mailbox=mailbox.pk if mailbox else None,
    )  # fmt: skip
    mail_heads.note(party.workspace, [(party, head)])
    return FollowUp.objects.filter(party=party, settled_at=None).select_related("matter").first()


def draft(party, member, **more):
    values = {"subject": "Your sign", "text": "With pleasure."}
    return Draft(party=party, member=member, **(values | more))


def mail_of(message):
    return message_from_bytes(bytes(message.raw))


def test_an_answer_stands_in_their_conversation_under_their_subject(ann, bob):
    mailbox = box(bob)
    followup = asked(ann, mailbox)

    message = write(draft(ann, bob, followup=followup), key="k", at=MONDAY + HOUR)

    mail = mail_of(message)
    assert mail["In-Reply-To"] == "<question@home.example>"
    assert mail["References"] == "<first@home.example> <question@home.example>"
    assert mail["Subject"] == message.subject == "Re: A sign?"
    assert (message.thread, message.matter) == (THREAD, followup.matter.key)
    assert message.not_before == MONDAY + HOUR + timedelta(seconds=10)


def test_another_matter_is_another_conversation(ann, bob):
    box(bob)
    asked(ann)

    message = write(draft(ann, bob, matter="deal:7"), key="k", at=MONDAY)

    assert mail_of(message)["In-Reply-To"] is None
    assert message.subject == "Your sign"
    assert message.thread == hashed(message.message_id.strip("<>"))


def test_what_was_written_under_a_key_is_written_once(ann, bob):
    box(bob)

    first = write(draft(ann, bob), key="k", at=MONDAY)
    again = write(draft(ann, bob, text="Once more."), key="k", at=MONDAY + HOUR)

    assert first == again
    assert Message.objects.count() == 1


def test_it_leaves_from_the_mailbox_that_they_wrote_to(ann, bob, mia):
    own, shared = box(bob), box(mia, "info", shared=True)
    assert sender_for(ann, bob) == own

    asked(ann, shared)

    assert sender_for(ann, bob) == shared


def test_nobody_writes_from_a_mailbox_of_somebody_else(ann, bob, mia):
    asked(ann, box(mia, "mia"))

    assert sender_for(ann, bob) is None
    with pytest.raises(CouldNotWrite, match="no mailbox"):
        write(draft(ann, bob), key="k", at=MONDAY)


def test_a_dead_address_is_not_written_to(ann, bob):
    box(bob)
    ann.addresses.filter(kind="email").update(dead_by="hand")

    with pytest.raises(CouldNotWrite, match="no mail address of Ann"):
        write(draft(ann, bob), key="k", at=MONDAY)


def test_only_the_newest_mail_of_a_conversation_is_kept(ann, bob):
    asked(ann, number="second", at=MONDAY + HOUR)
    asked(ann, number="first", at=MONDAY)

    assert [row.message_id for row in MailHead.objects.all()] == ["second@home.example"]


def test_of_many_conversations_the_newest_stay(ann, bob):
    for n in range(20):
        asked(ann, thread=hashed(str(n)), number=str(n), at=MONDAY + n * HOUR)

    kept = set(MailHead.objects.values_list("message_id", flat=True))
    assert kept == {f"{n}@home.example" for n in range(8, 20)}


def test_whoever_is_forgotten_leaves_no_head_behind(ann, bob):
    asked(ann)

    forget(ann, by=bob, at=MONDAY + DAY)

    assert not MailHead.objects.exists()


def test_whoever_is_forgotten_leaves_no_word_in_what_was_sent(ann, bob):
    box(bob)
    asked(ann)
    promise = stored([WePromised(at=MONDAY, due=MONDAY + DAY)], [("Ann's wife Ina gets it", "")])
    message = write(draft(ann, bob, then=promise), key="a", at=MONDAY)
    Message.objects.filter(pk=message.pk).update(
        state="failed", reason="ann@home.example is no address.", said={"address": "ann@x"}
    )

    forget(ann, by=bob, at=MONDAY + DAY)

    message.refresh_from_db()
    assert (message.then, message.said, message.reason) == ([], None, "")
