"""The machine looks after itself: each fault is noted once, told once, and told again when over."""

from datetime import timedelta

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY

from followthrough.ledger import heartbeats, mailboxes, watching
from followthrough.ledger.models import Alarm, Fault, Mailbox, Member, Message, Reading
from followthrough.ledger.models.outbox import QUEUED, SENT
from followthrough.ledger.outbox import switches
from followthrough.ledger.wrong import LIMITS

MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(bob, mia):
    """A mailbox of the team that Bob looks after; it was read just now."""
    values = {"username": "office", "imap_host": "imap.test", "smtp_host": "smtp.test"}
    box = mailboxes.connect(
        bob, "sesame", at=MONDAY, address="office@banners.example", shared=True, **values
    )
    reads(box, MONDAY)
    return box


def reads(box, at):
    Mailbox.objects.filter(pk=box.pk).update(read_at=at)


def looks(workspace, *instants):
    """The loop looks around, minute by minute up to the last of these."""
    for at in instants:
        heartbeats.beat(workspace, "alarms", at=at)
        watching.look(workspace, at=at)


def from_to(start, end, pause=4 * MINUTE):
    return [start + n * pause for n in range(int((end - start) / pause) + 1)]


def alarms():
    return sorted(Alarm.objects.values_list("member__name", "what"))


def keys():
    return sorted(Fault.objects.filter(over_at=None).values_list("key", flat=True))


# --- loops ------------------------------------------------------------------------------------


def test_all_well_nothing_is_noted_and_nobody_is_told(office):
    looks(office.workspace, MONDAY, MONDAY + 4 * MINUTE)

    assert (keys(), alarms()) == ([], [])


def test_each_step_of_the_worker_has_its_limit():
    from followthrough.worker.importing.job import Importer  # noqa: PLC0415
    from followthrough.worker.sending.post import Post  # noqa: PLC0415
    from followthrough.worker.steps import steps  # noqa: PLC0415

    assert {step.name for step in steps(Importer(), Post())} - {"watch"} == set(LIMITS)


def test_a_loop_that_stands_still_is_told_to_administrators_once_and_when_it_is_over(bob, mia):
    team = bob.workspace
    heartbeats.beat(team, "audit", at=MONDAY)

    looks(team, MONDAY + 70 * MINUTE, MONDAY + 71 * MINUTE, MONDAY + 72 * MINUTE)
    assert keys() == ["loop:audit"]
    assert alarms() == [("Mia", "A part of the machine stands still: audit")]

    heartbeats.beat(team, "audit", at=MONDAY + 73 * MINUTE)
    looks(team, MONDAY + 74 * MINUTE, MONDAY + 75 * MINUTE)

    assert keys() == []
    assert [what for _, what in alarms()] == [
        "A part of the machine stands still: audit", "All of it runs again",
    ]  # fmt: skip


def test_all_that_stand_still_together_are_one_fault(bob, mia):
    for name in ("alarms", "mail", "sending", "reminders"):
        heartbeats.beat(bob.workspace, name, at=MONDAY)

    watching.look(bob.workspace, at=MONDAY + 16 * MINUTE, alone=True)

    assert keys() == ["stands"]
    assert [who for who, _ in alarms()] == ["Mia"]


def test_a_step_that_fails_for_a_moment_alarms_nobody(bob, mia):
    def fails(at):
        heartbeats.beat(bob.workspace, "mail", at=at, problem="OperationalError: locked")
        looks(bob.workspace, at)

    fails(MONDAY)
    assert (keys(), alarms()) == (["fails:mail"], [])

    for minutes in (4, 8, 12):
        fails(MONDAY + minutes * MINUTE)
    assert alarms() == [("Mia", "A part of the machine fails: mail")]


# --- mailboxes ----------------------------------------------------------------------------------


def test_a_mailbox_that_nobody_reads_is_on_the_page_soon_and_an_alarm_after_an_hour(office):
    team = office.workspace

    looks(team, *from_to(MONDAY, MONDAY + 20 * MINUTE))
    assert keys() == [f"unread:{office.pk}"]
    assert alarms() == []

    looks(team, *from_to(MONDAY + 24 * MINUTE, MONDAY + 64 * MINUTE))
    said = "Nothing was read from office@banners.example"
    assert alarms() == [("Bob", said), ("Mia", said)]

    reads(office, MONDAY + 65 * MINUTE)
    looks(team, MONDAY + 66 * MINUTE)
    again = "office@banners.example can be read again"
    assert alarms() == [("Bob", said), ("Bob", again), ("Mia", said), ("Mia", again)]
    assert {one.what for one in Alarm.objects.filter(seen_at=None)} == {again}


