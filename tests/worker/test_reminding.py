"""Nothing is lost on its way: outages, restarts, a mail server that refuses, and no burst."""

from datetime import UTC, datetime, timedelta
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from tests.cast import member_named
from tests.ledger.conftest import ann, pat
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import hear
from tests.worker.ticking import mails, told, turn

from followthrough.channels import house
from followthrough.core.facts import Opened, TheyWrote, WePromised
from followthrough.ledger import alarms, clock, heartbeats, mailing
from followthrough.ledger.models import Alarm, Member, Notice
from followthrough.ledger.record import record
from followthrough.worker.reminding import mail as mail_now
from followthrough.worker.reminding import remind

__all__ = ["ann", "pat"]
MINUTE = timedelta(minutes=1)
TWO = datetime(2026, 3, 3, 14, tzinfo=UTC)


def promise(party, bob, due=TWO):
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    hear(party, Opened(**common), WePromised(due=due, how="call", **common))


@pytest.fixture
def rung(ann, bob):
    """A promised call that rings and is to be mailed; no worker has mailed it yet."""
    Member.objects.filter(pk=bob.pk).update(digest=False)
    promise(ann, bob)
    alarms.ring(bob.workspace, at=TWO - 10 * MINUTE)
    return bob


# --- an outage ------------------------------------------------------------------------------


def test_fourteen_that_were_late_are_one_line_and_one_mail(bob, mia):
    for n in range(14):
        due = TWO + n * 11 * MINUTE + 10 * MINUTE
        promise(party_named(f"Ann{n}", bob.workspace, owner=bob), bob, due)
    turn(TWO - MINUTE)
    mail.outbox.clear()

    turn(TWO + 3 * HOUR + 10 * MINUTE)

    [late] = Alarm.objects.filter(member=bob, followup=None)
    assert late.what == "14 reminders were late by up to 3 h 10 min"
    assert len([who for who, _ in mails() if who == "bob"]) == 1
    assert late.what in mail.outbox[0].body


def test_one_that_was_late_needs_no_sum(ann, bob):
    promise(ann, bob)
    turn(TWO - HOUR)

    turn(TWO + 5 * MINUTE)

    assert not Alarm.objects.filter(member=bob, followup=None).exists()
    [notice] = Notice.objects.filter(member=bob, way="page", sent_at__isnull=False)
    assert notice.sent_at - notice.at == 15 * MINUTE


def test_without_an_outage_old_mail_that_comes_in_is_not_late(ann, pat, bob, mia):
    now = MONDAY + 4 * DAY
    turn(now)
    for party in (ann, pat):
        record(party, TheyWrote(at=MONDAY), source=f"mail:{party.pk}", at=now)

    turn(now + MINUTE)

    assert told(bob) != []
    assert not Alarm.objects.filter(followup=None, what__contains="late by").exists()


def test_where_the_bells_failed_each_counts_from_its_own_time(ann, bob):
    promise(ann, bob)
    promise(party_named("Tom", bob.workspace, owner=bob), bob)
    turn(TWO - HOUR)
    heartbeats.beat(bob.workspace, "alarms", at=TWO + 2 * HOUR, problem="OperationalError: locked")

    turn(TWO + 2 * HOUR)

    [late] = Alarm.objects.filter(member=bob, followup=None)
    assert late.what == "2 reminders were late by up to 2 h 10 min"


def test_two_workers_tell_nothing_twice(ann, bob):
    promise(ann, bob)

    for _ in range(2):
        turn(TWO - 10 * MINUTE)

    assert told(bob) == [("You promised to call", TWO - 10 * MINUTE)]
    assert mails().count(("bob", "Ann: You promised to call")) == 1


def test_what_was_told_half_a_year_ago_is_let_go_at_night(rung):
    remind(rung.workspace, TWO)

    turn(TWO + 181 * DAY)

    assert not Notice.objects.filter(at__lt=TWO + DAY).exists()


# --- between storing and sending --------------------------------------------------------------


def letter_of(member, at=TWO - 10 * MINUTE):
    [letter] = mailing.due(member.workspace, "mail", at=at)
    return letter


def test_a_worker_that_died_before_sending_leaves_it_to_the_next(rung):
    [taken] = mailing.take(letter_of(rung), at=TWO - 10 * MINUTE)  # and then the plug is pulled

    mail_now(rung.workspace, TWO - MINUTE)
    assert mails() == []

    mail_now(rung.workspace, TWO)

    assert mails() == [("bob", "Ann: You promised to call")]
    taken.refresh_from_db()
    assert taken.sent_at == TWO


def test_sent_but_not_noted_it_is_sent_again_under_the_same_name(rung):
    [notice] = mailing.take(letter_of(rung), at=TWO - 10 * MINUTE)
    house.send(house.written(notice.member, [notice], TWO - 10 * MINUTE))  # not noted

    mail_now(rung.workspace, TWO)

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.extra_headers["Auto-Submitted"] == "auto-generated"


def test_what_was_done_before_it_was_mailed_is_not_mailed(rung, ann):
    ann.followups.update(settled_at=TWO - 10 * MINUTE)

    mail_now(rung.workspace, TWO - 9 * MINUTE)

    assert mails() == []
    assert not Notice.objects.filter(way="mail", gone_at=None).exists()


# --- a mail server that refuses ---------------------------------------------------------------


class Refuses:
    """A mail server that takes nothing for a while."""

    def __init__(self):
        self.left, self.taken = 3, []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.left:
            self.left -= 1
            return "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def server(settings):
    refuses = Refuses()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Controller(refuses, hostname="127.0.0.1", port=port)
    running.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield refuses
    running.stop()


def test_a_refusal_is_kept_tried_again_with_longer_pauses_and_said(rung, server):
    start, sent = TWO - 10 * MINUTE, []
    for minutes in range(10):
        remind(rung.workspace, start + minutes * MINUTE)
        sent.append(len(server.taken))

    assert sent == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]  # after 1, 2 and 5 minutes
    notice = Notice.objects.get(way="mail", alarm__isnull=False)
    assert (notice.attempts, notice.problem) == (3, "")
    assert "You promised to call" in server.taken[0]


def test_what_the_server_said_can_be_read(rung, server, bobs):
    for minutes in (0, 1, 3):
        remind(rung.workspace, TWO - 10 * MINUTE + minutes * MINUTE)

    with clock.at(TWO):
        page = bobs.get("/health/").content.decode()

    assert "Reminders wait: the mail server does not take them" in page
    assert "Try again later" in page


def test_a_fault_of_one_mail_stops_no_other(rung, mia, ann, server):
    other = member_named("Zoe", rung.workspace)
    Member.objects.update(digest=False)
    promise(party_named("Tom", rung.workspace, owner=other), other)
    alarms.ring(rung.workspace, at=TWO - 10 * MINUTE)
    server.left = 1

    remind(rung.workspace, TWO - 10 * MINUTE)

    assert len(server.taken) == 1


def test_a_server_that_cannot_be_reached_is_asked_once_for_all(rung, server, settings):
    other = member_named("Zoe", rung.workspace)
    Member.objects.update(digest=False)
    promise(party_named("Tom", rung.workspace, owner=other), other)
    alarms.ring(rung.workspace, at=TWO - 10 * MINUTE)
    with socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]  # bound, and nobody listens

        remind(rung.workspace, TWO - 10 * MINUTE)

    waiting = Notice.objects.filter(way="mail", sent_at=None)
    assert {one.problem.partition(":")[0] for one in waiting} == {"ConnectionRefusedError"}
    assert waiting.count() == 2
