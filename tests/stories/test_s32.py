"""S32: Calls, mails, text messages, cards and visits all count; a handshake moves the plan on."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import DAY
from tests.stories.plans import plan_called, step_of, with_plans
from tests.web.desk import filled, hear, kinds, owed_to, sheet_of, undo_of

from followthrough.core.facts import Met, Planned, WeCalled
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.enrolling import enrol

WEDNESDAY = datetime(2026, 5, 13, 9, tzinfo=UTC)


@pytest.fixture
def planned(ann, bob):
    """Bob called Ann on Monday and wants to call again on Thursday."""
    at = WEDNESDAY - 2 * DAY
    hear(ann, WeCalled(at=at, matter="roof", by=str(bob.pk)))
    hear(ann, Planned(at=at, due=WEDNESDAY + DAY, matter="roof", by=str(bob.pk)))
    return ann


def contacts(party):
    party.refresh_from_db()
    return party.contacts


def tell(bob, party, **what):
    given = {"token": "t", "note": "", "day": "2026-05-13", "when": ""} | what
    with clock.at(WEDNESDAY):
        return client_of(bob).post(reverse("happened", args=[party.pk]), given, follow=True)


def test_s32_met_at_the_market_adds_one_contact_and_moves_the_plan_on(workspace, planned, bob):
    [before] = owed_to(planned)

    page = tell(bob, planned, outcome="met", note="Met at the market.", when="call in 2 weeks")

    assert contacts(planned) == 2
    [after] = owed_to(planned)
    assert (after.pk != before.pk, after.due > before.due + 10 * DAY) == (True, True)
    assert "Met at the market." in page.content.decode()
    assert audit(workspace, at=WEDNESDAY).uncovered == 0


@pytest.mark.parametrize("outcome", ["met", "spoke", "wrote", "texted", "posted"])
def test_s32_each_way_of_reaching_them_counts_as_a_contact(planned, bob, outcome):
    tell(bob, planned, outcome=outcome)

    assert contacts(planned) == 2


@pytest.mark.parametrize("outcome", ["spoke", "wrote", "met"])
def test_s32_so_does_each_outcome_of_the_sheet(planned, bob, outcome):
    [followup] = owed_to(planned)
    form = filled(outcome=outcome, mode="next", when="call in 2 weeks")

    with clock.at(WEDNESDAY):
        client_of(bob).post(sheet_of(followup), form)

    assert contacts(planned) == 2


def test_s32_without_a_day_of_ours_the_plan_still_goes_on(workspace, planned, bob):
    tell(bob, planned, outcome="met")

    assert audit(workspace, at=WEDNESDAY).uncovered == 0
    assert owed_to(planned) != []


def test_s32_a_market_last_saturday_stands_on_that_day(planned, bob):
    tell(bob, planned, outcome="met", day="2026-05-09")

    met = planned.facts.get(kind=Met.__name__)
    assert met.at.date().isoformat() == "2026-05-09"
    assert contacts(planned) == 2


@pytest.mark.parametrize("day", ["2026-05-14", "1900-01-01", "", "soon", "0000-00-00"])
def test_s32_a_day_to_come_has_not_happened(planned, bob, day):
    page = tell(bob, planned, outcome="met", day=day, note="Met at the market.")

    assert page.status_code == 422
    assert "Pick the day on which it was" in page.content.decode()
    assert "Met at the market." in page.content.decode()
    assert contacts(planned) == 1


def test_s32_told_twice_it_is_one_contact_and_it_can_be_taken_back(planned, bob):
    page = tell(bob, planned, outcome="met")
    tell(bob, planned, outcome="met")
    assert contacts(planned) == 2

    with clock.at(WEDNESDAY + DAY / 24):
        client_of(bob).post(undo_of(page))

    assert contacts(planned) == 1
    assert kinds(planned)[-1] == "Retracted"


def test_s32_a_stranger_tells_nothing_of_them(planned, sid):
    assert tell(sid, planned, outcome="met").status_code == 404


def test_s32_a_handshake_is_the_step_of_a_sequence_that_was_due(workspace, ann, bob):
    """And it stands beside the others, counted with them."""
    with_plans(workspace)
    at = WEDNESDAY - 9 * DAY
    enrol(ann, plan_called("half_year"), by=bob, at=at, source="begin")
    assert str(step_of(ann).reason).startswith("Step 1 of 12")

    tell(bob, ann, outcome="met", note="Met at the market.")

    assert str(step_of(ann).reason).startswith("Step 2 of 12")
    assert contacts(ann) == 1
