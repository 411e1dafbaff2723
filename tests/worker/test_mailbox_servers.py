"""What mail servers do: they number anew, refuse, vanish, and hand over what nobody can read."""

from datetime import timedelta

import pytest
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import kinds, owed_to
from tests.worker.letters import arrives, connected, letter, party_of, read, reading_of, states

from followthrough.ledger import clock, mailboxes
from followthrough.ledger.models import (
    Alarm,
    Folder,
    Mailbox,
    MailTrace,
    StoredMail,
)
from followthrough.worker.mailbox.watching import Watchers

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _servers_may_be_here(settings):
    settings.MAIL_INSIDE = "machine"


@pytest.fixture
def box(mail_world):
    return mail_world.mailbox()


@pytest.fixture
def ann(mail_world):
    return mail_world.mailbox("ann", "customer.test")


# --- what servers do ---------------------------------------------------------------------


def test_a_server_that_numbers_anew_brings_nothing_twice(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    arrives(mail_world, box, letter(ann.address, box.address, number="q1"), 1)
    read(mailbox, at=MONDAY + MINUTE)

    mail_world.dovecot.number_anew(box.address, "INBOX", 77_777)
    arrives(mail_world, box, letter(ann.address, box.address, "And?", number="q2"), 2)
    read(mailbox, at=MONDAY + 2 * MINUTE)

    assert Folder.objects.get(name="INBOX").uidvalidity == 77_777
    assert sorted(states(mailbox)) == ["copy", "read", "read"]
    assert kinds(party_of(ann)) == ["TheyWrote", "TheyWrote"]


def test_a_mail_that_was_moved_is_no_news(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    arrives(mail_world, box, letter(ann.address, box.address, number="q1"), 1)
    read(mailbox, at=MONDAY + MINUTE)

    mail_world.dovecot.move(box.address, "INBOX", "Junk")
    read(mailbox, at=MONDAY + 2 * MINUTE)

    assert states(mailbox) == ["read", "copy"]
    assert kinds(party_of(ann)) == ["TheyWrote"]


def test_a_wrong_password_is_told_once_and_tried_once_an_hour(mail_world, mia, bob, box):
    mailbox = connected(mail_world, bob, box)
    mail_world.dovecot.lock_out(box.address)

    read(mailbox)
    again = mailboxes.claim(reading_of(mailbox), lease="test", at=MONDAY + 59 * MINUTE)
    read(mailbox, at=MONDAY + HOUR)

    assert (mailbox.state, again) == ("refused", False)
    assert "does not accept this password" in mailbox.problem
    told = Alarm.objects.values_list("member__name", "what")
    said = f"{box.address} does not let us in any more"
    assert sorted(told) == [("Bob", said), ("Mia", said)]


def test_it_comes_back_by_itself(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    mail_world.dovecot.lock_out(box.address)
    read(mailbox)

    mail_world.dovecot.let_in(box.address)
    arrives(mail_world, box, letter(ann.address, box.address), 1)
    read(mailbox, at=MONDAY + HOUR)

    assert (mailbox.state, mailbox.problem, states(mailbox)) == ("works", "", ["read"])


def test_a_server_that_is_gone_for_an_hour_is_told_of_and_nothing_is_lost(
    mail_world, bob, box, ann
):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    port, mailbox.imap_port = mailbox.imap_port, 1
    mailbox.save(update_fields=["imap_port"])
    arrives(mail_world, box, letter(ann.address, box.address), 1)

    read(mailbox, at=MONDAY + MINUTE)
    early = Alarm.objects.count()
    read(mailbox, at=MONDAY + 62 * MINUTE)

    assert (early, Alarm.objects.get().what) == (
        0, f"{box.address} could not be read for an hour",
    )  # fmt: skip
    mailbox.imap_port = port
    mailbox.save(update_fields=["imap_port"])
    read(mailbox, at=MONDAY + 90 * MINUTE)
    assert (mailbox.problem, states(mailbox)) == ("", ["read"])


# --- what cannot be read ---------------------------------------------------------------------


def test_a_mail_that_cannot_be_read_is_kept_and_stops_no_other(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    mail_world.file(box, b"this is no mail at all")
    mail_world.file(box, letter(ann.address, box.address).as_bytes())

    read(mailbox, at=MONDAY + MINUTE)

    assert states(mailbox) == ["unreadable", "read"]
    kept = StoredMail.objects.get(state="unreadable")
    assert b"no mail at all" in bytes(kept.raw)
    assert kept.reason


def test_of_a_very_large_mail_the_words_are_read(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    mail = letter(ann.address, box.address)
    mail.add_attachment(b"\0" * (38 << 20), maintype="image", subtype="tiff", filename="a.tiff")
    mail_world.file(box, mail.as_bytes())

    read(mailbox, at=MONDAY + MINUTE)

    [row] = StoredMail.objects.all()
    assert row.size > 50_000_000
    assert [owed.rule for owed in owed_to(party_of(ann))] == ["answer_them"]


# --- who else reads ------------------------------------------------------------------------------


def test_of_two_workers_one_reads(mail_world, bob, box):
    reading = reading_of(connected(mail_world, bob, box))

    assert mailboxes.claim(reading, lease="one", at=MONDAY)
    assert not mailboxes.claim(reading, lease="other", at=MONDAY + MINUTE)
    assert mailboxes.claim(reading, lease="other", at=MONDAY + 6 * MINUTE)


def test_where_there_are_very_many_each_is_looked_into_in_turn(mail_world, bob, mia, box, ann):
    boxes = [connected(mail_world, bob, box), connected(mail_world, mia, mail_world.mailbox("mia"))]
    mail_world.file(box, letter(ann.address, box.address).as_bytes())
    watchers = Watchers()
    watchers.others = {bob.workspace_id: [reading_of(one).pk for one in boxes]}

    with clock.at(MONDAY):
        looked = [watchers.look_into_next("one who goes round") for _ in range(3)]

    assert looked == [True, True, False]
    assert [Mailbox.objects.get(pk=one.pk).read_at for one in boxes] == [MONDAY, MONDAY]
    assert states(boxes[0]) == ["waiting"]


def test_a_mail_to_two_of_our_mailboxes_is_one_line(mail_world, bob, mia, box, ann):
    other = mail_world.mailbox("mia")
    boxes = [connected(mail_world, bob, box), connected(mail_world, mia, other)]
    for one in boxes:
        read(one)
    mail = letter(ann.address, f"{box.address}, {other.address}", number="q1")
    for one in (box, other):
        arrives(mail_world, one, mail, 1)

    for one in boxes:
        read(one, at=MONDAY + MINUTE)

    assert kinds(party_of(ann)) == ["TheyWrote"]
    assert [states(one) for one in boxes] == [["read"], ["copy"]]


def test_traces_tell_nothing(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    mail_world.file(box, letter(box.address, ann.address, "Here.", number="a1").as_bytes(), "Sent")

    read(mailbox)

    assert [len(trace.value) for trace in MailTrace.objects.all()] == [32]
