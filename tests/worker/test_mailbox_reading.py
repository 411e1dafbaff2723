"""A mailbox as it fills: stored first, thought about once, and nothing is lost on the way."""

from datetime import timedelta
from itertools import permutations

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import kinds, owed_to
from tests.worker.letters import connected, letter, read, reading_of, states

from followthrough.ledger import mailboxes, proposals
from followthrough.ledger.models import (
    Address,
    Alarm,
    Fact,
    Folder,
    Intake,
    MailTrace,
    Party,
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


def party_of(box):
    return Party.objects.get(pk=Address.objects.get(value=box.address).party_id)


def arrives(world, box, mail, mails):
    world.send(mail, to=box.address)
    world.wait_for(box, mails)


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


# --- what servers do ---------------------------------------------------------------------


def test_a_server_that_numbers_anew_brings_nothing_twice(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    arrives(mail_world, box, letter(ann.address, box.address, number="q1"), 1)
    read(mailbox, at=MONDAY + MINUTE)

    mail_world.dovecot.number_anew(box.address, "INBOX", 77_777)
    arrives(mail_world, box, letter(ann.address, box.address, "And?", number="q2"), 2)
    read(mailbox, at=MONDAY + 2 * MINUTE)

    assert Folder.objects.get(name="INBOX").uidvalidity == 77_777
    assert sorted(states(mailbox)) == ["copy", "read", "read"]
    assert kinds(party_of(ann)) == ["TheyWrote", "TheyWrote"]


def test_a_mail_that_was_moved_is_no_news(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    arrives(mail_world, box, letter(ann.address, box.address, number="q1"), 1)
    read(mailbox, at=MONDAY + MINUTE)

    mail_world.dovecot.move(box.address, "INBOX", "Junk")
    read(mailbox, at=MONDAY + 2 * MINUTE)

    assert states(mailbox) == ["read", "copy"]
    assert kinds(party_of(ann)) == ["TheyWrote"]


def test_a_wrong_password_is_told_once_and_tried_once_an_hour(mail_world, mia, bob, box):
    mailbox = connected(mail_world, bob, box)
    mail_world.dovecot.lock_out(box.address)

    read(mailbox)
    again = mailboxes.claim(reading_of(mailbox), lease="test", at=MONDAY + 59 * MINUTE)
    read(mailbox, at=MONDAY + HOUR)

    assert (mailbox.state, again) == ("refused", False)
    assert "does not accept this password" in mailbox.problem
    told = Alarm.objects.values_list("member__name", "what")
    said = f"{box.address} does not let us in any more"
    assert sorted(told) == [("Bob", said), ("Mia", said)]


def test_it_comes_back_by_itself(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    mail_world.dovecot.lock_out(box.address)
    read(mailbox)

    mail_world.dovecot.let_in(box.address)
    arrives(mail_world, box, letter(ann.address, box.address), 1)
    read(mailbox, at=MONDAY + HOUR)

    assert (mailbox.state, mailbox.problem, states(mailbox)) == ("works", "", ["read"])


def test_a_server_that_is_gone_for_an_hour_is_told_of_and_nothing_is_lost(
    mail_world, bob, box, ann
):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    port, mailbox.imap_port = mailbox.imap_port, 1
    mailbox.save(update_fields=["imap_port"])
    arrives(mail_world, box, letter(ann.address, box.address), 1)

    read(mailbox, at=MONDAY + MINUTE)
    early = Alarm.objects.count()
    read(mailbox, at=MONDAY + 62 * MINUTE)

    assert (early, Alarm.objects.get().what) == (
        0, f"{box.address} could not be read for an hour",
    )  # fmt: skip
    mailbox.imap_port = port
    mailbox.save(update_fields=["imap_port"])
    read(mailbox, at=MONDAY + 90 * MINUTE)
    assert (mailbox.problem, states(mailbox)) == ("", ["read"])


# --- what cannot be read ---------------------------------------------------------------------


def test_a_mail_that_cannot_be_read_is_kept_and_stops_no_other(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    mail_world.file(box, b"this is no mail at all")
    mail_world.file(box, letter(ann.address, box.address).as_bytes())

    read(mailbox, at=MONDAY + MINUTE)

    assert states(mailbox) == ["unreadable", "read"]
    kept = StoredMail.objects.get(state="unreadable")
    assert b"no mail at all" in bytes(kept.raw)
    assert kept.reason


def test_of_a_very_large_mail_the_words_are_read(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    read(mailbox)
    mail = letter(ann.address, box.address)
    mail.add_attachment(b"\0" * (38 << 20), maintype="image", subtype="tiff", filename="a.tiff")
    mail_world.file(box, mail.as_bytes())

    read(mailbox, at=MONDAY + MINUTE)

    [row] = StoredMail.objects.all()
    assert row.size > 50_000_000
    assert [owed.rule for owed in owed_to(party_of(ann))] == ["answer_them"]


# --- who else reads ------------------------------------------------------------------------------


def test_of_two_workers_one_reads(mail_world, bob, box):
    reading = reading_of(connected(mail_world, bob, box))

    assert mailboxes.claim(reading, lease="one", at=MONDAY)
    assert not mailboxes.claim(reading, lease="other", at=MONDAY + MINUTE)
    assert mailboxes.claim(reading, lease="other", at=MONDAY + 6 * MINUTE)


def test_a_mail_to_two_of_our_mailboxes_is_one_line(mail_world, bob, mia, box, ann):
    other = mail_world.mailbox("mia")
    boxes = [connected(mail_world, bob, box), connected(mail_world, mia, other)]
    for one in boxes:
        read(one)
    mail = letter(ann.address, f"{box.address}, {other.address}", number="q1")
    for one in (box, other):
        arrives(mail_world, one, mail, 1)

    for one in boxes:
        read(one, at=MONDAY + MINUTE)

    assert kinds(party_of(ann)) == ["TheyWrote"]
    assert [states(one) for one in boxes] == [["read"], ["copy"]]


def test_traces_tell_nothing(mail_world, bob, box, ann):
    mailbox = connected(mail_world, bob, box)
    mail_world.file(box, letter(box.address, ann.address, "Here.", number="a1").as_bytes(), "Sent")

    read(mailbox)

    assert [len(trace.value) for trace in MailTrace.objects.all()] == [32]
