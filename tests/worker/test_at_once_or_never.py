"""“It has arrived” leaves within the hour, by whatever can send it, or not at all."""

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import text_of
from tests.web.knocking import connected, filled
from tests.worker.laid import box_of

from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Mailbox, Message
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


# --- why none left ------------------------------------------------------------------------------


def test_why_none_left_stands_beside_what_they_wrote_and_among_the_reasons(form, bobs):
    asks(form)
    asks(form, at=MONDAY + 2 * HOUR, message="And what would two cost?")
    asked_again = FollowUp.objects.get(rule="answer_them")
    said = "Not answered at once: they had one within seven days"

    with clock.at(MONDAY + 3 * HOUR):
        person = bobs.get(reverse("person", args=[asked_again.party_id]))
        why = bobs.get(reverse("why", args=[asked_again.pk]))

    assert text_of(person).count(said) == 1  # the first one was answered
    assert said in text_of(why)


def test_the_page_of_the_words_says_who_got_none_lately(form, mias):
    asks(form)
    asks(form, at=MONDAY + 2 * HOUR, message="And what would two cost?")

    with clock.at(MONDAY + 3 * HOUR):
        page = mias.get(reverse("connection_answer", args=[form.pk]))

    [one] = page.context["without"]
    assert one["why"] == "they had one within seven days"
    assert "Not answered at once, lately" in text_of(page)


def test_of_one_that_was_held_too_long_it_says_that_it_was_too_late(form, mailbox, workspace, bobs):
    switches.hold(workspace, at=MONDAY)
    asks(form)
    stopping.cancel_hopeless(workspace, at=MONDAY + DAY)

    page = bobs.get(reverse("person", args=[Message.objects.get().party_id]))

    assert "Not answered at once: " in text_of(page)
