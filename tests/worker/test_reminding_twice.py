"""Two workers at one letter, and one that cannot be written: nobody waits or hears it twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from tests.cast import member_named
from tests.ledger.conftest import ann
from tests.ledger.scene import MONDAY, party_named
from tests.web.desk import hear
from tests.worker.ticking import mails

from followthrough.channels import house
from followthrough.core.facts import Opened, WePromised
from followthrough.ledger import alarms, mailing
from followthrough.ledger.models import Member, Notice
from followthrough.web.reminders import letters
from followthrough.worker.leaving import Way, leave
from followthrough.worker.reminding import mail as mail_now

__all__ = ["ann"]
MINUTE = timedelta(minutes=1)
TWO = datetime(2026, 3, 3, 14, tzinfo=UTC)
RINGS = TWO - 10 * MINUTE


def promised_to(name, member):
    common = {"at": MONDAY, "matter": "sign", "by": str(member.pk)}
    party = party_named(name, member.workspace, owner=member)
    hear(party, Opened(**common), WePromised(due=TWO, how="call", **common))


@pytest.fixture
def two_letters(bob, mia):
    """Bob is to be told of Ann and Tom, Mia of Pat."""
    Member.objects.update(digest=False)
    for name, member in (("Ann", bob), ("Tom", bob), ("Pat", mia)):
        promised_to(name, member)
    alarms.ring(bob.workspace, at=RINGS)
    return bob.workspace


def test_while_one_worker_is_at_a_slow_letter_another_sends_the_rest_and_none_twice(two_letters):
    def slow(batch, now):
        """The server takes five minutes; meanwhile another worker has its turns."""
        for minutes in range(6):
            mail_now(two_letters, now + minutes * MINUTE)
        house.send(house.written(batch[0].member, batch, now))
        mailing.sent(batch, at=now)
        return True

    leave(two_letters, Way(name="mail", carry=slow), RINGS)

    assert sorted(who for who, _ in mails()) == ["bob", "mia"]
    assert not Notice.objects.filter(way="mail", sent_at=None).exists()


def test_what_two_workers_saw_one_of_them_takes(two_letters):
    first = mailing.due(two_letters, "mail", at=RINGS)
    second = mailing.due(two_letters, "mail", at=RINGS)

    taken = [len(mailing.take(batch, at=RINGS)) for batch in (*first, *second)]

    assert sorted(taken) == [0, 0, 1, 2]


@pytest.fixture
def _unwritable():
    """Whatever is about Ann cannot be written."""

    def write(member, notices, at):
        if any(one.alarm.followup.party.name == "Ann" for one in notices):
            raise ValueError("a date that is none")
        return letters.write(member, notices, at)

    house.let_write(write)
    yield
    house.let_write(letters.write)


@pytest.mark.usefixtures("_unwritable")
def test_a_reminder_that_cannot_be_written_stops_no_other_of_the_same_member(two_letters):
    sent, problem = mail_now(two_letters, RINGS)

    assert sent == 2
    assert sorted(mails()) == [
        ("bob", "Tom: You promised to call"), ("mia", "Pat: You promised to call"),
    ]  # fmt: skip
    [waits] = Notice.objects.filter(way="mail", sent_at=None)
    assert (waits.alarm.followup.party.name, waits.attempts) == ("Ann", 1)
    assert waits.problem == problem == "ValueError: a date that is none"


@pytest.mark.usefixtures("_unwritable")
def test_it_is_tried_again_later_and_later_and_the_page_can_say_so(two_letters):
    for minutes in range(10):
        mail_now(two_letters, RINGS + minutes * MINUTE)

    assert mailing.stuck(two_letters).attempts == 4  # after 1, 2 and 5 minutes
    assert len(mail.outbox) == 2


def test_who_has_left_is_told_nothing(two_letters):
    zoe = member_named("Zoe", two_letters)
    promised_to("Max", zoe)
    alarms.ring(two_letters, at=RINGS)
    Member.objects.filter(pk=zoe.pk).update(active=False)

    mail_now(two_letters, RINGS)

    assert "zoe" not in {who for who, _ in mails()}
