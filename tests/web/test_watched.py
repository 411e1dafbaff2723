"""While something of the machine is wrong, one quiet line says so to whom it concerns."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from followthrough.ledger import clock, heartbeats, mailboxes
from followthrough.ledger.models import Fault, Ping
from tests.cast import client_of, member_named
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import text_of

MINUTE = timedelta(minutes=1)
TEN_PAST = MONDAY + 10 * MINUTE


@pytest.fixture
def bobs_box(bob, mia):
    values = {"username": "bob", "imap_host": "imap.test", "smtp_host": "smtp.test"}
    return mailboxes.connect(bob, "sesame", at=MONDAY, address="bob@banners.example", **values)


@pytest.fixture
def unread(bobs_box):
    heartbeats.beat(bobs_box.workspace, "alarms", at=MONDAY + HOUR)
    return Fault.objects.create(
        workspace=bobs_box.workspace, mailbox=bobs_box, key=f"unread:{bobs_box.pk}",
        what="Nothing was read from bob@banners.example", since=TEN_PAST,
    )  # fmt: skip


def look(client, at=MONDAY + HOUR, there="/"):
    with clock.at(at):
        return client.get(there)


def test_its_owner_and_the_administrators_see_it_on_each_page(unread, bobs, mias):
    said = "Nothing was read from bob@banners.example since 10:10 · what to do"

    for client in (bobs, mias):
        for there in ("/", "/people/", reverse("profile")):
            assert said in text_of(look(client, there=there))


def test_nobody_else_does(unread, sids, workspace):
    zoes = client_of(member_named("Zoe", workspace))

    for client in (zoes, sids):
        assert "Nothing was read" not in text_of(look(client))


def test_several_are_one_line(unread, mias, bobs):
    Fault.objects.create(
        workspace=unread.workspace, key="loop:audit", since=TEN_PAST + MINUTE,
        what="A part of the machine stands still: audit",
    )  # fmt: skip

    assert "since 10:10, and 1 more · what to do" in text_of(look(mias))
    assert "and 1 more" not in text_of(look(bobs))


def test_a_part_has_the_name_by_which_people_know_it(unread, mias):
    Fault.objects.update(key="fails:reminders", what="A part of the machine fails: reminders")

    said = text_of(look(mias))

    assert "A part of the machine fails: the reminders by mail since 10:10" in said


def test_what_began_days_ago_says_when(unread, bobs):
    later = MONDAY + 3 * DAY
    heartbeats.beat(unread.workspace, "alarms", at=later)

    assert "since Mon 2 Mar, 10:10" in text_of(look(bobs, later))


def test_where_the_worker_sleeps_everybody_is_told(bobs_box, bobs):
    heartbeats.beat(bobs_box.workspace, "alarms", at=MONDAY)

    assert "stands still" not in text_of(look(bobs, MONDAY + 14 * MINUTE))
    said = text_of(look(bobs, MONDAY + 16 * MINUTE))
    assert "No bell rings and no mail is read: the machine stands still since 10:00" in said


def test_it_costs_one_question_while_something_is_wrong_and_none_while_all_is_well(unread, bobs):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            look(bobs, there="/library/")
        return len(seen)

    asked()
    wrong = asked()
    Fault.objects.update(over_at=MONDAY)

    assert wrong - asked() == 1


def test_the_health_page_says_it_with_what_to_do_and_when_each_part_worked(unread, bobs):
    said = text_of(look(bobs, there=reverse("health")))

    assert "since 10:10 Open it under Settings, Mailboxes, and press Test." in said
    assert "bob@banners.example, sent from" in said
    assert "what to do" not in said


# --- the address outside --------------------------------------------------------------------


def name(client, address="https://hc.example.org/ping/k", minutes=5):
    with clock.at(MONDAY):
        said = {"address": address, "minutes": minutes}
        return client.post(reverse("outside"), said, follow=True)


def test_an_administrator_names_the_address_outside_and_takes_it_back(mia, mias):
    page = name(mias)
    assert "It is about to be called." in text_of(page)

    [message] = page.context["messages"]
    mias.post(message.extra_tags.split()[0])

    assert Ping.objects.get().address == ""


@pytest.mark.parametrize(
    "address",
    ["http://hc.example.org/", "ftp://x", "hc.example.org", "https://", "https://a:b@c.example/",
     "https://a.example:99999/", "https://[::1", "https://a b.example/", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_address_stays_as_typed_and_says_what_to_write(mias, address):
    page = name(mias, address)

    assert page.status_code == 422
    assert "Write it as https://hc.example.org/ping/your-key." in text_of(page)
    assert not Ping.objects.exists()


def test_what_it_answered_is_shown(mias, mia):
    name(mias)
    Ping.objects.update(problem="404 no such key", tried_at=MONDAY)

    assert "It could not be called: 404 no such key" in text_of(look(mias, there="/health/"))


def test_only_administrators_name_it(bobs, mia):
    assert name(bobs).status_code == 403
    assert "Should this machine fall silent" not in text_of(look(bobs, there="/health/"))


# --- the test mail ------------------------------------------------------------------------------


def test_a_mailbox_writes_to_itself_or_not_as_its_owner_says(bobs_box, bobs, sids):
    there = reverse("mailbox", args=[bobs_box.pk])
    switch = reverse("mailbox_itself", args=[bobs_box.pk])
    assert "Send one each day" in text_of(bobs.get(there))

    page = bobs.post(switch, {"on": "yes"}, follow=True)
    assert "Send none any more" in text_of(page)

    [message] = page.context["messages"]
    bobs.post(message.extra_tags.split()[0])
    bobs_box.refresh_from_db()
    assert bobs_box.canary is None
    assert sids.post(switch, {"on": "yes"}).status_code == 404


def test_what_it_taught_stands_there(bobs_box, bobs):
    bobs_box.plus_works, bobs_box.keeps_copies = False, True
    bobs_box.save()

    said = text_of(bobs.get(reverse("mailbox", args=[bobs_box.pk])))

    assert "with a plus does not arrive" in said
    assert "files what we send among the sent mail" in said
