"""S96: Signed up and absent: sorry that we missed you. Signed up and there: thank you."""

import pytest
from django.urls import reverse
from tests.cast import client_of
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.stories.plans import plan_called, step_of, with_plans
from tests.web.desk import text_of, undo_of

from followthrough.ledger import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ready", "first"),
    [("no_show", "Say: sorry that we missed you"), ("came", "Thank them for coming")],
)
def test_s96_begun_on_their_page_and_due_the_next_day(workspace, ann, bob, ready, first):
    with_plans(workspace)
    bobs = client_of(bob)
    with clock.at(MONDAY):
        offered = bobs.get(reverse("plan", args=[ann.pk]))
        given = {"sequence": plan_called(ready).pk, "token": "t", "do": "begin"}
        page = bobs.post(reverse("plan", args=[ann.pk]), given, follow=True)

    assert "Signed up, and did not come" in text_of(offered)
    assert str(step_of(ann).what) == first
    assert step_of(ann).due.date() == (MONDAY + DAY).date()
    assert "step 1 of" in text_of(page)
    with clock.at(MONDAY + HOUR):
        bobs.post(undo_of(page))
    assert step_of(ann) is None
