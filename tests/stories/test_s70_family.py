"""S70: One day list over all kinds, a family promise among them, in one order."""

from datetime import timedelta

from django.urls import reverse
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import enquired, filled, hear, who_is_listed

from followthrough.core.facts import Opened, TheyPromised
from followthrough.ledger import clock


def test_s70_leads_a_vendor_a_complaint_and_the_family_in_one_order(workspace, bob, bobs):
    for n in range(4):
        enquired(party_named(f"Lead{n}", workspace, bob), MONDAY - timedelta(hours=n))
    hurt = party_named("Hurt", workspace, bob)
    hear(hurt, Opened(at=MONDAY - HOUR, matter="c", kind="complaint", owner=str(bob.pk)))
    vendor = party_named("Pat", workspace, bob)
    hear(
        vendor,
        Opened(at=MONDAY - 9 * DAY, matter="vinyl", kind="supply", owner=str(bob.pk)),
        TheyPromised(at=MONDAY - 9 * DAY, matter="vinyl", due=MONDAY + 6 * HOUR),
    )
    with clock.at(MONDAY):
        bobs.post(
            reverse("promises"),
            filled(circle="private", text="Dance recital", when="today 18:00"),
        )
        day = bobs.get("/")

    listed = who_is_listed(day)
    assert list(listed) == ["Waiting on you", "You gave your word", "Gone quiet"]
    assert listed["Waiting on you"][0] == "Hurt"
    assert sorted(listed["Waiting on you"][1:]) == ["Lead0", "Lead1", "Lead2", "Lead3"]
    assert listed["You gave your word"] == ["Private"]
    assert listed["Gone quiet"] == ["Pat"]
    assert day.context["bands"][1]["rows"][0]["quote"] == "Dance recital"
