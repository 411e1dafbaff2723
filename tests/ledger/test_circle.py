"""What is private is its owner's alone: in no list, count or command of anybody else."""

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.http import Http404
from tests.cast import member_named
from tests.ledger.scene import DAY, HOUR, MONDAY

import followthrough
from followthrough.core import facts
from followthrough.core.matter import PRIVATE
from followthrough.ledger import alarms, circle, membership, queries
from followthrough.ledger.audit import audit
from followthrough.ledger.comparing import to_compare
from followthrough.ledger.fitting import Looking
from followthrough.ledger.handover import hand_over_parties
from followthrough.ledger.looking import look
from followthrough.ledger.models import FollowUp, Matter, Member, OwnKey, Text
from followthrough.ledger.opening import (
    followup_for,
    listener_for,
    matter_for,
    parties_for,
    party_for,
    record_for,
)
from followthrough.ledger.record import WouldBeRead, record
from followthrough.ledger.sealing import OTHER_KEY, CouldNotSeal, open_for, seal
from followthrough.ledger.sweep import sweep
from followthrough.ledger.today import due_rows, today
from followthrough.ledger.week import days_of, evened

RECITAL = "Dance recital of little Ida"
THURSDAY = MONDAY + timedelta(days=3, hours=8)


@pytest.fixture
def promised(bob, mia):
    """Bob promised himself to be at the recital, Thursday at 18:00."""
    party = circle.private_party(bob, at=MONDAY)
    common = {"at": MONDAY, "matter": "private-1", "by": str(bob.pk)}
    record(
        party,
        facts.Opened(kind=PRIVATE, owner=str(bob.pk), **common),
        facts.WePromised(due=THURSDAY, how="do", **common),
        source="private:1", at=MONDAY,
        words=[("", ""), ("", seal(bob, RECITAL, at=MONDAY))],
    )  # fmt: skip
    return party


def first_row(member, at=THURSDAY):
    return next(row for band in today(member, at).bands for row in band.rows)


def nothing_due(member, at=THURSDAY):
    return not due_rows(member, at).exists() and today(member, at).due == 0


# --- its owner ---------------------------------------------------------------------------


def test_its_owner_reads_it_on_their_day(promised, bob):
    row = first_row(bob)

    assert (row.said.body, row.followup.what) == (RECITAL, "Keep your word")


def test_its_owner_is_reminded_by_the_clock(promised, bob, mia, workspace):
    alarms.ring(workspace, at=THURSDAY)

    assert [one.followup.party for one in alarms.unseen(bob, at=THURSDAY)] == [promised]
    assert not alarms.unseen(mia, at=THURSDAY).exists()


def test_there_is_one_private_circle_for_each(promised, bob, mia):
    assert circle.private_party(bob, at=MONDAY + DAY) == promised
    assert circle.private_party(mia, at=MONDAY) != promised


def test_others_see_that_the_hour_is_taken(promised, bob):
    [busy] = circle.busy(bob, MONDAY, MONDAY + 7 * DAY)

    assert (busy.start, busy.end) == (THURSDAY, THURSDAY + HOUR)
    assert circle.busy(bob, MONDAY, THURSDAY) == []


# --- everybody else ----------------------------------------------------------------------


def test_the_words_stand_nowhere_in_the_books(promised):
    """A dump of all tables, as a backup or an export would take it."""
    out = StringIO()
    call_command("dumpdata", "ledger", stdout=out)

    assert "recital" not in out.getvalue().lower()
    assert Text.objects.get(party=promised).body == ""


def test_nobody_else_opens_it(promised, mia):
    followup = FollowUp.objects.get(party=promised, rule="keep_promises")

    for open_it, pk in ((party_for, promised.pk), (record_for, promised.pk),
                        (followup_for, followup.pk)):  # fmt: skip
        with pytest.raises(Http404):
            open_it(mia, pk)


def test_the_key_of_another_member_opens_nothing(promised, bob, mia):
    seal(mia, "Her own", at=MONDAY)
    text = Text.objects.get(party=promised)
    open_for(mia, [text])
    assert text.body == ""

    # Nor does the other one's key, put into her row by somebody who may write to the database.
    OwnKey.objects.filter(member=mia).update(wrapped=OwnKey.objects.get(member=bob).wrapped)
    open_for(mia, [text])
    assert RECITAL not in text.body


