"""S93: Many are begun with at once, and a mailbox sends so many a day: the day on which the last
mail goes out is said before, and it is that day."""

from datetime import UTC, timedelta

import pytest
from django.urls import reverse
from tests.ledger.scene import MONDAY
from tests.servers.smtp import Server
from tests.web.desk import text_of
from tests.web.test_sequences import form
from tests.worker.sending_scene import mailbox_at
from tests.worker.steps_scene import answered, begin, plan_of_mails, time_comes

from followthrough.core.plans import Step
from followthrough.ledger import clock
from followthrough.ledger.models import Message

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PEOPLE = 5


@pytest.fixture
def mailbox(mia, bob):
    """It sends two mails a day."""
    with Server() as server:
        yield mailbox_at(server, bob, read_at=MONDAY, per_day=2)


@pytest.fixture
def everybody(workspace, mailbox, bob):
    return [answered(f"Ann{n}", f"a{n}@home{n}.example", workspace, bob) for n in range(PEOPLE)]


def asked(client, address, **told):
    with clock.at(MONDAY):
        return text_of(client.get(address, told))


def last_left_on(mailbox, days):
    for n in range(days):
        for hour in (0, 1):
            time_comes(mailbox, MONDAY + n * DAY + timedelta(hours=hour))
    sent = Message.objects.filter(state="sent")
    return sent.count(), max(one.handover_at for one in sent).astimezone(UTC).date()


def test_s93_the_last_mail_goes_out_on_the_day_that_was_said_before(
    bobs, workspace, mailbox, everybody, bob
):
    """Tuesday to Thursday the first one; the second comes a working day after it."""
    plan = plan_of_mails(workspace)
    page = asked(bobs, reverse("plan_for_many"), party=[one.pk for one in everybody])
    for one in everybody:
        begin(one, plan, bob)

    count, last = last_left_on(mailbox, 18)

    assert count == 3 * PEOPLE
    assert f"the last mail goes out on {last:%a} {last.day} {last:%b %Y}." in page


def test_s93_before_a_change_is_kept_it_is_said_for_whoever_is_in_it(
    mias, workspace, mailbox, everybody, bob
):
    plan = plan_of_mails(workspace)
    for one in everybody:
        begin(one, plan, bob)
    address = reverse("sequence", args=[plan.pk])
    one_mail = form({"how": "email_alone", "words": "Hello {name}"}, do="look")

    as_it_is = asked(mias, address)
    with clock.at(MONDAY):
        changed = text_of(mias.post(address, one_mail))

    assert "With these steps for all of them the last mail goes out on Thu 12 Mar 2026," in as_it_is
    assert "the last mail goes out on Thu 5 Mar 2026, if nobody answers." in changed


def test_s93_of_a_plan_that_sends_nothing_nothing_is_said(bobs, workspace, mailbox, everybody):
    plan_of_mails(workspace, Step(how="call"))

    page = asked(bobs, reverse("plan_for_many"), party=[one.pk for one in everybody])

    assert "last mail" not in page


def test_s93_without_a_mailbox_nobody_is_told_a_day(bobs, workspace, mailbox, everybody):
    plan_of_mails(workspace)
    mailbox.state = "refused"
    mailbox.save()

    page = asked(bobs, reverse("plan_for_many"), party=[one.pk for one in everybody])

    assert "last mail" not in page
