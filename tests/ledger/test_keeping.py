"""What people decide about a mailbox, and what becomes of it when its member leaves."""

import pytest
from tests.cast import member_named
from tests.ledger.scene import DAY, HOUR, MONDAY

from followthrough.ledger import keeping, mailboxes, membership
from followthrough.ledger.credentials import secret_of
from followthrough.ledger.models import AccessToken, Mailbox, Pace, Reading
from followthrough.ledger.outbox import pace
from followthrough.ledger.sign_ins import keep_tokens


@pytest.fixture
def own(bob):
    return box_of(bob, "bob@banners.test")


def box_of(member, address, **more):
    return mailboxes.connect(
        member, "a password", at=MONDAY, address=address, username=address,
        imap_host="imap.banners.test", smtp_host="smtp.banners.test", **more,
    )  # fmt: skip


def of(mailbox):
    return Mailbox.objects.get(pk=mailbox.pk)


# --- leaving -----------------------------------------------------------------------------------


def test_a_day_after_its_member_left_nobody_can_sign_in_there(own, bob, mia):
    keep_tokens(own, "access", "", until=MONDAY + HOUR, at=MONDAY)
    membership.let_go(bob, to=mia, by=mia, at=MONDAY)

    mailboxes.let_go(bob.workspace, at=MONDAY + HOUR)
    early = of(own).secret
    mailboxes.let_go(bob.workspace, at=MONDAY + DAY + HOUR)

    assert (early != "", of(own).secret, AccessToken.objects.count()) == (True, "", 0)


def test_who_comes_back_the_same_day_finds_it_as_it_was(own, bob, mia):
    other = box_of(bob, "old@banners.test")
    mailboxes.remove(other, at=MONDAY)
    membership.let_go(bob, to=mia, by=mia, at=MONDAY)

    membership.welcome_back(bob)

    assert [row.mailbox for row in mailboxes.to_read(bob.workspace)] == [own]
    assert secret_of(of(own)) == "a password"


def test_an_address_that_was_connected_meanwhile_stays_where_it_is(own, bob, mia):
    membership.let_go(bob, to=mia, by=mia, at=MONDAY)
    box_of(mia, "bob@banners.test", shared=True)

    membership.welcome_back(bob)

    assert mailboxes.of_member(bob).count() == 0


def test_a_shared_one_goes_to_whoever_takes_over(bob, mia):
    shared = box_of(bob, "info@banners.test", shared=True)

    membership.let_go(bob, to=mia, by=mia, at=MONDAY)

    assert (of(shared).member, of(shared).removed_at) == (mia, None)


# --- paused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "sign_in"), [("paused", "password"), ("refused", "key")])
def test_one_that_was_stopped_sends_again_with_a_clean_sheet(own, state, sign_in):
    Mailbox.objects.filter(pk=own.pk).update(
        state=state, sign_in=sign_in, problem="554 no", problem_since=MONDAY
    )
    for domain in ("a.test", "b.test", "c.test"):
        pace.refused_by(own, domain)
    stop = keeping.stop_of(of(own))

    assert keeping.let_send(of(own))
    assert not keeping.let_send(of(own))

    assert (of(own).state, of(own).problem, Pace.objects.get().refused) == ("works", "", [])
    assert keeping.stop_again(own, stop)
    assert (of(own).state, of(own).problem, of(own).problem_since) == (state, "554 no", MONDAY)


def test_a_password_that_is_refused_is_not_let_go_on_by_a_press(own):
    Mailbox.objects.filter(pk=own.pk).update(state="refused", problem="535 no")

    assert not keeping.let_send(of(own))


# --- addresses that are not ours ----------------------------------------------------------------


def test_an_address_that_is_not_ours_is_somebody_elses(own, bob):
    Reading.objects.update(aliases=["ann@customer.test", "sales@banners.test"])

    assert keeping.disown(own, "ann@customer.test")
    assert not keeping.disown(own, "ann@customer.test")

    assert keeping.aliases_of(own) == ["sales@banners.test"]
    assert "ann@customer.test" not in mailboxes.our_addresses(bob.workspace)
    assert keeping.own(own, "ann@customer.test")
    assert keeping.aliases_of(own) == ["ann@customer.test", "sales@banners.test"]


# --- very many ------------------------------------------------------------------------------------


def test_those_who_are_not_listened_to_have_their_turn_the_longest_first(bob):
    boxes = [box_of(bob, f"b{n}@banners.test") for n in range(3)]
    rows = [Reading.objects.get(mailbox=box) for box in boxes]
    ids = [row.pk for row in rows]
    assert mailboxes.claim(rows[0], lease="one", at=MONDAY)

    first = mailboxes.next_in_turn(ids, at=MONDAY)
    assert mailboxes.claim(first, lease="two", at=MONDAY)
    mailboxes.worked(first, at=MONDAY)
    second = mailboxes.next_in_turn(ids, at=MONDAY)
    assert mailboxes.claim(second, lease="two", at=MONDAY)

    assert (first, second) == (rows[1], rows[2])
    assert mailboxes.next_in_turn(ids, at=MONDAY) is None
    assert mailboxes.next_in_turn(ids, at=MONDAY + 2 * mailboxes.EVERY) == rows[1]


def test_what_only_sends_is_not_read(bob):
    box_of(bob, "x@banners.test")
    Mailbox.objects.update(sign_in="key")

    assert not mailboxes.to_read(bob.workspace).exists()


def test_a_stranger_is_not_touched(own, bob, mia, sid):
    theirs = box_of(member_named("Other", sid.workspace), "bob@banners.test")

    membership.let_go(bob, to=mia, by=mia, at=MONDAY)

    assert of(theirs).removed_at is None
