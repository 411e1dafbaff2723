"""S57: Everything has a named owner who is active: nobody leaves before their items have one."""

from datetime import date

import pytest
from django.urls import reverse
from tests.cast import member_named
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import first_owed, hear, text_of
from tests.worker.ticking import bells, turn

from followthrough.core.facts import Opened, TheyEnquired, WePromised
from followthrough.ledger import clock, handover, membership, queries
from followthrough.ledger.audit import audit
from followthrough.ledger.models import FollowUp, Matter
from followthrough.ledger.record import record


@pytest.fixture
def anna(workspace, mia):
    anna = member_named("Anna", workspace)
    for n in range(63):
        party = party_named(f"P{n}", workspace)
        opened = TheyEnquired(at=MONDAY, matter="m")
        record(party, opened, source=f"form:{n}", at=MONDAY)
        [duty] = FollowUp.objects.filter(party=party, settled_at=None)
        handover.hand_over(duty.matter, to=anna, by=mia, at=MONDAY)
    return anna


def test_s57_all_63_items_go_with_the_door(workspace, anna, mia, bob):
    assert queries.open_items_of(anna) == 63

    membership.let_go(anna, to=bob, by=mia, at=MONDAY + DAY)

    assert (queries.open_items_of(anna), queries.open_items_of(bob)) == (0, 63)
    assert audit(workspace, at=MONDAY + DAY).uncovered == 0


def test_s57_not_even_a_row_that_no_word_explains_stays_behind(workspace, anna, mia, bob):
    Matter.objects.create(
        workspace=workspace, party=party_named("Ghost", workspace), key="ghost", owner=anna,
        kind="enquiry", opened_at=MONDAY,
    )  # fmt: skip
    assert queries.open_items_of(anna) == 64

    membership.let_go(anna, to=bob, by=mia, at=MONDAY + DAY)

    anna.refresh_from_db()
    assert (anna.active, queries.open_items_of(anna)) == (False, 0)
    assert audit(workspace, at=MONDAY + DAY).uncovered == 0


# --- absence --------------------------------------------------------------------------------

FIRST, LAST = date(2026, 3, 4), date(2026, 3, 6)  # Wednesday to Friday
THURSDAY_TWO = MONDAY + 3 * DAY + 4 * HOUR


@pytest.fixture
def away(ann, bob, mia, bobs):
    """Bob promised Ann a call on Thursday at two, and is away then; Mia stands in."""
    common = {"at": MONDAY, "matter": "sign", "by": str(bob.pk)}
    hear(ann, Opened(**common), WePromised(due=THURSDAY_TWO, how="call", **common))
    with clock.at(MONDAY + HOUR):
        said = {"first": FIRST, "last": LAST, "stand_in": mia.pk}
        bobs.post(reverse("absence", args=[bob.pk]), said)
    turn(MONDAY + HOUR)
    return ann


def test_s57_an_absence_needs_a_stand_in_who_is_there(bob, mia, bobs):
    there = reverse("absence", args=[bob.pk])
    alone = bobs.post(there, {"first": FIRST, "last": LAST})
    zoe = member_named("Zoe", bob.workspace)
    membership.send_away(mia, first=LAST, last=LAST, stand_in=zoe)
    both = bobs.post(there, {"first": FIRST, "last": LAST, "stand_in": mia.pk})

    assert (alone.status_code, both.status_code) == (422, 422)
    assert "Mia is not there in those days." in text_of(both)


def test_s57_a_promised_call_goes_over_with_its_hour_its_bell_and_its_words(away, bob, mia, mias):
    row = first_owed(away)
    assert (row.member, row.due) == (mia, THURSDAY_TWO)

    turn(THURSDAY_TWO - HOUR / 6)
    with clock.at(THURSDAY_TWO - HOUR / 6):
        panel = mias.get(reverse("followup_panel", args=[row.pk]))

    assert [what for what, _ in bells(mia, THURSDAY_TWO)] == ["You promised to call"]
    assert bells(bob, THURSDAY_TWO) == []
    assert "this is Mia. Bob is away until Friday 6 Mar and asked me to call you" in text_of(panel)


def test_s57_and_is_back_with_its_owner_afterwards(away, workspace, bob):
    monday = MONDAY + 7 * DAY
    for at in (monday, monday + HOUR / 60):
        turn(at)

    assert {row.member for row in away.followups.filter(settled_at=None)} == {bob}
    assert audit(workspace, at=monday).uncovered == 0


def test_s57_whoever_stands_in_cannot_be_let_go_with_open_items(away, mia, mias):
    page = mias.get(reverse("departure", args=[mia.pk]))

    assert "Mia still has" in text_of(page)
