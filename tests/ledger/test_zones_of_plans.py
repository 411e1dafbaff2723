"""The hours in which a step is due, is looked at before, and leaves, are those of one zone."""

from zoneinfo import ZoneInfo

import pytest
from tests.ledger.scene import MONDAY, party_named

from followthrough.core.plans import Step
from followthrough.ledger import by_itself, sequences
from followthrough.ledger.enrolling import enrol
from followthrough.ledger.models import Address, FollowUp, Mailbox
from followthrough.ledger.parties import Known, find_or_add_many
from followthrough.ledger.plan_preview import preview
from followthrough.ledger.plans import plan_of
from followthrough.ledger.sequences import Draft
from followthrough.ledger.terms import terms_of

pytestmark = pytest.mark.django_db
PLACES = {
    "a number": ("phone", "+1 310 555 0100", "+13105550100", "America/Los_Angeles"),
    "an address": ("post", "1 Ginza, Tokyo, Japan", "1 ginza tokyo japan", "Asia/Tokyo"),
}


@pytest.fixture
def plan(workspace, bob):
    step = Step(how="email", wait=1, alone=True, words="Hello {name}")
    Mailbox.objects.create(
        workspace=workspace, member=bob, address="bob@banners.example", username="bob", secret="",
        imap_host="127.0.0.1", smtp_host="127.0.0.1", added_at=MONDAY, read_at=MONDAY,
    )  # fmt: skip
    return sequences.make(workspace, Draft(name="A mail", steps=(step,)), at=MONDAY)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_due_preview_and_leaving_are_in_the_same_zone(workspace, bob, plan, place):
    kind, value, canonical, zone = place
    ann = party_named("Ann", workspace, owner=bob)
    Address.objects.filter(party=ann, kind="phone").delete()
    Address.objects.create(
        workspace=workspace, party=ann, kind=kind, value=value, canonical=canonical
    )
    look = preview(ann, plan_of(sequences.newest(plan)), at=MONDAY)
    enrol(ann, plan, by=bob, at=MONDAY, source="begin")
    due = FollowUp.objects.get(party=ann, rule="ask_again").due

    hours = by_itself.hours_for(ann, terms_of(workspace), due)

    assert due.astimezone(ZoneInfo(zone)).hour == 9
    assert [one.at for one in look.days] == [due]
    assert (hours.opens, (hours.closes - hours.opens).seconds) == (due, 8 * 3600)


def test_what_they_said_themselves_goes_before_their_number(workspace, bob, plan):
    ann = party_named("Ann", workspace, owner=bob)
    ann.zone = "Asia/Tokyo"
    ann.save(update_fields=["zone"])
    Address.objects.create(
        workspace=workspace, party=ann, kind="phone", value="x", canonical="+13105550100"
    )

    enrol(ann, plan, by=bob, at=MONDAY, source="begin")

    assert FollowUp.objects.get(party=ann, rule="ask_again").due.hour == 0


def test_a_newcomer_is_where_their_number_belongs(workspace, bob, plan):
    [ann] = find_or_add_many(
        workspace, [Known(name="Ann", emails=("ann@home.example",), phones=("+1 310 555 0100",))],
        owner=bob, at=MONDAY,
    )  # fmt: skip

    enrol(ann, plan, by=bob, at=MONDAY, source="begin")

    due = FollowUp.objects.get(party=ann, rule="ask_again").due
    assert due.astimezone(ZoneInfo("America/Los_Angeles")).hour == 9
