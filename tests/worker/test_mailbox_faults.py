"""What may go wrong while a mailbox is read: nothing is lost, nothing comes twice."""

import os
import signal
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError
from tests.ledger.scene import HOUR, MONDAY
from tests.servers.world import eventually
from tests.worker.letters import connected, letter, ponder, read, reading_of

from followthrough.inlets.servers.postbox import Letter
from followthrough.inlets.servers.trouble import Trouble, in_plain_words
from followthrough.ledger import clock, mailboxes
from followthrough.ledger.models import (
    Fact,
    Folder,
    FollowUp,
    Mailbox,
    MailSum,
    StoredMail,
)
from followthrough.worker.mailbox.counting import sum_up
from followthrough.worker.mailbox.looking import look_around, opened
from followthrough.worker.mailbox.storing import LostTheLease, Portion, store
from followthrough.worker.mailbox.thinking import think
from followthrough.worker.mailbox.watching import Watchers

MINUTE = timedelta(minutes=1)
RAW = letter("ann@customer.test", "bob@banners.test").as_bytes()


@pytest.fixture(autouse=True)
def _servers_may_be_here(settings):
    settings.MAIL_INSIDE = "machine"


@pytest.fixture
def box(mail_world):
    return mail_world.mailbox()


@pytest.fixture
def mailbox(mail_world, bob, box):
    found = connected(mail_world, bob, box)
    read(found)
    return found


def claimed(mailbox):
    reading = reading_of(mailbox)
    assert mailboxes.claim(reading, lease="ours", at=MONDAY, hinted=True)
    return reading


def portion(*uids):
    letters = [Letter(uid=uid, size=len(RAW), arrived=MONDAY) for uid in uids]
    return Portion(letters=letters, wholes=dict.fromkeys(uids, RAW), next_uid=uids[-1] + 1)


# --- storing ---------------------------------------------------------------------------


def test_the_cursor_never_passes_what_is_not_stored(mailbox):
    reading, folder = claimed(mailbox), Folder.objects.get(name="INBOX")

    with pytest.raises(IntegrityError):
        store(reading, folder, portion(7, 7), at=MONDAY)

    assert (Folder.objects.get(name="INBOX").next_uid, StoredMail.objects.count()) == (1, 0)


def test_who_lost_the_lease_writes_nothing(mailbox):
    reading, folder = claimed(mailbox), Folder.objects.get(name="INBOX")
    assert mailboxes.claim(reading_of(mailbox), lease="theirs", at=MONDAY + HOUR, hinted=True)

    with pytest.raises(LostTheLease):
        store(reading, folder, portion(7), at=MONDAY + HOUR)

    assert (Folder.objects.get(name="INBOX").next_uid, StoredMail.objects.count()) == (1, 0)


def test_what_was_stored_before_a_crash_is_no_news_after_it(mailbox):
    reading, folder = claimed(mailbox), Folder.objects.get(name="INBOX")
    store(reading, folder, portion(7), at=MONDAY)
    folder.next_uid = 1

    assert store(reading, folder, portion(7), at=MONDAY) == 0


def test_what_was_stored_and_not_thought_about_is_thought_about_later(mailbox, bob):
    store(claimed(mailbox), Folder.objects.get(name="INBOX"), portion(7), at=MONDAY)

    ponder(mailbox, at=MONDAY + HOUR)

    assert [row.rule for row in FollowUp.objects.filter(settled_at=None)] == ["answer_them"]


# --- counting ----------------------------------------------------------------------------


def test_what_is_missing_is_found_within_the_hour(mail_world, box, mailbox):
    mail_world.file(box, RAW)
    read(mailbox, at=MONDAY + MINUTE)
    StoredMail.objects.get().traces.all().delete()
    StoredMail.objects.all().delete()

    early = read(mailbox, at=MONDAY + 30 * MINUTE)
    later = read(mailbox, at=MONDAY + 62 * MINUTE)

    assert (early, later) == (0, 1)
    assert Fact.objects.count() == 1  # it had told already


