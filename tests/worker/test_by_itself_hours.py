"""In their hours, one a day, and not too many an hour to one domain."""

from zoneinfo import ZoneInfo

import pytest
from tests.ledger.scene import HOUR, MONDAY
from tests.worker.sending_scene import at, mailbox_at, way
from tests.worker.steps_scene import DAY, answered, begin, left, plan_of_mails, step_of, time_comes

from followthrough.core.facts import Opened
from followthrough.ledger import by_itself, sequences
from followthrough.ledger.models import (
    Address,
    FollowUp,
    Mailbox,
    Message,
    Party,
)
from followthrough.ledger.outbox import pace, switches
from followthrough.ledger.record import record
from followthrough.worker.plans import going_out
from followthrough.worker.plans.going_out import send_steps
from followthrough.worker.sending.dispatch import send_all

pytestmark = pytest.mark.django_db


def written_but_not_sent(mailbox, party):
    """It waits in the outbox, as at the moment between writing and sending."""
    day = step_of(party).due
    Mailbox.objects.update(read_at=day)
    send_steps(mailbox.workspace, day)
    assert Message.objects.get(party=party).state == "queued"
    return day


def sent_at(mailbox, moment):
    Mailbox.objects.update(read_at=moment)
    mailbox.refresh_from_db()
    with at(moment):
        send_all(mailbox, way())
    return left(mailbox)


def step_of_any(workspace):
    return FollowUp.objects.filter(workspace=workspace, settled_at=None).order_by("-due")[0]


# --- hours, one a day -------------------------------------------------------------------------


def test_their_evening_is_no_time_for_it(mailbox, begun):
    day = written_but_not_sent(mailbox, begun)
    evening = day.replace(hour=19)

    assert sent_at(mailbox, evening) == 0
    time_comes(mailbox, evening)
    moved = Message.objects.get(party=begun).not_before
    assert moved.date() == evening.date() + DAY
    time_comes(mailbox, moved)
    assert left(mailbox) == 1


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Europe/London"])
def test_it_leaves_when_it_is_day_for_them(workspace, mailbox, ann, bob, zone):
    Party.objects.filter(pk=ann.pk).update(zone=zone)
    ann.refresh_from_db()
    begin(ann, plan_of_mails(workspace), bob)

    day = step_of(ann).due
    time_comes(mailbox, day)

    local = Message.objects.get(party=ann).not_before.astimezone(ZoneInfo(zone))
    assert local.weekday() < 5
    assert 9 <= local.hour < 17
    assert left(mailbox) == 1


def test_where_nobody_said_their_zone_their_number_tells(workspace, mailbox, ann, bob):
    theirs = {"kind": "phone", "value": "+1 310 555 0100", "canonical": "+13105550100"}
    Address.objects.create(workspace=workspace, party=ann, **theirs)
    begin(ann, plan_of_mails(workspace), bob)

    time_comes(mailbox, step_of(ann).due)

    there = ZoneInfo("America/Los_Angeles")
    assert Message.objects.get(party=ann).not_before.astimezone(there).hour == 9
    assert left(mailbox) == 1


def test_who_moves_to_another_zone_is_not_woken(mailbox, begun):
    day = written_but_not_sent(mailbox, begun)
    Party.objects.filter(pk=begun.pk).update(zone="America/Los_Angeles")

    time_comes(mailbox, day)

    assert left(mailbox) == 0
    local = Message.objects.get(party=begun).not_before.astimezone(ZoneInfo("America/Los_Angeles"))
    assert local.hour >= 9


@pytest.fixture
def two_plans(workspace, mailbox, ann, bob):
    """A mail of each is due, on this day."""
    record(ann, Opened(at=MONDAY, matter="wall", owner=str(bob.pk)), source="wall", at=MONDAY)
    begin(ann, plan_of_mails(workspace), bob)
    other = plan_of_mails(workspace, name="Another")
    sequences.begin_with(other, "enquiry", at=MONDAY)
    workspace.refresh_from_db()
    opened = Opened(at=MONDAY, matter="door", owner=str(bob.pk))
    record(ann, opened, source="door", at=MONDAY)
    both = FollowUp.objects.filter(party=ann, settled_at=None, sender=bob)
    assert both.count() == 2
    return max(row.due for row in both)


def test_of_two_plans_one_mail_a_day_leaves(mailbox, two_plans):
    day = two_plans

    time_comes(mailbox, day)
    time_comes(mailbox, day + HOUR)
    assert left(mailbox) == 1
    time_comes(mailbox, day + DAY)
    assert left(mailbox) == 2


def in_a_mailbox_that_is_refused(mailbox, older, mia):
    older.mailbox = mailbox_at(mailbox.server, mia, shared=True, state="refused")


def in_a_mailbox_that_nobody_reads(mailbox, older, mia):
    older.mailbox = mailbox_at(mailbox.server, mia, shared=True)


def in_a_mailbox_that_was_removed(mailbox, older, mia):
    older.mailbox = mailbox_at(mailbox.server, mia, removed_at=MONDAY, read_at=MONDAY)


def in_the_name_of_who_holds_hers(_mailbox, older, mia):
    switches.hold_of(mia, at=MONDAY)
    older.member = mia


BLOCKED = (
    in_a_mailbox_that_is_refused, in_a_mailbox_that_nobody_reads, in_a_mailbox_that_was_removed,
    in_the_name_of_who_holds_hers,
)  # fmt: skip


@pytest.mark.parametrize("blocked", BLOCKED)
def test_an_older_one_that_cannot_leave_keeps_back_no_other(
    server, mailbox, two_plans, mia, blocked
):
    mailbox.server = server
    send_steps(mailbox.workspace, two_plans)
    older, newer = Message.objects.order_by("pk")
    blocked(mailbox, older, mia)
    older.save()

    with at(two_plans):
        Mailbox.objects.filter(pk=mailbox.pk).update(read_at=two_plans)
        send_all(mailbox, way())

    assert Message.objects.get(state="sent") == newer


def test_not_too_many_an_hour_go_to_one_domain(workspace, mailbox, bob, monkeypatch):
    monkeypatch.setattr(pace, "PER_DOMAIN", 3)
    plan = plan_of_mails(workspace)
    for n in range(6):
        begin(answered(f"Ann{n}", f"a{n}@one.example", workspace, bob), plan, bob)
    day = step_of_any(workspace).due

    time_comes(mailbox, day)
    in_the_first_hour = left(mailbox)
    for n in range(3):  # they are late by now
        time_comes(mailbox, day + HOUR + HOUR / 60 + n * pace.GAP)

    assert (in_the_first_hour, left(mailbox)) == (3, 6)


def test_no_more_are_written_than_can_leave_for_a_while(workspace, mailbox, bob, monkeypatch):
    monkeypatch.setattr(by_itself, "ENOUGH", 4)
    monkeypatch.setattr(going_out, "MANY", 2)
    plan = plan_of_mails(workspace)
    for n in range(7):
        begin(answered(f"Ann{n}", f"a{n}@home{n}.example", workspace, bob), plan, bob)
    day = step_of_any(workspace).due

    for _ in range(5):
        send_steps(workspace, day)
    waiting = Message.objects.filter(state="queued").count()
    for _ in range(5):
        time_comes(mailbox, day)

    assert (waiting, left(mailbox)) == (4, 7)
