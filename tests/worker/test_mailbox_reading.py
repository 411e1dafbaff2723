"""A mailbox as it fills: stored first, thought about once, and nothing is lost on the way."""

from datetime import timedelta
from itertools import permutations

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import kinds, owed_to
from tests.worker.letters import arrives, connected, letter, party_of, read, reading_of, states

from followthrough.ledger import proposals
from followthrough.ledger.models import (
    Address,
    Fact,
    Intake,
    StoredMail,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _servers_may_be_here(settings):
    settings.MAIL_INSIDE = "machine"


@pytest.fixture
def box(mail_world):
    return mail_world.mailbox()


@pytest.fixture
def ann(mail_world):
    return mail_world.mailbox("ann", "customer.test")


# --- what comes ------------------------------------------------------------------------


def test_a_new_mail_stands_on_the_list_of_its_member(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)

    arrives(mail_world, box, letter(f"Ann <{ann.address}>", box.address), 1)
    came = read(mailbox, at=MONDAY + MINUTE)

    [owed] = owed_to(party_of(ann))
    assert (came, owed.rule, owed.member) == (1, "answer_them", bob)
    assert owed.show_at <= MONDAY + HOUR
    assert party_of(ann).name == "Ann"


def test_what_lay_there_already_waits_for_a_yes(mail_world, bob, box, ann):
    arrives(mail_world, box, letter(f"Ann <{ann.address}>", box.address, at=MONDAY - DAY), 1)

    mailbox = connected(mail_world, bob, box)
    read(mailbox)

    [found] = proposals.to_decide(bob)
    assert (found.kind, found.party) == ("asked", party_of(ann))
    [intake] = Intake.objects.all()
    assert (intake.kind, intake.phase, intake.counts["outcomes"]) == (
        "mailbox", "done", {"linked": 1},
    )  # fmt: skip


def test_nothing_is_marked_as_read(mail_world, bob, box, ann):
    arrives(mail_world, box, letter(ann.address, box.address), 1)

    read(connected(mail_world, bob, box))

    assert mail_world.dovecot.flags_in(box.address) == ["\\Recent"]


def test_what_was_thought_about_is_not_kept(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    arrives(mail_world, box, letter(ann.address, box.address), 1)
    read(mailbox, at=MONDAY + MINUTE)

    [mail] = StoredMail.objects.all()
    assert (mail.state, mail.raw) == ("read", None)
    assert ann.address not in str(vars(mail))


def test_only_the_months_that_were_wanted_are_read(mail_world, bob, box):
    mailbox = connected(mail_world, bob, box, read_from=(MONDAY + 5000 * DAY).date())
    arrives(mail_world, box, letter("ann@customer.test", box.address), 1)

    assert read(mailbox) == 0


# --- what we write -----------------------------------------------------------------------


def test_an_answer_from_ones_own_program_settles_what_was_owed(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    arrives(mail_world, box, letter(ann.address, box.address, number="q1"), 1)
    read(mailbox, at=MONDAY + MINUTE)

    ours = letter(
        box.address, ann.address, "Two hundred pounds.", at=MONDAY + HOUR, subject="Re: Banners",
        number="a1", In_Reply_To="<q1@letters.test>", References="<q1@letters.test>",
    )  # fmt: skip
    mail_world.file(box, ours.as_bytes(), "Sent")
    read(mailbox, at=MONDAY + HOUR + MINUTE)

    party = party_of(ann)
    assert kinds(party) == ["TheyWrote", "WeWrote"]
    assert "answer_them" not in [row.rule for row in owed_to(party)]
    wrote = Fact.objects.get(kind="WeWrote")
    assert (wrote.by, wrote.own["thread"]) == (
        str(bob.pk), Fact.objects.get(kind="TheyWrote").own["thread"],
    )  # fmt: skip


def test_an_answer_that_is_numbered_before_its_question_finds_it(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    second = letter(
        ann.address, box.address, "And in red?", at=MONDAY + HOUR, number="q2",
        References="<q1@letters.test>",
    )  # fmt: skip
    arrives(mail_world, box, second, 1)
    read(mailbox, at=MONDAY + HOUR)

    arrives(mail_world, box, letter(ann.address, box.address, number="q1"), 2)
    read(mailbox, at=MONDAY + 2 * HOUR)

    assert len({fact.own["thread"] for fact in Fact.objects.all()}) == 1
    [owed] = owed_to(party_of(ann))
    assert owed.count == 2


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_order_in_which_a_conversation_arrives_changes_nothing(
    mail_world, bob, box, ann, order
):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    asked = letter(ann.address, box.address, number="q1")
    ours = letter(
        box.address, ann.address, "Two hundred pounds.", at=MONDAY + HOUR, number="a1",
        References="<q1@letters.test>",
    )  # fmt: skip
    again = letter(
        ann.address, box.address, "Could you do it by Friday?", at=MONDAY + 2 * HOUR, number="q2",
        References="<q1@letters.test> <a1@letters.test>",
    )  # fmt: skip
    mails = [(asked, "INBOX"), (ours, "Sent"), (again, "INBOX")]

    for n, place in enumerate(order):
        mail, folder = mails[place]
        mail_world.file(box, mail.as_bytes(), folder)
        read(mailbox, at=MONDAY + 3 * HOUR + n * MINUTE)

    [owed] = owed_to(party_of(ann))
    assert (owed.rule, owed.count, owed.since) == ("answer_them", 1, MONDAY + 2 * HOUR)
    assert len({fact.own["thread"] for fact in Fact.objects.all()}) == 1


def test_another_address_that_we_send_from_is_ours(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    ours = letter("sales@banners.test", ann.address, "Two hundred pounds.", number="a1")
    mail_world.file(box, ours.as_bytes(), "Sent")

    read(mailbox)

    assert reading_of(mailbox).aliases == ["sales@banners.test"]
    assert kinds(party_of(ann)) == ["WeWrote"]


# --- junk ------------------------------------------------------------------------------------


def test_junk_counts_only_where_it_answers_us(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    mail_world.file(box, letter(box.address, ann.address, "Here.", number="a1").as_bytes(), "Sent")
    read(mailbox)
    answer = letter(ann.address, box.address, "Yes please!", References="<a1@letters.test>")
    mail_world.file(box, letter("sid@else.test", box.address).as_bytes(), "Junk")
    mail_world.file(box, answer.as_bytes(), "Junk")

    read(mailbox, at=MONDAY + HOUR)

    assert kinds(party_of(ann)) == ["WeWrote", "TheyWrote"]
    assert not Address.objects.filter(value="sid@else.test").exists()
    left = StoredMail.objects.get(state="aside")
    assert left.reason == "in the junk folder, and no answer to us"


def test_c9_what_somebody_takes_out_of_the_junk_counts_from_then_on(mail_world, bob, box):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    lost = letter("sid@else.test", box.address)
    mail_world.file(box, lost.as_bytes(), "Junk")
    read(mailbox, at=MONDAY + HOUR)

    mail_world.dovecot.move(box.address, "Junk", "INBOX")
    read(mailbox, at=MONDAY + 3 * DAY)

    assert states(mailbox) == ["aside", "read"]
    assert Address.objects.filter(value="sid@else.test").exists()
