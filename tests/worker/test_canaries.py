"""A mailbox writes to itself: that proves both ways, and tells nobody's timeline anything."""

from datetime import timedelta

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.servers.world import Box
from tests.worker.letters import connected, read, states

from followthrough.ledger import canaries, clock, heartbeats, watching
from followthrough.ledger.models import (
    Alarm,
    Canary,
    Fact,
    Fault,
    Mailbox,
    Message,
    Party,
    StoredMail,
)
from followthrough.ledger.models.outbox import FAILED, QUEUED, SENT
from followthrough.ledger.models.reading import ASIDE
from followthrough.ledger.outbox import places
from followthrough.ledger.outbox.telling import tell
from followthrough.worker.canaries import fly
from followthrough.worker.sending.dispatch import send_all

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _servers_may_be_here(settings):
    settings.MAIL_INSIDE = "machine"


@pytest.fixture
def office(bob, mia):
    """The team's mailbox: it is read just now, and all that lay there is known."""
    box = Mailbox.objects.create(
        workspace=bob.workspace, member=bob, shared=True, address="office@banners.example",
        username="o", secret="", imap_host="imap.test", smtp_host="smtp.test", added_at=MONDAY,
        read_at=MONDAY,
    )  # fmt: skip
    box.readings.create(workspace=bob.workspace, caught_up_at=MONDAY)
    return box


def sent_to_itself(box):
    return list(Message.objects.filter(mailbox=box, party=None).order_by("pk"))


def left(box, at):
    """The server took all that was queued."""
    Message.objects.filter(mailbox=box).update(state=SENT, ended_at=at, evidence="answer")


def looks(box, start, end):
    """The loop looks around while the mailbox is read."""
    for n in range(int((end - start) / (4 * MINUTE)) + 1):
        at = start + n * 4 * MINUTE
        Mailbox.objects.filter(pk=box.pk).update(read_at=at)
        heartbeats.beat(box.workspace, "alarms", at=at)
        watching.look(box.workspace, at=at)
        canaries.settle(box.workspace, at=at)


# --- end to end, by real servers --------------------------------------------------------------


def test_it_leaves_arrives_and_shows_what_the_mailbox_can(mail_world, bob, mia):
    now = clock.now()
    box = connected(mail_world, bob, mail_world.mailbox(), shared=True, at=now)
    read(box, at=now)
    assert places.held(bob.workspace, at=now) is None

    assert fly(bob.workspace, now) == "2 sent to themselves"
    send_all(box)
    mail_world.wait_for(Box(address=box.address, password=""), 2)
    read(box, at=now + MINUTE)
    tell(bob.workspace, at=now + MINUTE)

    assert Canary.objects.filter(came_at=now + MINUTE).count() == 2
    assert Mailbox.objects.get().plus_works is True
    assert states(box) == [ASIDE, ASIDE]
    assert (Party.objects.count(), Fact.objects.count()) == (0, 0)
    assert StoredMail.objects.filter(raw__isnull=False).count() == 0


# --- when it flies -------------------------------------------------------------------------------


def test_once_a_day_where_the_team_shares_it(office):
    for hours in (0, 1, 23, 24, 25):
        at = MONDAY + hours * HOUR
        Mailbox.objects.update(read_at=at, plus_works=True)
        fly(office.workspace, at)

    assert [row.queued_at for row in sent_to_itself(office)] == [MONDAY, MONDAY + DAY]


def test_a_private_inbox_is_left_in_peace_unless_its_owner_says_so(office):
    Mailbox.objects.update(shared=False)
    assert fly(office.workspace, MONDAY) == ""

    Mailbox.objects.update(canary=True)
    assert fly(office.workspace, MONDAY) == "2 sent to themselves"


@pytest.mark.parametrize(
    "so", [{"canary": False}, {"state": "refused"}, {"removed_at": MONDAY},
           {"read_at": MONDAY - HOUR}],
)  # fmt: skip
def test_not_where_nothing_could_be_learned(office, so):
    Mailbox.objects.update(**so)

    assert fly(office.workspace, MONDAY) == ""


