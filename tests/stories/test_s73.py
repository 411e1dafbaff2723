"""S73: We call to hear whether they are happy; a no is a complaint, and ends the asking."""

import pytest
from tests.cast import client_of
from tests.ledger.scene import MONDAY
from tests.stories.plans import do_it, stands, step_of, tell, with_plans
from tests.web.desk import filled, sheet_of, text_of

from followthrough.core.facts import TheyOrdered
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(workspace, ann):
    """Ann has ordered and was thanked; the call is next."""
    with_plans(workspace)
    tell(ann, TheyOrdered(at=MONDAY, matter="sign"), source="order")
    do_it(ann)
    return step_of(ann)


def test_s73_the_sheet_of_that_call_offers_not_happy(asked, bob):
    with clock.at(asked.due):
        page = client_of(bob).get(sheet_of(asked))

    assert "Not happy" in text_of(page)


def test_s73_not_happy_opens_a_complaint_with_the_note_and_asks_for_no_referral(asked, ann, bob):
    form = filled(outcome="unhappy", mode="plan", note="The colour is wrong.")
    with clock.at(asked.due):
        client_of(bob).post(sheet_of(asked), form)

    complaint = Matter.objects.get(party=ann, kind="complaint")
    assert complaint.title == "The colour is wrong."
    assert FollowUp.objects.get(matter=complaint, settled_at=None).rule == "answer_them"
    assert step_of(ann) is None
    assert stands(ann)[0] == "stopped"


def test_s73_happy_and_the_plan_goes_on(asked, ann, bob):
    with clock.at(asked.due):
        client_of(bob).post(sheet_of(asked), filled(outcome="spoke", mode="plan"))

    assert str(step_of(ann).what) == "Ask whom else it could help"
