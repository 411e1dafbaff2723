"""Whoever is forgotten is forgotten in stored mail too."""

import pytest
from tests.ledger.scene import MONDAY

from followthrough.core.saying import says
from followthrough.ledger import mailboxes
from followthrough.ledger.forget import forget
from followthrough.ledger.models import Folder, Mailbox, StoredMail
from followthrough.ledger.parties import Known, find_or_add


@pytest.fixture
def mailbox(bob):
    return mailboxes.connect(
        bob, "a password", at=MONDAY, address="Bob@Banners.test ", username="bob",
        imap_host="imap.banners.test", smtp_host="smtp.banners.test",
    )  # fmt: skip


def unread(mailbox, raw):
    folder, _ = Folder.objects.get_or_create(
        workspace=mailbox.workspace, mailbox=mailbox, name="INBOX", role="inbox"
    )
    return StoredMail.objects.create(
        workspace=mailbox.workspace, mailbox=mailbox, folder=folder, uidvalidity=1,
        uid=StoredMail.objects.count() + 1, stored_at=MONDAY, raw=raw, state="unreadable",
        key=raw.hex(),
    )  # fmt: skip


def test_what_could_not_be_read_and_names_them_goes(mailbox, bob):
    known = Known(name="Ann", emails=("ann@customer.test",))
    ann = find_or_add(bob.workspace, known, owner=bob, at=MONDAY)
    theirs, other = unread(mailbox, b"Ann@Customer.test"), unread(mailbox, b"cara@else.test")

    forget(ann, by=bob, at=MONDAY)

    for row in (theirs, other):
        row.refresh_from_db()
    assert (theirs.raw, theirs.state) == (None, "aside")
    assert bytes(other.raw) == b"cara@else.test"


def test_its_address_is_ours(mailbox, bob):
    assert mailboxes.our_addresses(bob.workspace)["bob@banners.test"] == str(bob.pk)


def test_it_is_connected_once(mailbox, bob):
    with pytest.raises(mailboxes.AlreadyConnected, match="connected already"):
        mailboxes.connect(bob, "x", at=MONDAY, address="bob@banners.test", username="bob")


def test_it_is_brought_back_once_and_not_beside_another(mailbox, bob):
    assert mailboxes.remove(mailbox, at=MONDAY)
    mailboxes.connect(bob, "x", at=MONDAY, address="bob@banners.test", username="bob")

    assert mailboxes.bring_back(mailbox) is False


@pytest.mark.parametrize("state", ["paused", "refused"])
def test_reading_it_says_nothing_of_what_sending_found_wrong(mailbox, state):
    Mailbox.objects.filter(pk=mailbox.pk).update(state=state, problem="Three of them refuse us.")
    reading = mailboxes.to_read(mailbox.workspace).get()

    mailboxes.worked(reading, at=MONDAY)

    mailbox.refresh_from_db()
    assert (mailbox.state, mailbox.problem) == (state, "Three of them refuse us.")


def test_what_reading_found_wrong_is_over_once_it_is_read(mailbox):
    def reading():
        return mailboxes.to_read(mailbox.workspace).get()

    mailboxes.failed(reading(), says("It is shut."), refused=True, at=MONDAY)
    mailbox.refresh_from_db()
    assert (mailbox.state, mailbox.problem) == ("refused", "It is shut.")

    mailboxes.worked(reading(), at=MONDAY)
    mailbox.refresh_from_db()
    assert (mailbox.state, mailbox.problem) == ("works", "")