def test_two_workers_send_one(office):
    Mailbox.objects.update(plus_works=True)
    due = canaries.due(office.workspace, at=MONDAY)
    fly(office.workspace, MONDAY)
    Canary.objects.update(at=MONDAY - 2 * DAY)  # as the other worker saw it

    fly(office.workspace, MONDAY)

    assert len(due) == len(sent_to_itself(office)) == 1


def test_it_is_a_plain_mail_that_no_absence_answers(office):
    fly(office.workspace, MONDAY)

    [plain, plus] = sent_to_itself(office)
    assert b"Auto-Submitted: auto-generated" in bytes(plain.raw)
    assert plain.recipient == office.address
    assert plus.recipient.startswith("office+")
    assert plain.state == QUEUED


# --- what comes of it ----------------------------------------------------------------------------


def test_late_it_is_told_and_once_it_comes_that_it_came(office):
    Mailbox.objects.update(plus_works=True)
    fly(office.workspace, MONDAY)
    left(office, MONDAY)

    looks(office, MONDAY, MONDAY + 28 * MINUTE)
    assert not Fault.objects.exists()
    looks(office, MONDAY + 32 * MINUTE, MONDAY + 36 * MINUTE)

    said = "A test mail of office@banners.example to itself has not come back"
    assert sorted(Alarm.objects.values_list("member__name", "what")) == [
        ("Bob", said), ("Mia", said),
    ]  # fmt: skip
    Canary.objects.update(came_at=MONDAY + 38 * MINUTE)
    looks(office, MONDAY + 40 * MINUTE, MONDAY + 40 * MINUTE)
    assert not Fault.objects.filter(over_at=None).exists()
    assert Alarm.objects.filter(what=said.replace("has not come", "came")).count() == 2


def test_a_plus_that_does_not_come_though_the_other_did_is_learned(office):
    fly(office.workspace, MONDAY)
    left(office, MONDAY)
    Canary.objects.filter(plus=False).update(came_at=MONDAY + MINUTE)

    looks(office, MONDAY, MONDAY + 40 * MINUTE)

    assert Mailbox.objects.get().plus_works is False
    assert not Alarm.objects.exists()


def test_a_report_that_there_is_no_such_address_is_no_news_of_anybody(office):
    fly(office.workspace, MONDAY)
    plus = Canary.objects.get(plus=True)
    report = (
        b"From: MAILER-DAEMON@mx.example\r\nMessage-ID: <other@mx>\r\nSubject: Undelivered\r\n"
        b"\r\nMessage-ID: <" + plus.token.encode() + b"@banners.example>\r\n"
    )
    folder = office.folders.create(
        workspace=office.workspace, name="INBOX", role="inbox", caught_up_at=MONDAY
    )
    row = StoredMail(folder=folder, uid=1, state="waiting", raw=report)

    canaries.set_aside(office, [row], {1: report}, at=MONDAY + MINUTE)

    assert (row.state, row.raw) == (ASIDE, None)
    assert Mailbox.objects.get().plus_works is False
    assert Canary.objects.get(plus=True).came_at is None


def test_refused_at_once_it_is_late_as_well(office):
    Mailbox.objects.update(plus_works=True)
    fly(office.workspace, MONDAY)
    Message.objects.update(state=FAILED, ended_at=MONDAY)

    looks(office, MONDAY, MONDAY + 36 * MINUTE)

    assert [fault.key for fault in Fault.objects.all()] == [f"canary:{office.pk}"]


def test_after_a_month_they_go(office):
    fly(office.workspace, MONDAY)
    for message in sent_to_itself(office):
        message.attempts.create(workspace=office.workspace, at=MONDAY, state=SENT)

    canaries.settle(office.workspace, at=MONDAY + 31 * DAY)

    assert (Canary.objects.count(), sent_to_itself(office)) == (0, [])
