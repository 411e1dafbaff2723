"""Notices on devices: sealed for one browser, stored before they are sent, and never lost."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from tests.ledger.conftest import ann
from tests.ledger.scene import HOUR, MONDAY, party_named
from tests.web.desk import hear
from tests.worker.push_service import Browser, Service
from tests.worker.ticking import mails, told, turn

from followthrough.channels.push.sealing import public_key
from followthrough.core.facts import Opened, WePromised
from followthrough.ledger import alarms
from followthrough.ledger.models import Device, Member, Notice
from followthrough.worker.pushing import push

__all__ = ["ann"]
MINUTE = timedelta(minutes=1)
TWO = datetime(2026, 3, 3, 14, tzinfo=UTC)
RINGS = TWO - 10 * MINUTE


@pytest.fixture
def service(settings):
    settings.WEB_INSIDE = "machine"
    started = Service()
    yield started
    started.close()


@pytest.fixture
def phone(service, bob):
    browser = Browser(service)
    browser.says_yes(bob, MONDAY)
    return browser


def promise(party, member, due=TWO):
    common = {"at": MONDAY, "matter": "sign", "by": str(member.pk)}
    hear(party, Opened(**common), WePromised(due=due, how="call", **common))


@pytest.fixture
def rung(phone, ann, bob):
    Member.objects.update(digest=False)
    promise(ann, bob)
    alarms.ring(bob.workspace, at=RINGS)
    return bob


def left():
    return Notice.objects.filter(way="push", sent_at=None, gone_at=None)


# --- what leaves --------------------------------------------------------------------------------


def test_only_the_browser_itself_can_read_it_and_a_press_opens_the_follow_up(rung, phone, ann):
    push(rung.workspace, RINGS)

    [shown] = phone.read()
    duty = ann.followups.get(rule="call_when_we_said")
    assert (shown["title"], shown["body"]) == ("Ann", "You promised to call")
    assert shown["data"] == f"/followups/{duty.pk}/outcome/"
    [(_, _, body)] = phone.service.calls
    assert b"Ann" not in body


def test_the_service_is_told_how_urgent_it_is_and_who_we_are(rung, phone):
    push(rung.workspace, RINGS)

    [(_, head, _)] = phone.service.calls
    assert (head["Content-Encoding"], head["Urgency"]) == ("aes128gcm", "high")
    assert int(head["TTL"]) == 4 * 60 * 60
    assert is_signed(head["Authorization"])


def is_signed(header):
    """As RFC 8292 has it: with the key that browsers were told when they said yes."""
    from django.conf import settings  # noqa: PLC0415

    token, key = (one.partition("=")[2] for one in header.removeprefix("vapid ").split(","))
    assert key == public_key(settings.NAME_KEY)
    head, claims, signature = token.split(".")
    raw = unpacked(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(key))
    pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    said = json.loads(unpacked(claims))
    return said["exp"] == int((RINGS + 12 * HOUR).timestamp()) and "@" in said["sub"]


def unpacked(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_without_names_the_lock_screen_tells_nobody_who_it_is(rung, phone):
    Member.objects.filter(pk=rung.pk).update(shows_names=False)

    push(rung.workspace, RINGS)

    assert phone.shows() == [("Followthrough", "You promised to call")]


def test_all_that_rings_at_a_moment_is_one_notice(rung, phone):
    for name in ("Tom", "Max", "Zoe"):
        promise(party_named(name, rung.workspace, owner=rung), rung)
    alarms.ring(rung.workspace, at=RINGS)

    push(rung.workspace, RINGS)

    assert phone.shows() == [("4 reminders", "Ann, Tom, Max and 1 more")]


def test_each_device_shows_it(rung, phone):
    laptop = Browser(phone.service, "laptop")
    laptop.says_yes(rung, MONDAY)

    push(rung.workspace, RINGS)

    assert phone.shows() == laptop.shows() != []


def test_two_workers_show_nothing_twice(rung, phone):
    for _ in range(2):
        push(rung.workspace, RINGS)

    assert len(phone.shows()) == 1


def test_who_said_yes_nowhere_is_told_by_mail_as_before(ann, bob, service):
    promise(ann, bob)

    turn(RINGS)

    assert ("bob", "Ann: You promised to call") in mails()
    assert not Notice.objects.filter(way="push").exists()


# --- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [404, 410])
def test_a_device_that_is_gone_is_removed_and_what_it_missed_is_mailed(rung, phone, code):
    Notice.objects.filter(way="mail").delete()
    phone.service.answers["/phone"] = code

    turn(RINGS)

    assert not Device.objects.exists()
    assert mails() == [("bob", "Ann: You promised to call")]
    assert not left().exists()


def test_a_service_that_is_out_of_order_is_asked_again_then_it_is_mailed(rung, phone):
    Notice.objects.filter(way="mail").delete()
    phone.service.answers["/phone"] = 503

    for minutes in range(4):
        turn(RINGS + minutes * MINUTE)

    assert len(phone.service.calls) == 3  # at once, and after 1 and 2 minutes
    assert mails() == [("bob", "Ann: You promised to call")]
    assert Device.objects.get().problem == "503"


def test_a_service_that_does_not_answer_is_asked_once_for_all(rung, phone, mia):
    Browser(phone.service, "laptop").says_yes(mia, MONDAY)
    promise(party_named("Pat", rung.workspace, owner=mia), mia)
    alarms.ring(rung.workspace, at=RINGS)
    phone.service.close()

    push(rung.workspace, RINGS)

    assert sorted(left().values_list("problem", flat=True)) == [
        "ConnectionRefusedError: [Errno 111] Connection refused",
        "Its service did not answer a moment ago.",
    ]


def test_back_in_order_it_is_shown_then(rung, phone):
    phone.service.answers["/phone"] = 503
    push(rung.workspace, RINGS)
    phone.service.answers.clear()

    push(rung.workspace, RINGS + MINUTE)

    assert told(rung, "push") == [("You promised to call", RINGS + MINUTE)]
    assert (Device.objects.get().problem, left().count()) == ("", 0)


def test_what_was_done_before_it_was_shown_is_not_shown(rung, phone, ann):
    ann.followups.update(settled_at=RINGS)

    push(rung.workspace, RINGS)

    assert phone.service.calls == []


@pytest.mark.parametrize(
    "endpoint",
    ["https://127.0.0.1/x", "https://169.254.169.254/x", "https://2130706433/x",
     "https://0x7f000001/x", "https://localhost./x"],
)  # fmt: skip
def test_no_device_leads_into_the_house(rung, phone, settings, endpoint):
    settings.WEB_INSIDE = "house"
    Device.objects.update(endpoint=endpoint)

    push(rung.workspace, RINGS)

    assert "inside your own network" in Device.objects.get().problem
    assert phone.service.calls == []


def test_keys_that_are_none_stop_nobody(rung, phone):
    laptop = Browser(phone.service, "laptop")
    laptop.says_yes(rung, MONDAY)
    Device.objects.filter(name="phone").update(key="AAAA")

    push(rung.workspace, RINGS)

    assert [device.name for device in Device.objects.all()] == ["laptop"]
    assert laptop.shows() != []
