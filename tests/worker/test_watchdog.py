"""An address outside hears while all is well; a thread tells of a loop that hangs beside it."""

from datetime import timedelta
from threading import Event

import pytest
from django.core import mail
from tests.ledger.scene import HOUR, MONDAY
from tests.worker.push_service import Browser, Service
from tests.worker.ticking import turn

from followthrough.ledger import heartbeats, pings
from followthrough.ledger.models import Alarm, Fault, Ping
from followthrough.worker.watching import Watchdog, watch

MINUTE = timedelta(minutes=1)


@pytest.fixture
def outside(settings):
    settings.WEB_INSIDE = "machine"
    started = Service()
    yield started
    started.close()


@pytest.fixture
def named(workspace, outside):
    """It is called each five minutes."""
    pings.name(workspace, f"{outside.address}/ping?key=7", 5)
    return outside


def calls(service):
    return [path for path, _, _ in service.calls]


def test_each_five_minutes_while_all_is_well(workspace, named):
    for minutes in range(12):
        watch(workspace, MONDAY + minutes * MINUTE)

    assert calls(named) == ["/ping?key=7"] * 3
    assert Ping.objects.get().worked_at == MONDAY + 10 * MINUTE


def test_two_workers_call_once(workspace, named):
    for _ in range(2):
        watch(workspace, MONDAY)

    assert len(named.calls) == 1


def test_while_a_loop_stands_still_nobody_is_called(workspace, named, mia):
    heartbeats.beat(workspace, "alarms", at=MONDAY)

    watch(workspace, MONDAY + 16 * MINUTE)
    assert named.calls == []

    heartbeats.beat(workspace, "alarms", at=MONDAY + 20 * MINUTE)
    watch(workspace, MONDAY + 20 * MINUTE)
    assert len(named.calls) == 1


def test_what_goes_wrong_there_is_kept_and_told_after_an_hour(workspace, named, mia):
    named.answers["/ping?key=7"] = 500

    for minutes in range(0, 64, 4):
        watch(workspace, MONDAY + minutes * MINUTE)

    assert Ping.objects.get().problem == "500"
    [said] = Alarm.objects.filter(member=mia).values_list("what", flat=True)
    assert said.startswith("The address outside that should hear")


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1/", "https://2130706433/", "https://[::ffff:127.0.0.1]/",
     "https://[64:ff9b::7f00:1]/", "https://169.254.169.254/latest", "https://localhost./",
     "https://10.0.0.1/", "https://8.8.8.8:22/"],
)  # fmt: skip
def test_it_never_leads_into_the_house(workspace, named, settings, address):
    settings.WEB_INSIDE = ""
    pings.name(workspace, address, 5)

    watch(workspace, MONDAY)

    assert Ping.objects.get().problem.startswith("ConnectionRefusedError:")
    assert named.calls == []


def test_a_house_that_allows_it_reaches_its_own_and_never_this_machine(settings, workspace, named):
    settings.WEB_INSIDE = "house"

    watch(workspace, MONDAY)

    assert "inside your own network" in Ping.objects.get().problem


# --- a loop that hangs ------------------------------------------------------------------------


def test_a_loop_that_hangs_is_told_of_by_mail_and_push_by_the_thread_beside_it(mia, outside):
    phone = Browser(outside)
    phone.says_yes(mia, MONDAY)
    turn(MONDAY)
    mail.outbox.clear()

    dog = Watchdog(Event())
    assert dog.look(MONDAY + 14 * MINUTE) == 0
    assert dog.look(MONDAY + 16 * MINUTE) == 1

    said = "No bell rings and no mail is read: the machine stands still"
    assert phone.shows() == [("Followthrough", said)]
    assert [one.subject for one in mail.outbox] == [said]
    dog.look(MONDAY + 17 * MINUTE)
    assert len(phone.shows()) == 1


def test_once_it_turns_again_that_is_told_too(mia):
    turn(MONDAY)
    Watchdog(Event()).look(MONDAY + 16 * MINUTE)
    mail.outbox.clear()

    for minutes in (60, 61, 62):
        turn(MONDAY + minutes * MINUTE)

    assert not Fault.objects.filter(over_at=None).exists()
    assert "The machine runs again" in [one.subject for one in mail.outbox]


def test_three_hours_off_are_no_fault_once_it_is_back(mia):
    turn(MONDAY)

    for minutes in range(3):
        turn(MONDAY + 3 * HOUR + minutes * MINUTE)

    assert not Fault.objects.exists()
