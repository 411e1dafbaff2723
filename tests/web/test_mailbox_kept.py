"""A mailbox looked after: let send again, not ours, not tried too often; and very many of them."""

import pytest
from django.urls import reverse

from followthrough.ledger import clock, mailboxes
from followthrough.ledger.models import Mailbox, Reading
from followthrough.ledger.models.mailboxes import PLAIN
from tests.ledger.scene import HOUR, MONDAY
from tests.web.desk import text_of

ANN = "ann@customer.test"


@pytest.fixture(autouse=True)
def _on_monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def mailbox(bob):
    return box_of(bob, "bob@banners.test")


def box_of(member, address, **more):
    here = {
        "imap_host": "127.0.0.1", "imap_port": 1, "imap_security": PLAIN,
        "smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_security": PLAIN,
    }  # fmt: skip
    return mailboxes.connect(
        member, "secret", at=MONDAY, address=address, username=address, **here, **more
    )


def take_back(client, page):
    return client.post([one.extra_tags for one in page.context["messages"]][-1].split()[0])


def test_a_paused_one_says_what_is_wrong_and_is_let_send_again(bobs, mailbox):
    problem = "550 5.7.1 You may not write as bob@banners.test"
    Mailbox.objects.update(state="paused", problem=problem, problem_since=MONDAY)
    shown = text_of(bobs.get(reverse("mailbox", args=[mailbox.pk])))

    page = bobs.post(reverse("mailbox_sends", args=[mailbox.pk]), follow=True)
    mailbox.refresh_from_db()
    sends = mailbox.state

    assert "It sends nothing" in shown
    assert problem in shown
    assert "Let it send again" in shown
    assert "It sends again. What waited leaves now." in text_of(page)
    take_back(bobs, page)
    mailbox.refresh_from_db()
    assert (sends, mailbox.state, mailbox.problem) == ("works", "paused", problem)


def test_the_health_page_says_that_it_does_not_send(bobs, mailbox):
    Mailbox.objects.update(state="paused", problem="550 no", problem_since=MONDAY)

    assert "bob@banners.test does not send: first noticed" in text_of(bobs.get(reverse("health")))


def test_addresses_that_are_not_ours_are_put_right_and_back(bobs, mailbox):
    Reading.objects.update(aliases=["ann@customer.test"])
    shown = text_of(bobs.get(reverse("mailbox", args=[mailbox.pk])))

    page = bobs.post(
        reverse("mailbox_not_ours", args=[mailbox.pk]),
        {"address": "ann@customer.test"},
        follow=True,
    )
    gone = Reading.objects.get().aliases
    take_back(bobs, page)

    assert "It also writes as" in shown
    assert "ann@customer.test is somebody else’s from now on." in text_of(page)
    assert (gone, Reading.objects.get().aliases) == ([], ["ann@customer.test"])


@pytest.mark.parametrize("name", ["mailbox_sends", "mailbox_not_ours", "mailbox_sign_in"])
def test_a_stranger_changes_nothing(sids, mailbox, name):
    said = {"address": "ann@customer.test"}

    assert sids.post(reverse(name, args=[mailbox.pk]), said).status_code == 404


def test_it_is_tried_ten_times_and_then_after_a_while(bobs, mias, mailbox, settings):
    settings.MAIL_INSIDE = "machine"
    address = reverse("mailbox_tried", args=[mailbox.pk])
    tries = [text_of(bobs.post(address, follow=True)) for _ in range(11)]
    said = {"address": "b@gmx.de", "password": "x", "provider": "", "months": "6"}

    form = bobs.post(reverse("mailboxes"), said)
    retyped = bobs.post(reverse("mailbox_password", args=[mailbox.pk]), {"password": "x"})

    wait = "That was tried ten times within ten minutes. Please wait a little, then try again."
    assert [wait in page for page in tries] == [False] * 10 + [True]
    assert (form.status_code, retyped.status_code) == (429, 429)
    assert 'value="b@gmx.de"' in form.content.decode()
    assert wait not in text_of(mias.post(address, follow=True))  # whoever else tries may


def test_more_than_are_listened_to_are_looked_into_in_turn_and_that_is_said(bob, mias):
    with clock.at(MONDAY):
        for n in range(mailboxes.LISTENED_TO + 2):
            box_of(bob, f"b{n}@banners.test")

    page = text_of(mias.get(reverse("health")))

    assert "2 mailboxes are looked into in turn" in page


def test_one_that_was_never_read_does_not_stay_green(bobs, mailbox):
    with clock.at(MONDAY + HOUR):
        page = text_of(bobs.get(reverse("health")))

    assert "bob@banners.test has not been read yet" in page
