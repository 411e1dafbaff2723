"""A step of a plan leaves by itself: once, within hours, and where nothing speaks against it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.ledger.scene import HOUR, MONDAY
from tests.worker.sending_scene import at, mailbox_at, way
from tests.worker.steps_scene import DAY, answered, begin, left, plan_of_mails, step_of, time_comes

from followthrough.core.facts import HandedOver, PutOff, TheyWrote, WeWrote
from followthrough.core.plans import Step
from followthrough.ledger import enrolling, pausing
from followthrough.ledger.models import (
    Address,
    Folder,
    FollowUp,
    Mailbox,
    Member,
    Message,
    Sequence,
    StoredMail,
)
from followthrough.ledger.outbox import switches
from followthrough.ledger.record import record
from followthrough.ledger.undo import undo
from followthrough.worker.plans.going_out import send_steps
from followthrough.worker.sending.dispatch import send_all

pytestmark = pytest.mark.django_db


def why_by_hand(party):
    return str(step_of(party).reason)


# --- it leaves --------------------------------------------------------------------------------


def test_it_leaves_on_its_day_and_the_next_one_stands(server, mailbox, begun, bob):
    row = step_of(begun)
    assert (row.member, row.sender) == (None, bob)

    time_comes(mailbox, row.due - HOUR)
    before = len(server.taken)
    time_comes(mailbox, row.due)

    [mail] = server.taken
    assert before == 0
    assert mail.recipient == "ann@home.example"
    assert b"\r\nList-Unsubscribe: " in mail.raw
    assert b"rather hear no more from us?" in mail.raw
    assert b"Auto-Submitted: auto-generated" in mail.raw
    assert b"Hello Ann" in mail.raw
    assert FollowUp.objects.filter(party=begun, settled_at=None).count() == 1
    assert str(step_of(begun).reason).startswith("Step 2 of 3")


def test_a_step_that_is_due_at_once_leaves_time_to_take_back_its_beginning(
    server, mailbox, workspace, bob
):
    at_once = Step(how="email", wait=0, alone=True, words="Hello {name}")
    ann, pat = (answered(name, f"{name}@home.example", workspace, bob) for name in ("Ann", "Pat"))
    sequence = plan_of_mails(workspace, at_once)
    for one in (ann, pat):
        begin(one, sequence, bob)

    time_comes(mailbox, MONDAY + timedelta(seconds=2))
    before = len(server.taken)
    undo(pat, source=f"begin:{pat.pk}:{sequence.pk}", by=bob, at=MONDAY)
    time_comes(mailbox, MONDAY + timedelta(seconds=11))

    assert before == 0
    assert [mail.recipient for mail in server.taken] == ["Ann@home.example"]


def test_however_often_the_handle_turns_each_step_leaves_once(server, mailbox, begun):
    for _ in range(3):
        day = step_of(begun).due
        for minutes in (0, 1, 2):
            time_comes(mailbox, day + minutes * HOUR / 60)

    assert len(server.taken) == 3
    assert len({mail.message_id for mail in server.taken}) == 3
    assert step_of(begun) is None


def test_a_worker_that_dies_before_sending_leaves_it_in_the_outbox(server, mailbox, begun):
    day = step_of(begun).due
    for _ in range(3):
        send_steps(mailbox.workspace, day)

    time_comes(mailbox, day)

    assert len(server.taken) == 1


def test_many_are_written_with_as_many_questions_as_few(workspace, mailbox, bob):
    plan = plan_of_mails(workspace)

    def questions(number):
        for n in range(number):
            begin(
                answered(f"Ann{number}{n}", f"a{number}{n}@home.example", workspace, bob), plan, bob
            )
        with CaptureQueriesContext(connection) as asked:
            send_steps(workspace, step_of_any(workspace).due)
        return len(asked)

    questions(1)  # from now on some wait, which are looked at too
    few = questions(3)
    many = questions(15)

    assert many <= few
    assert Message.objects.filter(state="queued").count() == 1 + 3 + 15


def test_who_cannot_be_written_to_keeps_back_nobody(workspace, mailbox, bob):
    plan = plan_of_mails(workspace)
    parties = [answered(name, f"{name}@home.example", workspace, bob) for name in ("ann", "pat")]
    for party in parties:
        begin(party, plan, bob)
    somebody = answered("sid", "sid@home.example", workspace, bob)
    # Their colleague has the same address, of whom we know that it is dead.
    Address.objects.filter(party=somebody).update(
        canonical="ann@home.example", dead_by="b" * 32, sharer=somebody.pk
    )

    send_steps(workspace, step_of(parties[1]).due)

    assert [one.party for one in Message.objects.filter(state="queued")] == [parties[1]]
    assert why_by_hand(parties[0]).startswith("Not sent by itself: ")


def step_of_any(workspace):
    return FollowUp.objects.filter(workspace=workspace, settled_at=None).order_by("-due")[0]


# --- what a person does instead ---------------------------------------------------------------


def test_where_a_word_is_missing_somebody_is_told_what(workspace, mailbox, ann, bob):
    begin(ann, plan_of_mails(workspace, Step(how="email", alone=True, words="About {topic}")), bob)

    time_comes(mailbox, step_of(ann).due)

    assert left(mailbox) == 0
    assert step_of(ann).member == bob
    assert why_by_hand(ann) == "Not sent by itself: write down what it is about"


def test_without_a_mailbox_that_is_read_it_stands_on_the_list(workspace, mailbox, begun, bob):
    Mailbox.objects.update(read_at=None)

    time_comes(mailbox, step_of(begun).due, inbox_read=False)

    assert step_of(begun).member == bob
    assert why_by_hand(begun) == "Not sent by itself: connect a mailbox whose inbox is read"


def test_what_no_server_took_is_somebodys_to_look_at(server, mailbox, begun, bob):
    server.says["dot"] = "552 5.3.4 too big"
    day = step_of(begun).due

    time_comes(mailbox, day)
    del server.says["dot"]
    time_comes(mailbox, day + HOUR)

    assert (len(server.taken), step_of(begun).member) == (0, bob)
    assert why_by_hand(begun) == "Not sent by itself: it could not be sent"


def test_done_by_hand_it_does_not_leave_and_undone_it_does(server, mailbox, begun, bob):
    row = step_of(begun)
    enrolling.by_hand(begun, row.matter.key, by=bob, at=MONDAY + HOUR, source="hand")
    time_comes(mailbox, row.due)
    assert (len(server.taken), step_of(begun).member) == (0, bob)

    undo(begun, source="hand", by=bob, at=row.due)
    time_comes(mailbox, row.due)

    assert len(server.taken) == 1


# --- what holds it ----------------------------------------------------------------------------


def written_but_not_sent(mailbox, party):
    """It waits in the outbox, as at the moment between writing and sending."""
    day = step_of(party).due
    Mailbox.objects.update(read_at=day)
    send_steps(mailbox.workspace, day)
    assert Message.objects.get(party=party).state == "queued"
    return day


def sent_at(mailbox, moment):
    Mailbox.objects.update(read_at=moment)
    mailbox.refresh_from_db()
    with at(moment):
        send_all(mailbox, way())
    return left(mailbox)


def hold_all(mailbox, _party, _bob, day):
    switches.hold(mailbox.workspace, at=day)


def hold_bobs(_mailbox, _party, bob, day):
    switches.hold_of(bob, at=day)


def pause(_mailbox, _party, _bob, day):
    pausing.pause(Sequence.objects.get(), at=day)


def put_off(_mailbox, party, bob, day):
    fact = PutOff(at=day, by=str(bob.pk), what=step_of(party).key, until=day + 7 * DAY)
    record(party, fact, source="later", at=day)


def they_write(_mailbox, party, _bob, day):
    record(party, TheyWrote(at=day), source="reply", at=day)


def we_write(_mailbox, party, bob, day):
    record(party, WeWrote(at=day, by=str(bob.pk)), source="own", at=day)


def by_hand(_mailbox, party, bob, day):
    enrolling.by_hand(party, step_of(party).matter.key, by=bob, at=day, source="hand")


def hand_over_to_mia(_mailbox, party, bob, day):
    mia = Member.objects.get(name="Mia")
    fact = HandedOver(at=day, to=str(mia.pk), by=str(bob.pk))
    record(party, fact, source="over", at=day)


HOLDS = (hold_all, hold_bobs, pause, put_off, they_write, we_write, by_hand, hand_over_to_mia)


@pytest.mark.parametrize("what", HOLDS)
def test_between_writing_and_sending_it_can_still_be_held(mailbox, begun, bob, what):
    day = written_but_not_sent(mailbox, begun)

    what(mailbox, begun, bob, day)

    assert sent_at(mailbox, day) == 0


def test_without_the_inbox_read_it_waits(mailbox, begun):
    day = written_but_not_sent(mailbox, begun)
    Mailbox.objects.update(read_at=day - HOUR)
    mailbox.refresh_from_db()

    with at(day):
        send_all(mailbox, way())
    assert left(mailbox) == 0
    assert sent_at(mailbox, day + HOUR) == 1


def stored(mailbox, moment, **more):
    """A mail that was fetched, and of which nobody knows yet what it says."""
    within = {"workspace": mailbox.workspace, "mailbox": mailbox}
    folder = Folder.objects.create(name="INBOX", role="inbox", **within)
    return StoredMail.objects.create(
        folder=folder, uidvalidity=1, uid=1, stored_at=moment, raw=b"", key="k", **within, **more
    )


def test_while_a_mail_that_was_fetched_is_not_understood_it_waits(mailbox, begun):
    day = written_but_not_sent(mailbox, begun)
    theirs = stored(mailbox, day)

    assert sent_at(mailbox, day) == 0
    StoredMail.objects.filter(pk=theirs.pk).update(state="aside")
    assert sent_at(mailbox, day) == 1


def test_what_lay_there_for_years_and_the_mail_of_a_box_that_was_removed_hold_nothing(
    server, mailbox, begun, mia
):
    day = written_but_not_sent(mailbox, begun)
    stored(mailbox, day, old=True)
    stored(mailbox_at(server, mia, removed_at=MONDAY), day)

    assert sent_at(mailbox, day) == 1


def test_when_all_was_held_it_goes_on_where_it_was(mailbox, begun):
    day = written_but_not_sent(mailbox, begun)
    switches.hold(mailbox.workspace, at=day)
    assert sent_at(mailbox, day) == 0

    switches.let_go_on(mailbox.workspace, at=day + HOUR)

    assert sent_at(mailbox, day + HOUR) == 1
