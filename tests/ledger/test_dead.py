"""An address that mail came back from is not offered any more; undoing the bounce revives it."""

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import enquired, first_owed, text_of, undo_of
from tests.worker.bringing_in import bring_in, letter, mbox, take_in

from followthrough.ledger import clock, taking_back
from followthrough.ledger.models import Address, FollowUp, Party

REPORT = (
    b"From: MAILER-DAEMON@mx.test\nTo: bob@banners.example\nSubject: Undelivered Mail\n"
    b"Message-ID: <dsn@mx.test>\nDate: Thu, 01 Jan 2026 10:04:00 +0000\n\n"
    b"<ann@customer.test>: 550 5.1.1 RCPT TO: user unknown\n\nMessage-ID: <7@mail.test>\n"
)
OURS = ("bob@banners.example",)


def sent():
    return letter(OURS[0], "Ann <ann@customer.test>", "90 pounds.", number=7)


def came_back(bob):
    return bring_in(bob, mbox(sent(), REPORT), ours=OURS)


def page_of(bob, party):
    with clock.at(MONDAY):
        return client_of(bob).get(reverse("person", args=[party.pk]))


def test_nobody_is_told_to_write_where_mail_came_back(bob):
    came_back(bob)

    page = page_of(bob, Party.objects.get())

    assert Address.objects.get().dead_by.split(".")[1:] == ["Bounced", "0"]
    assert FollowUp.objects.get(settled_at=None).how == "find"
    assert "mail to it came back" in text_of(page)
    assert "mailto:" not in page.content.decode()


def test_whom_we_wrote_to_before_loses_it_too(bob):
    bring_in(bob, mbox(sent()), ours=OURS)
    assert FollowUp.objects.get(settled_at=None).how != "find"

    bring_in(bob, mbox(sent(), REPORT), name="again", ours=OURS)

    assert FollowUp.objects.get(settled_at=None).how == "find"


def test_they_write_from_it_and_it_works_again(bob):
    came_back(bob)
    answer = letter("ann@customer.test", OURS[0], "My box was full.", day=3, number=8)

    bring_in(bob, mbox(sent(), answer), name="again", ours=OURS)

    assert Address.objects.get().dead_by == ""
    assert FollowUp.objects.get(settled_at=None).how == "email"


def test_an_older_mail_of_theirs_proves_nothing(bob):
    came_back(bob)
    older = letter("ann@customer.test", OURS[0], day=1, number=8)
    older = older.replace(b"01 Jan 2026", b"20 Dec 2025").replace(b"Thu, ", b"Sat, ")

    bring_in(bob, mbox(sent(), older), name="again", ours=OURS)

    assert Address.objects.get().dead_by


def test_the_import_taken_back_revives_it(bob, mia):
    bring_in(bob, mbox(sent()), ours=OURS)
    with_report = bring_in(bob, mbox(sent(), REPORT), name="again", ours=OURS)
    assert Address.objects.get().dead_by

    assert taking_back.take_back(with_report, at=MONDAY + DAY)
    with_report.refresh_from_db()
    take_in(with_report, at=MONDAY + DAY)

    assert Address.objects.get().dead_by == ""


@pytest.mark.parametrize("press", ["address", "undo"])
def test_by_hand_it_works_no_more_and_again(ann, bob, press):
    client, mail = client_of(bob), Address.objects.get(party=ann, kind="email")
    enquired(ann)
    Address.objects.filter(party=ann, kind="phone").delete()
    with clock.at(MONDAY):
        page = client.post(reverse("address", args=[mail.pk]), follow=True)
        assert first_owed(ann).how == "find"

        back = undo_of(page) if press == "undo" else reverse("address", args=[mail.pk])
        client.post(back)

    assert first_owed(ann).how == "email"
