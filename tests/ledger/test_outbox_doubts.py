"""Nobody knows whether it left: evidence decides, in its order; where there is none, a person."""

from datetime import timedelta

import pytest
from tests.ledger.scene import HOUR, MONDAY
from tests.worker.sending_scene import answer_to, mailbox_at, somebody_asked

from followthrough.ledger.models import Alarm, Fact, Message
from followthrough.ledger.outbox import doubts
from followthrough.ledger.outbox.doubts import Looked, reconcile
from followthrough.ledger.outbox.settling import reap
from followthrough.ledger.outbox.telling import tell

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Nowhere:
    port = 1


@pytest.fixture
def message(workspace, mia, bob):
    """Handed over at ten on Monday, and never heard of again."""
    ann = somebody_asked("Ann", workspace, bob)
    row = answer_to(ann, mailbox_at(Nowhere, bob, keeps_copies=True))
    Message.objects.update(
        state="handover", handover_at=MONDAY, lease_until=MONDAY + 11 * MINUTE, claim="x"
    )
    reap(workspace, at=MONDAY + 11 * MINUTE)
    row.refresh_from_db()
    assert row.state == "in_doubt"
    return row


def found(read_at):
    return lambda *_: Looked(found=True, read_at=read_at)


def absent(read_at):
    return lambda *_: Looked(found=False, read_at=read_at)


def after(message, copies, moment):
    reconcile(message.workspace, copies, at=moment)
    message.refresh_from_db()
    return message.state, message.evidence


def test_a_copy_in_the_sent_folder_proves_it(message):
    assert after(message, found(MONDAY + HOUR), MONDAY + HOUR) == ("sent", "copy")


def test_absence_counts_after_a_quarter_of_an_hour_in_a_folder_read_since(message):
    too_soon, long_after = MONDAY + 14 * MINUTE, MONDAY + 15 * MINUTE

    assert after(message, absent(too_soon), MONDAY + 20 * MINUTE) == ("in_doubt", "")
    assert after(message, absent(long_after), MONDAY + 20 * MINUTE) == ("queued", "")


def test_absence_from_a_mailbox_not_known_to_keep_copies_says_nothing(message, bob):
    type(message.mailbox).objects.update(keeps_copies=None)

    assert after(message, absent(MONDAY + HOUR), MONDAY + HOUR) == ("in_doubt", "")

    assert [one.pk for one in doubts.in_question(message.workspace)] == [message.pk]
    assert Alarm.objects.get(what="Did your mail leave? Nobody can tell").member == bob


def test_a_person_is_asked_once(message):
    after(message, doubts.no_copies, MONDAY + HOUR)
    after(message, doubts.no_copies, MONDAY + 2 * HOUR)

    assert Alarm.objects.filter(what="Did your mail leave? Nobody can tell").count() == 1


@pytest.mark.parametrize("what", ["delivered", "bounced", "replied"])
def test_whatever_comes_back_about_it_proves_that_it_left(workspace, message, what):
    doubts.heard_of(workspace, message.envelope, what, at=MONDAY + HOUR)

    message.refresh_from_db()
    assert (message.state, message.evidence) == ("sent", "report")
    assert getattr(message, f"{what}_at") == MONDAY + HOUR


def test_what_comes_back_twice_or_in_another_order_changes_nothing(workspace, message):
    doubts.heard_of(workspace, message.message_id, "bounced", at=MONDAY + HOUR)
    doubts.heard_of(workspace, message.envelope, "delivered", at=MONDAY + 2 * HOUR)
    doubts.heard_of(workspace, message.envelope, "bounced", at=MONDAY + 3 * HOUR)

    message.refresh_from_db()
    assert (message.bounced_at, message.delivered_at) == (MONDAY + HOUR, MONDAY + 2 * HOUR)


def test_a_report_about_something_else_is_nobodys(workspace, message):
    assert doubts.heard_of(workspace, "<other@home.example>", "bounced", at=MONDAY) is None


def test_the_answer_of_a_person_is_final(workspace, message):
    assert doubts.it_left(message, at=MONDAY + HOUR)
    assert not doubts.send_again(message, at=MONDAY + HOUR)

    tell(workspace, at=MONDAY + HOUR)
    assert Fact.objects.get(kind="WeWrote").at == MONDAY


def test_sent_again_it_keeps_its_name(message):
    before = (message.message_id, bytes(message.raw))

    assert doubts.send_again(message, at=MONDAY + HOUR)

    message.refresh_from_db()
    assert (message.state, message.message_id, bytes(message.raw)) == ("queued", *before)