def test_no_list_finds_it_and_no_count_counts_it(promised, workspace, bob, mia):
    assert look(workspace, Looking(), now=MONDAY).people == []
    assert look(workspace, Looking(order="silence"), now=MONDAY).people == []
    for words in ("private", "recital", "dance"):
        assert queries.people_like(workspace, words) == []
    assert queries.open_items_of(bob) == 0
    assert audit(workspace, at=MONDAY).open == 0
    assert not to_compare(workspace).exists()
    assert nothing_due(mia)


def test_the_nightly_sweep_changes_none_of_that(promised, workspace):
    assert sweep(workspace, at=MONDAY + DAY) == 0
    assert queries.people_like(workspace, "private") == []


def test_whoever_stands_in_does_not_see_it(promised, workspace, bob, mia):
    membership.send_away(bob, first=MONDAY.date(), last=(MONDAY + 7 * DAY).date(), stand_in=mia)
    sweep(workspace, at=MONDAY)

    stand_in = Member.objects.get(pk=mia.pk)
    assert nothing_due(stand_in)
    assert first_row(Member.objects.get(pk=bob.pk)).said.body == RECITAL


def test_an_uncovered_list_does_not_name_it(promised, workspace):
    FollowUp.objects.filter(party=promised).update(settled_at=MONDAY)

    assert audit(workspace, at=MONDAY).uncovered == 0


def test_explain_tells_the_chain_without_the_words(promised):
    out = StringIO()
    call_command("explain", str(FollowUp.objects.filter(party=promised).first().pk), stdout=out)

    assert "We gave our word" in out.getvalue()
    assert "recital" not in out.getvalue().lower()


def test_whoever_leaves_takes_it_along(promised, workspace, bob, mia):
    third = member_named("Cleo", workspace)
    membership.let_go(bob, to=third, by=mia, at=MONDAY + DAY)

    matter = Matter.objects.get(party=promised)
    assert (matter.owner_id, matter.outcome) == (bob.pk, circle.LEFT)
    assert not FollowUp.objects.filter(party=promised, settled_at=None).exists()
    assert Text.objects.get(party=promised).sealed == ""
    assert not OwnKey.objects.filter(member=bob).exists()
    assert nothing_due(third)


# --- the key -----------------------------------------------------------------------------


def test_another_server_key_says_what_to_do_and_loses_nothing(promised, bob, settings):
    was, settings.NAME_KEY = settings.NAME_KEY, "another key, by mistake"
    assert first_row(bob).said.body == OTHER_KEY
    with pytest.raises(CouldNotSeal):
        seal(bob, "Something new", at=MONDAY)

    settings.NAME_KEY = was
    assert first_row(bob).said.body == RECITAL


def test_the_list_of_a_stand_in_with_very_much_to_do_hides_it_too(
    promised, workspace, bob, mia, monkeypatch
):
    """Beyond so many the index walks the order of the day: another question, the same answer."""
    monkeypatch.setattr("followthrough.ledger.today.MANY", 0)
    membership.send_away(bob, first=MONDAY.date(), last=(MONDAY + 7 * DAY).date(), stand_in=mia)

    found = today(Member.objects.get(pk=mia.pk), THURSDAY)
    assert [row for band in found.bands for row in band.rows] == []


# --- told in the wrong place ---------------------------------------------------------------


def test_words_in_clear_are_never_recorded_of_what_is_private(promised):
    for words in [("", RECITAL), (RECITAL, "")]:
        with pytest.raises(WouldBeRead):
            record(promised, facts.Noted(at=MONDAY), source="note", at=MONDAY, words=[words])

    assert not Text.objects.filter(body__contains=RECITAL).exists()


def test_nobody_opens_or_hands_over_what_is_private_as_if_it_were_a_customers(bob, mia, promised):
    for open_it, pk in ((party_for, promised.pk), (matter_for, Matter.objects.get().pk)):
        with pytest.raises(Http404):
            open_it(bob, pk)
    assert parties_for(bob, [promised.pk]) == []
    assert hand_over_parties([promised], to=mia, by=bob, at=MONDAY) == []
    assert listener_for(bob, promised.pk).owner == bob


def test_the_spread_of_a_manager_counts_nothing_private(bob, mia, promised):
    def spread(viewer):
        days = days_of([bob], MONDAY, viewer)[bob.pk]
        return evened(bob, days, THURSDAY.date(), MONDAY, viewer)

    assert (spread(mia).stays, spread(bob).stays) == (0, 1)


def test_one_place_says_what_is_private_to_others():
    """A question that writes it out by itself is forgotten when that changes."""
    written = [
        path.name for path in Path(followthrough.__file__).parent.rglob("*.py")
        if re.search(r"kind\s*(=|<>|NOT IN|IN)\s*\(?'private'", path.read_text())
    ]  # fmt: skip

    assert written == []
