"""Passwords of mailboxes, which nobody can read in the books."""

import pytest
from django.test import override_settings
from tests.ledger.scene import MONDAY

from followthrough.ledger.credentials import CouldNotUnlock, seal_secret, secret_of
from followthrough.ledger.models import Mailbox

pytestmark = pytest.mark.django_db


def mailbox_of(member, address="bob@shop.example"):
    mailbox = Mailbox(
        workspace=member.workspace, member=member, address=address, username=address,
        imap_host="imap.shop.example", smtp_host="smtp.shop.example", added_at=MONDAY,
    )  # fmt: skip
    seal_secret(mailbox, "correct horse")
    mailbox.save()
    return mailbox


def test_a_password_is_not_in_the_books_and_can_be_used(bob):
    kept = Mailbox.objects.get(pk=mailbox_of(bob).pk)

    assert "correct" not in kept.secret
    assert secret_of(kept) == "correct horse"


def test_the_same_password_is_sealed_differently_each_time(bob):
    assert mailbox_of(bob).secret != mailbox_of(bob, "sales@shop.example").secret


def test_in_another_row_it_opens_nothing(bob):
    stolen = mailbox_of(bob)
    stolen.address = "sid@others.example"

    with pytest.raises(CouldNotUnlock):
        secret_of(stolen)


def test_another_server_s_key_opens_nothing(bob):
    mailbox = mailbox_of(bob)

    other = override_settings(NAME_KEY="another key than the one that sealed it")
    with other, pytest.raises(CouldNotUnlock):
        secret_of(mailbox)
