"""S24, S47 and S52 as they happen: through a mailbox that is read as it fills."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import hear, kinds, numbers, owed_to
from tests.worker.letters import connected, letter, read

from followthrough.core.facts import WeWrote
from followthrough.ledger import alarms, clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import Address, Matter, Party
from followthrough.ledger.parties import Known, find_or_add

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _servers_may_be_here(settings):
    settings.MAIL_INSIDE = "machine"


@pytest.fixture
def box(mail_world):
    return mail_world.mailbox()


@pytest.fixture
def mailbox(mail_world, bob, box):
    found = connected(mail_world, bob, box)
    read(found, at=MONDAY - DAY)
    return found


def arrives(world, box, mail, mails):
    world.send(mail, to=box.address)
    world.wait_for(box, mails)


def test_s47_a_new_thread_joins_the_open_promise(mail_world, box, mailbox, bob, bobs):
    known = Known(name="Ann", emails=("ann@customer.test",))
    ann = find_or_add(bob.workspace, known, owner=bob, at=MONDAY - DAY)
    with clock.at(MONDAY - DAY):
        bobs.post(
            reverse("promise_given", args=[ann.pk]),
            {"text": "The pictures", "when": "10 Mar 2026", "side": "ours", "condition": "",
             "token": str(next(numbers))},
        )  # fmt: skip

    arrives(mail_world, box, letter("ann@customer.test", box.address, at=MONDAY), 1)
    read(mailbox, at=MONDAY + MINUTE)

    assert Party.objects.count() == 1
    [matter] = Matter.objects.filter(closed_at=None)
    rows = {row.rule: row for row in owed_to(ann)}
    assert rows["answer_them"].matter == rows["keep_promises"].matter == matter
    assert audit(bob.workspace, at=MONDAY + MINUTE).uncovered == 0


def test_s52_four_mails_in_three_threads_from_two_addresses_are_one_line(
    mail_world, box, mailbox, bob
):
    known = Known(name="Ann", emails=("ann@customer.test", "ann@work.test"))
    ann = find_or_add(bob.workspace, known, owner=bob, at=MONDAY - DAY)
    mails = [
        letter("ann@customer.test", box.address, number="1", subject="Sign"),
        letter("ann@work.test", box.address, number="2", subject="Banner", at=MONDAY + DAY),
        letter("ann@customer.test", box.address, number="3", subject="Re: Sign",
               at=MONDAY + 2 * DAY, References="<1@letters.test>"),
        letter("ann@work.test", box.address, number="4", subject="Flag", at=MONDAY + 3 * DAY),
    ]  # fmt: skip

    for n, mail in enumerate(mails):
        arrives(mail_world, box, mail, n + 1)
        read(mailbox, at=MONDAY + n * DAY + MINUTE)

    [line] = [row for row in owed_to(ann) if row.rule == "answer_them"]
    assert (line.count, line.since) == (4, MONDAY)
    assert line.why.startswith("4 unanswered")


def test_s24_a_bounce_reaches_whose_mail_it_was_within_a_minute(mail_world, bob, box):
    """A real report of a real server, about a mail that Bob sent from his own program."""
    now = clock.now()
    mailbox = connected(mail_world, bob, box, at=now)
    read(mailbox, at=now)
    quote = letter(box.address, "ann@gone.test", "Our quote.", number="quote", at=now)
    mail_world.file(box, quote.as_bytes(), "Sent")
    mail_world.send(quote)
    mail_world.wait_for(box, 1)

    read(mailbox, at=now + MINUTE)

    ann = Party.objects.get(pk=Address.objects.get(value="ann@gone.test").party_id)
    assert sorted(kinds(ann)) == ["Bounced", "WeWrote"]
    assert Address.objects.get(value="ann@gone.test").dead_by
    told = [alarm.what for alarm in alarms.unseen(bob, at=now + 2 * MINUTE)]
    assert told == ["Your mail came back"]


def test_a_reply_ends_the_silence_that_we_were_waiting_in(mail_world, box, mailbox, bob):
    known = Known(name="Ann", emails=("ann@customer.test",))
    ann = find_or_add(bob.workspace, known, owner=bob, at=MONDAY - 9 * DAY)
    hear(ann, WeWrote(at=MONDAY - 9 * DAY, matter="roof"))
    before = [row.rule for row in owed_to(ann)]

    arrives(mail_world, box, letter("ann@customer.test", box.address), 1)
    read(mailbox, at=MONDAY + MINUTE)

    assert before == ["quiet_after_our_word"]
    assert [row.rule for row in owed_to(ann)] == ["answer_them"]
