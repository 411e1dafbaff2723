"""S57: While Bob is away, what leaves by itself does so in the name of Mia, or waits for him."""

from datetime import date

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.servers.smtp import Server
from tests.worker.sending_scene import mailbox_at
from tests.worker.steps_scene import answered, begin, left, plan_of_mails, step_of, time_comes
from tests.worker.ticking import turn

from followthrough.ledger import clock
from followthrough.ledger.models import Message

pytestmark = pytest.mark.django_db
WEEK = {"first": date(2026, 3, 2), "last": date(2026, 3, 6)}  # Bob is away from Monday to Friday
NEXT_MONDAY = MONDAY + 7 * DAY


@pytest.fixture
def mailboxes(mia, bob):
    with Server() as server:
        yield [mailbox_at(server, one, read_at=MONDAY) for one in (bob, mia)]


@pytest.fixture
def ann(workspace, mailboxes, bob):
    ann = answered("Ann", "ann@home.example", workspace, bob)
    begin(ann, plan_of_mails(workspace), bob)
    return ann


def goes_away(bobs, bob, mia, **chosen):
    with clock.at(MONDAY):
        bobs.post(reverse("absence", args=[bob.pk]), {**WEEK, "stand_in": mia.pk, **chosen})
    turn(MONDAY)


def test_s57_it_leaves_in_the_name_of_who_stands_in(ann, mailboxes, bob, mia, bobs):
    goes_away(bobs, bob, mia)

    time_comes(mailboxes[1], step_of(ann).due)

    mail = Message.objects.get(state="sent")
    assert (mail.member, mail.sender) == (mia, "mia@banners.example")
    assert mail.words.startswith("Hello Ann\n\nMia\n")


def test_s57_or_it_waits_as_bob_chose(ann, mailboxes, bob, mia, bobs):
    goes_away(bobs, bob, mia, plans_wait="yes")
    tuesday = MONDAY + DAY

    time_comes(mailboxes[0], tuesday)
    assert left(mailboxes[0]) == 0
    assert step_of(ann).due.date() == NEXT_MONDAY.date()
    assert step_of(ann).sender == bob

    time_comes(mailboxes[0], step_of(ann).due)
    assert Message.objects.get(state="sent").member == bob
