"""Who stands on the list, who is asked about first, and when a mailbox ends."""

from datetime import timedelta

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import owed_to
from tests.worker.bringing_in import take_in
from tests.worker.letters import connected, letter, ponder, read, reading_of, states

from followthrough.ledger import mailboxes, proposals
from followthrough.ledger.models import (
    FollowUp,
    Intake,
    Party,
    StoredMail,
)
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.taking_back import take_back
from followthrough.worker.mailbox.looking import look_safely
from followthrough.worker.mailbox.thinking import think

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
    mail_world.file(box, RAW)
    reading = reading_of(mailbox)
    assert mailboxes.claim(reading, lease="ours", at=MONDAY, hinted=True)
    look_safely(reading, at=MONDAY)
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
    for n in range(45):
        mail_world.file(box, letter(f"ann{n}@customer.test", box.address).as_bytes())
    half = connected(mail_world, bob, box)
    look_safely(reading_of(half), at=MONDAY)
    think(bob.workspace, at=MONDAY)
    mailboxes.remove(half, at=MONDAY)

    ponder(half, at=MONDAY + MINUTE)

    assert Intake.objects.get().phase == "done"
    assert proposals.to_decide(bob).count() == 40


def test_a_customer_s_mail_among_the_sent_mail_makes_them_none_of_us(mail_world, bob, box, mailbox):
    ann = mail_world.mailbox("ann", "customer.test")
    mail_world.send(letter(f"Ann <{ann.address}>", box.address), to=box.address)
    mail_world.wait_for(box, 1)
    read(mailbox, at=MONDAY + MINUTE)

    moved = letter(f"Ann <{ann.address}>", box.address, "An older one.", subject="Moved")
    mail_world.file(box, moved.as_bytes(), "Sent")
    read(mailbox, at=MONDAY + HOUR)

    assert reading_of(mailbox).aliases == []
    assert ann.address not in mailboxes.our_addresses(bob.workspace)