def test_of_a_mailbox_that_was_removed_nobody_hears_that_it_is_read_again(office):
    looks(office.workspace, *from_to(MONDAY, MONDAY + 64 * MINUTE))
    before = alarms()

    mailboxes.remove(office, at=MONDAY + 65 * MINUTE)
    looks(office.workspace, MONDAY + 66 * MINUTE)

    assert (keys(), alarms()) == ([], before)


def test_where_its_own_alarm_rang_there_is_no_second(office):
    Reading.objects.update(told_at=MONDAY)

    looks(office.workspace, *from_to(MONDAY, MONDAY + 70 * MINUTE))

    assert (keys(), alarms()) == ([f"unread:{office.pk}"], [])


def test_of_a_private_mailbox_its_owner_and_the_administrators_are_told(office):
    pat = Member.objects.get(name="Bob")
    Mailbox.objects.update(shared=False)
    zoe = Member.objects.create(
        workspace=office.workspace, user=pat.user.__class__.objects.create_user("z@x.example"),
        name="Zoe", joined_at=MONDAY,
    )  # fmt: skip

    looks(office.workspace, *from_to(MONDAY, MONDAY + 70 * MINUTE))

    assert {who for who, _ in alarms()} == {"Bob", "Mia"}
    assert watching.concerning(zoe) == []
    assert len(watching.concerning(pat)) == 1


def waits(box, since, **more):
    values = {
        "key": f"k{since}", "message_id": f"<{since}@x>", "envelope": f"{since}",
        "sender": box.address, "recipient": "ann@x.example",
        "canonical": "ann@x.example", "raw": b"", "queued_at": since, "not_before": since,
    }  # fmt: skip
    return Message.objects.create(
        workspace=box.workspace, mailbox=box, member=box.member, **(values | more)
    )


def test_mail_that_does_not_leave_for_an_hour_is_told(office):
    waits(office, MONDAY)

    for at in from_to(MONDAY, MONDAY + 64 * MINUTE):
        reads(office, at)
        looks(office.workspace, at)

    assert keys() == [f"unsent:{office.pk}"]
    assert ("Bob", "Nothing was sent from office@banners.example") in alarms()


def held_for_all(office):
    switches.hold(office.workspace, at=MONDAY)


def held_in_one_name(office):
    switches.hold_of(office.member, at=MONDAY)


def kept_for_another_day(office):
    Message.objects.update(plan="p", not_after=MONDAY + MINUTE)


def done_otherwise(office):
    Message.objects.update(plan="p")  # and its follow-up does not stand any more


WAITS_FOR_US = (held_for_all, held_in_one_name, kept_for_another_day, done_otherwise)


@pytest.mark.parametrize("kept_back", WAITS_FOR_US)
def test_what_we_keep_back_ourselves_is_no_fault_of_the_mailbox(office, kept_back):
    waits(office, MONDAY, automatic=True)
    kept_back(office)

    for at in from_to(MONDAY, MONDAY + 64 * MINUTE):
        reads(office, at)
        looks(office.workspace, at)

    assert keys() == []


def test_what_waits_for_the_next_days_budget_or_its_servers_patience_is_no_fault(office):
    from followthrough.ledger.outbox import pace  # noqa: PLC0415

    waits(office, MONDAY)
    pace.rest(office, until=MONDAY + 6 * HOUR)

    for at in from_to(MONDAY, MONDAY + 64 * MINUTE):
        reads(office, at)
        looks(office.workspace, at)
    assert keys() == []

    pace.rest(office, until=None)
    Mailbox.objects.update(per_day=1)
    waits(office, MONDAY - HOUR, state=SENT, handover_at=MONDAY)
    looks(office.workspace, MONDAY + 65 * MINUTE)
    assert keys() == []
    assert Message.objects.filter(state=QUEUED).count() == 1


# --- after an outage ------------------------------------------------------------------------------


def test_after_three_hours_off_everything_gets_its_time_before_it_is_called_late(office):
    waits(office, MONDAY + HOUR)
    looks(office.workspace, MONDAY)

    back = MONDAY + 3 * HOUR
    looks(office.workspace, back, back + 4 * MINUTE, back + 8 * MINUTE)
    assert (keys(), alarms()) == ([], [])

    looks(office.workspace, *from_to(back + 12 * MINUTE, back + 17 * MINUTE))
    assert keys() == [f"unread:{office.pk}"]


def test_old_faults_go(office):
    looks(office.workspace, *from_to(MONDAY, MONDAY + 20 * MINUTE))
    reads(office, MONDAY + 21 * MINUTE)
    looks(office.workspace, MONDAY + 22 * MINUTE)

    assert watching.discard_old(office.workspace, at=MONDAY + 60 * DAY) == 0
    assert watching.discard_old(office.workspace, at=MONDAY + 92 * DAY) == 1


def test_the_team_of_a_stranger_has_faults_of_its_own(office, sid):
    looks(office.workspace, *from_to(MONDAY, MONDAY + 20 * MINUTE))

    assert watching.concerning(sid) == []
