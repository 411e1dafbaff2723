"""“It has arrived” leaves within the hour, by whatever can send it, or not at all."""

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.knocking import connected, filled
from tests.worker.laid import box_of

from followthrough.ledger import clock
from followthrough.ledger.models import Mailbox, Message
from followthrough.ledger.outbox import stopping, switches
from followthrough.ledger.outbox.claiming import claim
from followthrough.worker.answering import answer_at_once

MINUTE = HOUR / 60


@pytest.fixture
def mailbox(settings, tmp_path, bob):
    settings.VAR = tmp_path
    return box_of(bob)


@pytest.fixture
def form(mia, bob, mailbox):
    return connected("form", bob)


def asks(form, at=MONDAY, **given):
    with clock.at(at):
        filled(form, **given)
    answer_at_once(form.workspace, at)


def leave(mailbox, at):
    stopping.cancel_hopeless(mailbox.workspace, at=at)
    return len(claim(mailbox, token="t" * 32, most=5, at=at))


def test_a_service_that_only_sends_can_send_it(form, mailbox):
    Mailbox.objects.update(read_at=None, imap_host="", sign_in="key")
    asks(form)

    assert leave(mailbox, MONDAY + MINUTE) == 1


def test_what_was_held_for_a_day_is_not_said_to_have_arrived_at_once(form, mailbox, workspace):
    switches.hold(workspace, at=MONDAY)
    asks(form)
    assert leave(mailbox, MONDAY + MINUTE) == 0

    switches.let_go_on(workspace, at=MONDAY + DAY)

    assert leave(mailbox, MONDAY + DAY) == 0
    assert Message.objects.get().state == "cancelled"


def test_held_for_a_moment_it_leaves(form, mailbox, workspace):
    switches.hold(workspace, at=MONDAY)
    asks(form)
    switches.let_go_on(workspace, at=MONDAY + 5 * MINUTE)

    assert leave(mailbox, MONDAY + 5 * MINUTE) == 1


def test_one_that_never_left_does_not_count_as_the_one_of_this_week(form, mailbox, workspace):
    switches.hold(workspace, at=MONDAY)
    asks(form)
    stopping.cancel_hopeless(workspace, at=MONDAY + DAY)
    switches.let_go_on(workspace, at=MONDAY + DAY)

    asks(form, at=MONDAY + 2 * DAY, message="And what would a door cost?")

    assert leave(mailbox, MONDAY + 2 * DAY) == 1
