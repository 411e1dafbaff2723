"""A reply that is stored before the handover wins; one that is stored after it comes too late."""

import os
import random
import threading

import pytest
from django.db import connection
from tests.worker.sending_scene import SOON, answer_to, at, mailbox_at, somebody_asked, way

from followthrough.core.facts import Closed, OptedOut, TheyWrote
from followthrough.ledger.models import Message
from followthrough.ledger.outbox.claiming import claim, hand_over
from followthrough.ledger.record import record
from followthrough.worker.sending.dispatch import send_all

REPLIES = int(os.environ.get("CHAOS_REPLIES", "100"))
RACES = 20
SEED = 20260302
BATCH = 10


@pytest.fixture
def mailbox(server, mia, bob):
    return mailbox_at(server, bob)


@pytest.mark.chaos
@pytest.mark.django_db
def test_nothing_leaves_after_a_reply_was_stored(server, mailbox, workspace, bob):
    chance = random.Random(SEED)
    people = [somebody_asked(f"Ann{n}", workspace, bob) for n in range(REPLIES)]
    messages = {answer_to(one, mailbox).pk: one for one in people}
    before, after = set(), set()

    def somebody_replies(_point):
        flying = dict(
            Message.objects.filter(state__in=("claimed", "handover")).values_list("pk", "state")
        )
        for pk in sorted(flying.keys() - before - after):
            if chance.random() < 0.2:
                stop = chance.choice([TheyWrote(at=SOON), TheyWrote(at=SOON), OptedOut(at=SOON)])
                record(messages[pk], stop, source=f"reply:{pk}", at=SOON)
                (after if flying[pk] == "handover" else before).add(pk)

    with at(SOON):
        send_all(mailbox, way(at_once=BATCH, passes=somebody_replies))

    sent = {one.recipient for one in server.taken}
    too_early = {f"{messages[pk].name.lower()}@home.example" for pk in before}
    too_late = {f"{messages[pk].name.lower()}@home.example" for pk in after}
    assert len(before) > REPLIES // 5
    assert sent & too_early == set()
    assert too_late <= sent
    assert len(server.taken) == REPLIES - len(before)


@pytest.mark.django_db(transaction=True)
def test_of_a_reply_and_a_handover_at_the_same_moment_one_wins(mailbox, workspace, bob):
    chance = random.Random(SEED)
    for n in range(RACES):
        party = somebody_asked(f"Ann{n}", workspace, bob)
        message = answer_to(party, mailbox)
        [mine] = claim(mailbox, token="ours", most=1, at=SOON)
        start, waits = threading.Barrier(2), [chance.random() / 200, chance.random() / 200]

        def reply(party=party, start=start, wait=waits[0], n=n):
            start.wait()
            threading.Event().wait(wait)
            record(party, TheyWrote(at=SOON), source=f"reply:{n}", at=SOON)
            connection.close()

        other = threading.Thread(target=reply)
        other.start()
        start.wait()
        threading.Event().wait(waits[1])
        left, _ = hand_over(workspace, [mine.id], token="ours", at=SOON)
        other.join()

        message.refresh_from_db()
        assert message.state == ("handover" if left else "cancelled")


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", ["transactional", "conversation", "marketing"])
def test_what_they_asked_for_goes_out_whatever_they_say(mailbox, workspace, bob, purpose):
    ann = somebody_asked("Ann", workspace, bob)
    message = answer_to(ann, mailbox, purpose=purpose, followup=None)

    record(ann, OptedOut(at=SOON), source="stop", at=SOON)

    message.refresh_from_db()
    assert message.state == ("queued" if purpose == "transactional" else "cancelled")


@pytest.mark.django_db
def test_closing_it_stops_what_was_to_be_said_about_it(mailbox, workspace, bob):
    ann = somebody_asked("Ann", workspace, bob)
    message = answer_to(ann, mailbox)

    record(ann, Closed(at=SOON, matter=message.matter, outcome="lost"), source="close", at=SOON)

    message.refresh_from_db()
    assert (message.state, message.reason) == ("cancelled", "It was closed before this left.")
