"""S57: Everything has a named owner who is active: nobody leaves before their items have one."""

import pytest
from tests.cast import member_named
from tests.ledger.scene import DAY, MONDAY, party_named

from followthrough.core.facts import TheyEnquired
from followthrough.ledger import handover, membership, queries
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
