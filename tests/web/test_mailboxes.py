"""Mailboxes in the settings: connected once both servers said yes, and looked after."""

import pytest
from django.urls import reverse

from followthrough.ledger import clock, mailboxes
from followthrough.ledger.credentials import secret_of
from followthrough.ledger.models import Mailbox, StoredMail
from tests.ledger.scene import MONDAY
from tests.web.desk import text_of
from tests.worker.letters import connected, letter, read, reading_of


@pytest.fixture(autouse=True)
def _on_monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def here(settings):
    settings.MAIL_INSIDE = "machine"


@pytest.fixture
def box(mail_world):
    return mail_world.mailbox()


@pytest.fixture
def mailbox(mail_world, bob, box, here):
    return connected(mail_world, bob, box)


def filled(world, box, **given):
    servers = {
        "imap_host": "localhost", "imap_port": world.dovecot.port, "imap_security": "plain",
        "smtp_host": "localhost", "smtp_port": world.postfix.submission, "smtp_security": "plain",
    }  # fmt: skip
    said = {"address": box.address, "password": box.password, "provider": "other", "months": "6"}
    return said | servers | given


# --- connecting ------------------------------------------------------------------------


def test_a_mailbox_is_connected_once_both_servers_say_yes(mail_world, box, bob, bobs, here):
    page = bobs.post(reverse("mailboxes"), filled(mail_world, box), follow=True)

    made = Mailbox.objects.get()
    assert (made.member, made.address, secret_of(made)) == (bob, box.address, box.password)
    assert (MONDAY.date() - made.read_from).days in (182, 183)
    assert "Connected. It is read from now on." in text_of(page)
    assert box.password not in page.content.decode()


def test_a_wrong_password_is_told_and_nothing_is_lost(mail_world, box, bobs, here):
    page = bobs.post(reverse("mailboxes"), filled(mail_world, box, password="wrong"))

    assert (page.status_code, Mailbox.objects.count()) == (422, 0)
    assert "The server does not accept this password." in text_of(page)
    assert f'value="{box.address}"' in page.content.decode()
    assert 'value="localhost"' in page.content.decode()


def test_where_nobody_finds_the_servers_they_are_asked_for(bobs):
    said = {"address": "bob@house.invalid", "password": "x", "provider": "", "months": "6"}

    page = bobs.post(reverse("mailboxes"), said)

    assert "We could not find its servers." in text_of(page)
    assert 'name="imap_host"' in page.content.decode()
    assert 'value="imap.house.invalid"' in page.content.decode()


def test_the_inside_of_the_house_is_not_for_looking_around(mail_world, box, bobs):
    said = filled(
        mail_world, box, imap_port=993, imap_security="tls", smtp_port=465, smtp_security="tls"
    )

    page = bobs.post(reverse("mailboxes"), said)

    assert "localhost lies inside your own network" in text_of(page)


def test_none_is_connected_twice(mail_world, box, bobs, mailbox):
    page = bobs.post(reverse("mailboxes"), filled(mail_world, box))

    assert "This mailbox is connected already." in text_of(page)


def test_who_manages_may_give_a_shared_one_to_somebody(mail_world, box, mias, bob, here):
    said = filled(mail_world, box, shared="on", whose=bob.pk)

    mias.post(reverse("mailboxes"), said)

    made = Mailbox.objects.get()
    assert (made.member, made.shared) == (bob, True)


def test_a_member_connects_only_their_own(bobs):
    assert 'name="shared"' not in bobs.get(reverse("mailboxes")).content.decode()


# --- looking after -------------------------------------------------------------------------


def test_the_sum_says_where_every_mail_went(mail_world, box, bobs, mailbox):
    for raw in (letter("ann@customer.test", box.address).as_bytes(), b"no mail at all"):
        mail_world.file(box, raw)
    read(mailbox)

    said = text_of(bobs.get(reverse("mailbox", args=[mailbox.pk])))

    assert "2 mails on the server All of them are here." in said
    assert "2 mails stored" in said
    assert "1 from or to people" in said
    assert "1 could not be read" in said


def test_what_could_not_be_read_can_be_had_as_it_came(mail_world, box, bobs, mias, mailbox):
    mail_world.file(box, b"no mail at all")
    read(mailbox)
    address = reverse("unread_mail", args=[mailbox.pk, StoredMail.objects.get().pk])

    had = bobs.get(address)

    assert b"no mail at all" in had.content
    assert "attachment" in had["Content-Disposition"]
    assert mias.get(address).status_code == 404  # it is Bob's own mail


def test_the_test_says_that_it_works(bobs, mailbox):
    page = bobs.post(reverse("mailbox_tried", args=[mailbox.pk]), follow=True)

    assert "It works: it can be read, and it can send." in text_of(page)


def test_a_new_password_is_tried_before_it_is_kept(mail_world, box, bobs, mailbox):
    mail_world.dovecot.lock_out(box.address)
    read(mailbox)
    address = reverse("mailbox_password", args=[mailbox.pk])

    refused = bobs.post(address, {"password": "wrong"})
    mail_world.dovecot.let_in(box.address)
    bobs.post(address, {"password": box.password})

    mailbox.refresh_from_db()
    assert "does not accept this password" in text_of(refused)
    assert (mailbox.state, mailbox.problem) == ("works", "")
    assert mailboxes.claim(reading_of(mailbox), lease="test", at=MONDAY)


def test_what_is_wrong_stands_on_the_list_and_on_the_health_page(mail_world, box, bobs, mailbox):
    mail_world.dovecot.lock_out(box.address)
    read(mailbox)

    pages = [text_of(bobs.get(reverse(name))) for name in ("mailboxes", "health")]

    assert "No access" in pages[0]
    assert f"{box.address} cannot be read" in pages[1]
    assert all("does not accept this password" in page for page in pages)


def test_removed_and_taken_back(bobs, mailbox):
    bobs.post(reverse("mailbox_removed", args=[mailbox.pk]))
    gone = mailboxes.to_read(mailbox.workspace).count()

    bobs.post(reverse("mailbox_back", args=[mailbox.pk]))

    assert (gone, mailboxes.to_read(mailbox.workspace).count()) == (0, 1)


def test_a_shared_one_is_handed_on_by_who_manages(mail_world, box, mia, mias, bob, bobs, here):
    shared = connected(mail_world, bob, box, shared=True)
    address = reverse("mailbox_keeper", args=[shared.pk])

    refused = bobs.post(address, {"whose": bob.pk})
    page = mias.post(address, {"whose": mia.pk}, follow=True)

    shared.refresh_from_db()
    assert (refused.status_code, shared.member) == (403, mia)
    assert "Mia looks after it now." in text_of(page)
    mias.post(reverse("mailbox_keeper_back", args=[shared.pk, bob.pk]))
    shared.refresh_from_db()
    assert shared.member == bob


# --- whose it is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["mailbox", "mailbox_tried", "mailbox_password", "mailbox_removed"]
)
def test_a_stranger_sees_nothing(sids, mailbox, name):
    address = reverse(name, args=[mailbox.pk])

    answer = sids.get(address) if name == "mailbox" else sids.post(address)

    assert answer.status_code == 404
    assert Mailbox.objects.get().removed_at is None


def test_a_colleague_sees_only_what_is_theirs(mail_world, bobs, mia, here):
    private = connected(mail_world, mia, mail_world.mailbox("mia"))

    page = bobs.get(reverse("mailboxes"))

    assert private.address not in text_of(page)
    assert bobs.get(reverse("mailbox", args=[private.pk])).status_code == 404
