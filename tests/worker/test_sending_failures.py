"""Each failure that a mail server knows, at each point of the talk, and what follows from it."""

from datetime import timedelta
from itertools import pairwise

import pytest
from tests.servers.smtp import DROP, HANG
from tests.worker.sending_scene import (
    SOON,
    answer_to,
    mailbox_at,
    somebody_asked,
    tried,
    way,
)

from followthrough.ledger.models import Address, Alarm, Fact, FollowUp

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def mailbox(server, mia, bob):
    return mailbox_at(server, bob)


@pytest.fixture
def ann(workspace, mia, bob):
    return somebody_asked("Ann", workspace, bob)


BEFORE = ("greeting", "ehlo", "mail", "rcpt", "data")


@pytest.mark.parametrize("point", BEFORE)
@pytest.mark.parametrize("fault", [DROP, "421 closing", "451 4.3.0 not now", "babble"])
def test_before_the_last_byte_every_failure_is_surely_not_sent(server, mailbox, ann, point, fault):
    server.says[point] = [fault]
    message = tried(answer_to(ann, mailbox), mailbox)

    assert (server.taken, message.state, message.attempt) == ([], "queued", 1)
    assert message.not_before == SOON + 5 * MINUTE

    tried(message, mailbox, SOON + 5 * MINUTE)
    assert [one.message_id for one in server.taken] == [message.message_id]


def test_a_server_that_says_nothing_is_not_waited_for(server, mailbox, ann):
    server.says["rcpt"] = [HANG]

    message = tried(answer_to(ann, mailbox), mailbox)

    assert (server.taken, message.state) == ([], "queued")


@pytest.mark.parametrize(
    "fault", [DROP, HANG, "taken, drop", "taken, hang", "taken, babble", "354 go on"]
)
def test_after_the_last_byte_an_answer_that_cannot_be_read_is_a_doubt(server, mailbox, ann, fault):
    server.says["dot"] = fault

    message = tried(answer_to(ann, mailbox), mailbox)

    assert message.state == "in_doubt"
    assert FollowUp.objects.filter(pk=message.followup_id, settled_at=None).exists()
    before = len(server.taken)
    tried(message, mailbox, SOON + HOUR)
    assert len(server.taken) == before


def test_an_error_at_the_goodbye_concerns_no_mail(server, mailbox, ann):
    server.says["quit"] = "421 too late"

    assert tried(answer_to(ann, mailbox), mailbox).state == "sent"


@pytest.mark.parametrize("point", ["rcpt", "dot"])
@pytest.mark.parametrize("code", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"])
def test_an_address_that_is_not_there_is_marked_and_somebody_told(
    server, mailbox, ann, point, code
):
    server.says[point] = f"550 {code} no"

    message = tried(answer_to(ann, mailbox), mailbox)

    assert (message.state, message.dead) == ("failed", True)
    assert Address.objects.get(party=ann, kind="email").dead_by
    duty = FollowUp.objects.get(party=ann, settled_at=None, rule="mend_the_bounce")
    assert (duty.how, duty.why) == ("call", "Your mail came back: the address does not exist")
    assert Alarm.objects.filter(followup=duty, what="Your mail came back").exists()


def test_what_is_refused_for_its_words_leaves_the_address_alone(server, mailbox, ann):
    server.says["dot"] = "554 5.7.1 looks like spam"

    message = tried(answer_to(ann, mailbox), mailbox)

    assert (message.state, message.reason) == ("failed", "Their server refused it.")
    assert Address.objects.get(party=ann, kind="email").dead_by == ""
    assert FollowUp.objects.filter(party=ann, settled_at=None, rule="mend_the_bounce").exists()


@pytest.mark.parametrize("said", ["552 5.3.4 too big", "554 5.2.3 too big", "552 too big"])
def test_what_is_too_large_is_said_to_whoever_wrote_it(server, mailbox, ann, bob, said):
    server.says["dot"] = said

    message = tried(answer_to(ann, mailbox), mailbox)

    assert message.reason == "It is too large for their server. Send less with it."
    assert FollowUp.objects.filter(pk=message.followup_id, settled_at=None).exists()
    assert Alarm.objects.get(what="Your mail was not sent").member == bob
    assert not Fact.objects.filter(party=ann, kind="WeWrote").exists()


def test_a_server_that_says_how_much_it_takes_is_not_sent_more(server, mailbox, ann):
    server.offers = ("SIZE 100",)

    message = tried(answer_to(ann, mailbox), mailbox)

    assert (message.state, server.asked["mail"]) == ("failed", 0)


def test_a_full_mailbox_is_tried_once_more_after_three_days(server, mailbox, ann):
    server.says["rcpt"] = "552 5.2.2 full"
    message = tried(answer_to(ann, mailbox), mailbox)
    assert (message.state, message.not_before) == ("queued", SOON + 3 * DAY)

    message = tried(message, mailbox, SOON + 3 * DAY)

    assert (message.state, message.reason) == ("failed", "Their mailbox is full.")


def test_a_server_that_never_takes_it_is_given_up_after_three_days(server, mailbox, ann):
    server.says["rcpt"] = "451 4.3.0 not now"
    message = answer_to(ann, mailbox)
    moments = []

    while message.state == "queued" and len(moments) < 50:
        moments.append(max(message.not_before, SOON))
        message = tried(message, mailbox, moments[-1])

    pauses = [after - before for before, after in pairwise(moments)]
    assert pauses[:6] == [5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 12 * HOUR]
    assert message.reason == "Their server did not take it for three days."
    assert FollowUp.objects.filter(pk=message.followup_id, settled_at=None).exists()


def test_every_attempt_sends_the_same_bytes(server, mailbox, ann):
    server.says["dot"] = ["451 4.3.0 not now"]
    message = answer_to(ann, mailbox)

    tried(message, mailbox)
    tried(message, mailbox, SOON + 5 * MINUTE)

    [taken] = server.taken
    assert taken.raw == bytes(message.raw)


def test_reports_are_asked_for_where_the_server_gives_them(server, mailbox, ann):
    message = tried(answer_to(ann, mailbox), mailbox)

    assert server.taken[0].options.endswith(f"RET=HDRS ENVID={message.envelope}")


# --- where a name leads --------------------------------------------------------------------------


@pytest.mark.parametrize(("inside", "asked"), [("", 0), ("house", 0), ("machine", 1)])
def test_a_server_is_asked_only_where_its_name_leads_today(server, mailbox, ann, inside, asked):
    """On the day on which it was connected it may have led elsewhere."""
    message = answer_to(ann, mailbox)

    tried(message, mailbox, how=way(inside=inside))

    assert (server.asked["greeting"], message.state == "sent") == (asked, bool(asked))
    assert message.state in ("sent", "queued")
