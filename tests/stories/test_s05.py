"""S5: An enquiry has one named owner, even if somebody else took the call."""

from tests.cast import member_named
from tests.ledger.scene import MONDAY, party_named

from followthrough.core.facts import Opened, TheyCalled
from followthrough.ledger.models import Fact, FollowUp, Matter
from followthrough.ledger.record import record


def test_s05_taken_by_one_owned_by_another(workspace, mia, bob):
    frank = member_named("Frank", workspace)
    caller = party_named("Ann", workspace)

    record(
        caller,
        Opened(at=MONDAY, matter="franchise", owner=str(frank.pk), by=str(bob.pk)),
        TheyCalled(at=MONDAY, matter="franchise", answered=False, by=str(bob.pk)),
        source="call:1",
        at=MONDAY,
    )

    assert Matter.objects.get().owner == frank
    assert {duty.member for duty in FollowUp.objects.all()} == {frank}
    assert Fact.objects.get(kind="TheyCalled").by == str(bob.pk)
