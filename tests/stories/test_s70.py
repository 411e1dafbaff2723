"""S70: one day list over all kinds: customers, a supplier, somebody who is angry, in one order."""

from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, hear, quiet, who_is_listed

from followthrough.core.facts import Opened, TheyPromised, TheyWrote, WePromised
from followthrough.ledger import clock


def test_s70_four_leads_a_vendor_and_a_complaint_stand_in_one_order(workspace, bob, bobs):
    lead, promised, waits, cold, printer, angry = (
        party_named(name, workspace, bob)
        for name in ("Lead", "Promised", "Waits", "Cold", "Pat prints", "Angry")
    )
    enquired(lead, MONDAY - 2 * HOUR)
    hear(promised, WePromised(at=MONDAY - DAY, due=MONDAY + 2 * HOUR, matter="proofs"))
    hear(waits, TheyWrote(at=MONDAY - HOUR, matter="sign"))
    quiet(cold, MONDAY - 30 * DAY)
    hear(
        printer,
        Opened(at=MONDAY - 9 * DAY, kind="supply", matter="acrylic"),
        TheyPromised(at=MONDAY - 9 * DAY, due=MONDAY - 3 * DAY, matter="acrylic"),
    )
    hear(
        angry,
        Opened(at=MONDAY - HOUR, kind="complaint", matter="torn"),
        TheyWrote(at=MONDAY - HOUR, matter="torn", upset=True),
    )

    with clock.at(MONDAY + HOUR):
        page = bobs.get("/")

    listed = who_is_listed(page)
    assert list(listed) == ["Waiting on you", "You gave your word", "Gone quiet"]
    assert listed["Waiting on you"] == ["Angry", "Lead", "Waits"]
    assert listed["You gave your word"] == ["Promised"]
    assert sorted(listed["Gone quiet"]) == ["Cold", "Pat prints"]
    assert page.context["total"] == 6
