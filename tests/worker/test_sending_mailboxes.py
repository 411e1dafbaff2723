"""What a server says of a mailbox, and who is too slow: the mail waits, and nothing of it fails."""

from datetime import timedelta

import pytest
from tests.servers.smtp import HANG
from tests.worker.sending_scene import (
    SOON,
    answer_to,
    at,
    mailbox_at,
    somebody_asked,
    state_of,
    tried,
    way,
)

from followthrough.channels.email.talk import Patience
from followthrough.ledger.models import Alarm, Mailbox, Message, Pace
from followthrough.ledger.outbox.settling import reap
from followthrough.ledger.outbox.telling import tell
from followthrough.worker.sending.dispatch import send_all
from followthrough.worker.sending.post import Post

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def mailbox(server, mia, bob):
    return mailbox_at(server, bob)


@pytest.fixture
def ann(workspace, mia, bob):
    return somebody_asked("Ann", workspace, bob)


def test_after_three_domains_that_refuse_us_the_mailbox_stops(server, mailbox, workspace, mia, bob):
    server.says["rcpt"] = "550 5.7.1 not from you"
    for n, domain in enumerate(["one.example", "two.example", "three.example"]):
        party = somebody_asked(f"Ann{n}", workspace, bob)
        message = answer_to(party, mailbox)
        type(message).objects.filter(pk=message.pk).update(recipient=f"ann@{domain}")

    with at(SOON):
        send_all(mailbox, way())

    mailbox.refresh_from_db()
    assert (mailbox.state, mailbox.problem) == ("paused", "550 5.7.1 not from you")
    assert Alarm.objects.filter(member=mia, followup=None).count() == 1


@pytest.mark.parametrize(
    "said", ["452 4.5.3 slowly", "421 4.7.28 rate", "450 4.7.1 wait", "451 too many connections"]
)
def test_a_server_that_asks_for_patience_slows_the_whole_mailbox(server, mailbox, ann, said):
    server.says["mail"] = [said]

    message = tried(answer_to(ann, mailbox), mailbox)

    assert message.state == "queued"
    assert Pace.objects.get(mailbox=mailbox).slowed_to == mailbox.per_hour // 2


@pytest.mark.parametrize("said", ["535 5.7.8 wrong", "334 eyJzdGF0dXMiOiI0MDEifQ=="])
def test_a_mailbox_that_is_not_let_in_waits_and_nothing_fails(server, mailbox, ann, mia, bob, said):
    Mailbox.objects.update(sign_in="token" if said.startswith("334") else "password")
    server.says["auth"] = said
    message = tried(answer_to(ann, mailbox), mailbox)

    mailbox.refresh_from_db()
    assert (message.state, mailbox.state) == ("queued", "refused")
    told = Alarm.objects.filter(what="Your mailbox is not let in: sign in again")
    assert sorted(told.values_list("member__name", flat=True)) == ["Bob", "Mia"]

    knocks = server.asked["auth"]
    tried(message, mailbox, SOON + 30 * MINUTE)
    assert Post(way=way()).knock(mailbox.workspace, SOON + 30 * MINUTE) == ""
    assert server.asked["auth"] == knocks

    del server.says["auth"]
    assert Post(way=way()).knock(mailbox.workspace, SOON + HOUR) == "1 let in again"
    assert tried(message, mailbox, SOON + HOUR).state == "sent"


def test_a_sender_that_may_not_write_stops_the_mailbox_and_keeps_the_mail(server, mailbox, ann):
    server.says["mail"] = "550 5.7.60 not your address"

    message = tried(answer_to(ann, mailbox), mailbox)

    mailbox.refresh_from_db()
    assert (message.state, mailbox.state) == ("queued", "paused")


def test_a_server_that_cannot_be_reached_is_left_alone_for_a_minute(server, mailbox, ann):
    Mailbox.objects.update(smtp_port=1)
    message = tried(answer_to(ann, mailbox), mailbox)

    assert message.state == "queued"
    assert Pace.objects.get().rests_until == SOON + MINUTE


def test_whoever_sends_from_one_mailbox_waits_for_no_other(server, mailbox, workspace, mia, bob):
    """What left from Mia's, and is not told yet, is not gone through with each of Bob's."""
    hers = mailbox_at(server, mia)
    for_mia, for_bob = (somebody_asked(name, workspace, bob) for name in ("Ann", "Pat"))
    left = tried(answer_to(for_mia, hers, member=mia), hers)
    Message.objects.filter(pk=left.pk).update(told_at=None)

    other = tried(answer_to(for_bob, mailbox), mailbox)

    left.refresh_from_db()
    assert (other.told_at, left.told_at) == (SOON, None)
    assert tell(workspace, at=SOON) == 1  # the handle tells of whatever is left over


def test_who_slept_between_the_handover_and_the_last_byte_gives_up(server, mailbox, ann):
    message, clock = answer_to(ann, mailbox), iter([0.0, 61.0, 61.0, 62.0])

    with at(SOON):
        send_all(mailbox, way(seconds=lambda: next(clock)))

    # Not sent, and said to be so: the second attempt sent it.
    message.refresh_from_db()
    assert (len(server.taken), message.state, message.attempt) == (1, "sent", 2)


def test_an_answer_that_comes_after_the_lease_still_counts(server, mailbox, ann):
    message = answer_to(ann, mailbox)

    def too_slow(point):
        if point == "answered":
            reap(mailbox.workspace, at=SOON + HOUR)
            assert state_of(message) == "in_doubt"

    with at(SOON):
        send_all(mailbox, way(passes=too_slow))

    assert state_of(message) == "sent"


def test_a_quick_answer_is_kept_before_a_slow_one_comes(server, mailbox, workspace, bob):
    quick = answer_to(somebody_asked("Ann", workspace, bob), mailbox)
    slow = answer_to(somebody_asked("Pat", workspace, bob), mailbox)
    server.says["dot"] = lambda otherwise: HANG if server.taken else otherwise
    seen = []

    def look(point):
        if point == "answered":
            seen.append((state_of(quick), state_of(slow)))

    patient = Patience(opening=2, command=2, words=2, answer=4)
    with at(SOON):
        send_all(mailbox, way(passes=look, patience=patient))

    assert [sorted(one) for one in seen] == [["handover", "handover"], ["handover", "sent"]]
    assert sorted([state_of(quick), state_of(slow)]) == ["in_doubt", "sent"]
