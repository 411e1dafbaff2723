"""What may go wrong while a mailbox is read: nothing is lost, nothing comes twice."""

import os
import signal
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.servers.world import eventually
from tests.web.desk import owed_to
from tests.worker.bringing_in import take_in
from tests.worker.letters import connected, letter, ponder, read, reading_of, states

from followthrough.inlets.servers.postbox import Letter
from followthrough.inlets.servers.trouble import Trouble
from followthrough.ledger import clock, mailboxes, proposals
from followthrough.ledger.models import (
    Fact,
    Folder,
    FollowUp,
    Intake,
    Mailbox,
    MailSum,
    Party,
    StoredMail,
)
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.taking_back import take_back
from followthrough.worker.mailbox.counting import sum_up
from followthrough.worker.mailbox.looking import look_around, look_safely, opened
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
        threading.Timer(0.3, mail_world.dovecot.kick, [box.address]).start()
        with pytest.raises(Trouble, match="hung up"):
            _listened(mailbox, server)

    mail_world.file(box, RAW)
    assert read(mailbox, at=MONDAY + 2 * HOUR) == 1


def _listened(mailbox, server):
    from followthrough.inlets.servers.trouble import in_plain_words  # noqa: PLC0415

    with in_plain_words(mailbox.imap_host, mailbox.imap_port):
        server.wait(10)


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


# --- whom it concerns ------------------------------------------------------------------------


def test_a_stranger_who_seems_to_want_nothing_is_asked_about_first(mail_world, box, mailbox, bob):
    text = "We are a leading SEO agency and can bring your website to the top of Google."
    mail_world.file(box, letter("sid@offers.test", box.address, text).as_bytes())
    read(mailbox, at=MONDAY + MINUTE)

    [row] = FollowUp.objects.filter(settled_at=None)
    assert row.show_at.year == 9999
    assert row.proposals.get().ticked is False


def test_somebody_we_know_stands_on_the_list_whatever_they_write(mail_world, box, mailbox, bob):
    known = Known(name="Ann", emails=("ann@customer.test",))
    ann = find_or_add(bob.workspace, known, owner=bob, at=MONDAY - DAY)
    mail_world.file(box, letter("ann@customer.test", box.address, "Thank you!").as_bytes())
    read(mailbox, at=MONDAY + MINUTE)

    assert [row.show_at.year for row in owed_to(ann)] == [2026]


def test_what_was_moved_here_from_long_ago_waits_for_a_yes(mail_world, box, mailbox):
    old = letter("ann@customer.test", box.address, at=MONDAY - 60 * DAY)
    mail_world.file(box, old.as_bytes())
    read(mailbox, at=MONDAY + MINUTE)

    [row] = FollowUp.objects.filter(settled_at=None)
    assert (row.show_at.year, row.proposals.get().kind) == (9999, "asked")


def test_a_removed_mailbox_is_read_no_more_and_keeps_nothing(mail_world, box, mailbox, bob):
    store(claimed(mailbox), Folder.objects.get(name="INBOX"), portion(7), at=MONDAY)
    mailboxes.remove(mailbox, at=MONDAY)

    mailboxes.let_go(bob.workspace, at=MONDAY + 2 * DAY)

    mailbox.refresh_from_db()
    assert (mailbox.secret, states(mailbox), StoredMail.objects.get().raw) == ("", ["aside"], None)
    assert not mailboxes.bring_back(mailbox)
    assert Party.objects.count() == 0


def test_who_leaves_takes_the_own_mailbox_along_and_a_shared_one_goes_on(mail_world, mailbox, bob):
    shared = connected(mail_world, bob, mail_world.mailbox("info"), shared=True)
    bob.active = False
    bob.save(update_fields=["active"])

    assert [one.mailbox for one in mailboxes.to_read(bob.workspace)] == [shared]


def test_what_lay_there_can_be_taken_back(mail_world, bob, box):
    mail_world.file(box, RAW)
    read(connected(mail_world, bob, box))
    intake, people = Intake.objects.get(), Party.objects.count()

    take_back(intake, at=MONDAY + HOUR)
    intake.refresh_from_db()
    take_in(intake, at=MONDAY + HOUR)

    assert (people, Party.objects.count(), intake.phase) == (1, 0, "undone")


def test_one_that_is_removed_half_way_leaves_nothing_open(mail_world, bob, box):
    for n in range(30):
        mail_world.file(box, letter(f"ann{n}@customer.test", box.address).as_bytes())
    half = connected(mail_world, bob, box)
    look_safely(reading_of(half), at=MONDAY)
    think(bob.workspace, at=MONDAY)
    mailboxes.remove(half, at=MONDAY)

    ponder(half, at=MONDAY + MINUTE)

    assert Intake.objects.get().phase == "done"
    assert proposals.to_decide(bob).count() == 25
