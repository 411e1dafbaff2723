"""S9: the money at stake drives the order of work, and whoever manages is told of it."""

import pytest
from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY, party_named
from tests.web.desk import hear, text_of, who_is_listed

from followthrough.core.facts import Opened, TheyEnquired, WeWrote
from followthrough.ledger import clock

LATER = MONDAY + 3 * DAY


@pytest.fixture
def silent(workspace, bob):
    """Two enquiries on one morning, the small one first; nobody has answered either."""
    small, large = (party_named(name, workspace, bob) for name in ("Small", "Large"))
    for party, cents in ((small, 50_000), (large, 5_000_000)):
        hear(
            party,
            Opened(at=MONDAY, matter="roof", value=cents),
            TheyEnquired(at=MONDAY, matter="roof"),
        )
    return small, large


def seen(client, at=LATER):
    with clock.at(at):
        return client.get("/")


def test_s09_of_two_silent_enquiries_the_larger_stands_above(silent, bobs):
    assert who_is_listed(seen(bobs)) == {"Waiting on you": ["Large", "Small"]}


def test_s09_the_manager_sees_what_is_at_risk_and_with_whom(silent, mias):
    page = seen(mias)

    assert "€50,000 at risk : Large waits for Bob, 3 days without an answer" in text_of(page)
    [first, second] = page.context["risks"]
    assert (first["who"], second["who"], second["money"]) == ("Large", "Small", "€500")
    assert first["url"] == reverse("person", args=[silent[1].pk])


def test_s09_it_is_for_those_who_manage_and_of_their_own_team(silent, bobs, sids):
    assert [seen(client).context["risks"] for client in (bobs, sids)] == [[], []]


def test_s09_before_our_answer_is_late_nothing_is_at_risk(silent, mias):
    assert seen(mias, MONDAY).context["risks"] == []


def test_s09_an_answer_takes_it_off_the_line(silent, mias):
    hear(silent[1], WeWrote(at=MONDAY + DAY, matter="roof"))

    assert [risk["who"] for risk in seen(mias).context["risks"]] == ["Small"]
