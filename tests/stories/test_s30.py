"""S30: Every new lead is asked more than once; one touch and nothing after it cannot exist."""

import pytest
from tests.cast import client_of
from tests.ledger.scene import DAY, HOUR, MONDAY, debts, party_named
from tests.stories.plans import follow, stands, step_of, tell, with_plans
from tests.web.desk import filled, sheet_of, text_of

from followthrough.core.facts import OptedOut, TheyEnquired, WeCalled, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.membership import Founding, found
from followthrough.ledger.models import FollowUp

pytestmark = pytest.mark.django_db


def enquire(party, at=MONDAY):
    tell(party, TheyEnquired(at=at, matter="sign"), source=f"form:{party.pk}")


def test_s30_a_new_lead_gets_seven_touches(workspace, ann):
    with_plans(workspace)
    enquire(ann)
    assert [rule for rule, _ in debts(ann)] == ["answer_them"]

    first = WeCalled(at=MONDAY + HOUR, matter="sign")
    tell(ann, first, source="first")
    rest = follow(ann)

    assert 1 + len(rest) == 7
    assert stands(ann) == ("finished", "")
    assert audit(workspace, at=MONDAY + 90 * DAY).uncovered == 0


def test_s30_one_touch_without_a_next_step_cannot_exist(workspace, ann):
    with_plans(workspace)
    enquire(ann)
    for n in range(7):
        tell(ann, WeCalled(at=MONDAY + n * DAY, matter="sign", outcome="message"), source=f"{n}")

        assert FollowUp.objects.filter(party=ann, settled_at=None).count() == 1


def test_s30_a_team_that_begins_has_the_plan_from_its_first_day(db):
    founding = Founding(
        workspace="Signs", name="Mia", email="mia@signs.example", password="x y z 1 2",
        zone="Europe/London", country="GB",
    )  # fmt: skip
    mia = found(founding, at=MONDAY - DAY)
    pat = party_named("Pat", mia.workspace, owner=mia)
    enquire(pat)
    tell(pat, WeWrote(at=MONDAY + HOUR, matter="sign"), source="first")

    assert str(step_of(pat).reason) == "Step 2 of 7 of “New enquiry, seven touches”"


def test_s30_whoever_says_stop_is_asked_no_more(workspace, ann):
    with_plans(workspace)
    enquire(ann)
    tell(ann, WeCalled(at=MONDAY + HOUR, matter="sign", outcome="message"), source="first")
    tell(ann, OptedOut(at=MONDAY + DAY), source="stop")

    assert step_of(ann) is None
    assert stands(ann) == ("stopped", "asked_to_stop")


def test_s30_whoever_answers_need_not_choose_the_next_step(workspace, ann, bob):
    with_plans(workspace)
    enquire(ann)
    [row] = FollowUp.objects.filter(party=ann, settled_at=None)
    with clock.at(MONDAY + HOUR):
        page = client_of(bob).get(sheet_of(row))
        client_of(bob).post(sheet_of(row), filled(outcome="wrote", mode="plan"))

    assert page.context["mode"] == "plan"
    assert "Next: Write what we spoke about, " in text_of(page)
    assert str(step_of(ann).reason).startswith("Step 2 of 7")


def test_s30_in_vain_they_still_wait_for_our_word(workspace, ann, bob):
    with_plans(workspace)
    enquire(ann)
    [row] = FollowUp.objects.filter(party=ann, settled_at=None)
    with clock.at(MONDAY + HOUR):
        client_of(bob).post(sheet_of(row), filled(outcome="no_answer", mode="plan"))

    assert [rule for rule, _ in debts(ann)] == ["answer_them"]
