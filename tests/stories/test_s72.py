"""S72: The thank-you goes out the day after the sale; whoever has not had it still stands there."""

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.stories.plans import do_it, step_of, tell, with_plans
from tests.web.desk import filled, owed_to, sheet_of

from followthrough.core.facts import Opened, QuoteSent, TheyOrdered, TheyWrote, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.audit import audit
from followthrough.ledger.models import FollowUp, Matter

pytestmark = pytest.mark.django_db


def order(party):
    tell(party, TheyOrdered(at=MONDAY, matter="sign"), source=f"order:{party.pk}")


def test_s72_sold_on_monday_thanked_on_tuesday(workspace, ann):
    with_plans(workspace)
    order(ann)

    step = step_of(ann)
    assert (str(step.what), step.how) == ("Say thank you", "email")
    assert step.due.date() == (MONDAY + DAY).date()


def test_s72_only_who_has_not_been_thanked_is_still_on_the_list(workspace, ann, pat):
    with_plans(workspace)
    order(ann)
    order(pat)
    do_it(ann)

    late = FollowUp.objects.filter(settled_at=None, rule="ask_again", due__lt=MONDAY + 3 * DAY)
    assert [row.party for row in late] == [pat]


def test_s72_their_question_on_the_same_day_does_not_cost_them_the_thanks(workspace, ann):
    with_plans(workspace)
    order(ann)
    tell(ann, TheyWrote(at=MONDAY + HOUR, matter="sign"), source="asks")
    tell(
        ann, WeWrote(at=MONDAY + 2 * HOUR, matter="sign", did="answer_them/sign/x"), source="answer"
    )

    assert step_of(ann) is not None


@pytest.mark.parametrize("where", ["sheet", "deal"])
def test_s72_a_yes_in_the_sheet_or_on_the_board_begins_it(workspace, ann, bob, where):
    with_plans(workspace)
    tell(
        ann, Opened(at=MONDAY, matter="sign", kind="deal", owner=str(bob.pk)),
        QuoteSent(at=MONDAY, matter="sign"), source="q",
    )  # fmt: skip
    with clock.at(MONDAY + HOUR):
        if where == "sheet":
            form = filled(outcome="spoke", mode="close", reason="won")
            client_of(bob).post(sheet_of(owed_to(ann)[0]), form)
        else:
            deal = Matter.objects.get(party=ann)
            given = {"to": "close", "reason": "won", "token": "t"}
            client_of(bob).post(reverse("deal_move", args=[deal.pk]), given)

    assert str(step_of(ann).what) == "Say thank you"
    assert step_of(ann).matter.kind == "order"
    assert audit(workspace, at=MONDAY + DAY).uncovered == 0