def test_the_sum_of_the_day_adds_up(mail_world, box, mailbox, bob):
    for raw in (RAW, b"no mail", letter("newsletter@shop.test", box.address).as_bytes()):
        mail_world.file(box, raw)
    mail_world.file(box, RAW, "Junk")
    read(mailbox, at=MONDAY + 61 * MINUTE)

    sum_up(bob.workspace, at=MONDAY + 61 * MINUTE)

    found = MailSum.objects.get()
    parts = found.read + found.aside + found.copies + found.waiting + found.unreadable
    assert (found.on_server, found.stored, parts, found.missing) == (4, 4, 4, 0)
    assert (found.read, found.copies, found.unreadable) == (1, 1, 1)


# --- connections -------------------------------------------------------------------------


def test_a_good_bye_while_listening_is_a_dead_connection(mail_world, box, mailbox):
    reading = claimed(mailbox)
    with opened(mailbox) as server:
        look_around(reading, server, at=MONDAY)
        server.open("INBOX")
        with pytest.raises(Trouble, match="hung up"):
            _listen_until_kicked(mail_world, box, mailbox, server)

    mail_world.file(box, RAW)
    assert read(mailbox, at=MONDAY + 2 * HOUR) == 1


def _listen_until_kicked(world, box, mailbox, server):
    """More than once, where the server has not yet taken note of who is there."""
    with in_plain_words(mailbox.imap_host, mailbox.imap_port):
        for _ in range(10):
            threading.Timer(0.3, world.dovecot.kick, [box.address]).start()
            server.wait(2)


def test_a_server_that_freezes_is_given_up_and_asked_again(mail_world, box, mailbox):
    with pytest.raises(Trouble, match="did not answer in time"):
        _look_while_frozen(mail_world, box, mailbox)

    mail_world.file(box, RAW)
    assert read(mailbox, at=MONDAY + MINUTE) == 1


def _look_while_frozen(world, box, mailbox):
    with opened(mailbox, seconds=1) as server:
        frozen = _its_process(world, box)
        os.kill(frozen, signal.SIGSTOP)
        try:
            server.open("INBOX")
        finally:
            os.kill(frozen, signal.SIGCONT)


def _its_process(world, box):
    [line] = [row for row in world.dovecot.adm("who", "-1").splitlines() if box.address in row]
    return int(line.split()[2])


def test_the_server_says_when_something_comes(mail_world, box, mailbox):
    with opened(mailbox) as server:
        server.open("INBOX")
        threading.Timer(0.3, mail_world.file, [box, RAW]).start()

        assert server.wait(10)


def test_a_server_that_starts_again_is_read_on(mail_world, box, mailbox):
    mail_world.file(box, RAW)
    mail_world.dovecot.restart()

    assert read(mailbox, at=MONDAY + MINUTE) == 1


@pytest.mark.django_db(transaction=True)
def test_as_a_thread_it_reads_by_itself_and_ends_when_it_is_told(mail_world, bob, box):
    connected(mail_world, bob, box, at=clock.now())
    watchers = Watchers()
    watchers.see_to(bob.workspace)
    try:
        eventually(lambda: Folder.objects.exclude(caught_up_at=None).count() == 3, 20)
        mail_world.send(letter("ann@customer.test", box.address, at=clock.now()))
        eventually(lambda: think(bob.workspace, at=clock.now()), 20)
        mail_world.dovecot.kick(box.address)
        mail_world.send(letter("cara@customer.test", box.address, at=clock.now()))
        eventually(lambda: think(bob.workspace, at=clock.now()), 20)
    finally:
        watchers.stop()
        mail_world.dovecot.kick(box.address)
        for thread in watchers.threads.values():
            thread.join(20)

    owed = FollowUp.objects.filter(settled_at=None)
    assert [row.rule for row in owed] == ["answer_them", "answer_them"]
    assert Mailbox.objects.get().problem == ""
    assert not any(thread.is_alive() for thread in watchers.threads.values())
