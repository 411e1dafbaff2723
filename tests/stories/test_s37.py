"""S37: A dozen contacts over half a year, counted; neither a restart, nor the clock that is put
forward, nor another owner loses one."""

from zoneinfo import ZoneInfo

import pytest
from tests.ledger.scene import DAY, MONDAY
from tests.stories.plans import do_it, plan_called, stands, step_of, tell, with_plans

from followthrough.core.facts import HandedOver
from followthrough.ledger import plans, terms
from followthrough.ledger.audit import audit
from followthrough.ledger.enrolling import enrol
from followthrough.ledger.models import FollowUp
from followthrough.ledger.sweep import sweep

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def forget_everything():
    """As after a restart: nothing is known but what lies in the books."""
    plans._known.clear()
    terms._terms.cache_clear()


def test_s37_twelve_touches_survive_a_restart_the_clock_and_another_owner(workspace, ann, bob, mia):
    with_plans(workspace)
    enrol(ann, plan_called("half_year"), by=bob, at=MONDAY, source="begin")
    done = []
    while step_of(ann):
        assert FollowUp.objects.filter(party=ann, settled_at=None, rule="ask_again").count() == 1
        forget_everything()
        assert sweep(workspace, at=step_of(ann).due) == 0
        done.append(do_it(ann))
        if len(done) == 5:
            over = HandedOver(at=done[-1].due, to=str(mia.pk))
            tell(ann, over, source="over")

    hours = {row.due.astimezone(LONDON).hour for row in done}
    assert len(done) == 12
    assert hours == {9}
    assert [row.member for row in done] == [bob] * 5 + [mia] * 7
    assert 160 < (done[-1].due - MONDAY).days < 200
    assert stands(ann) == ("finished", "")
    assert audit(workspace, at=done[-1].due).uncovered == 0


def test_s37_the_contacts_are_counted(workspace, ann, bob):
    with_plans(workspace)
    enrol(ann, plan_called("half_year"), by=bob, at=MONDAY, source="begin")
    for _ in range(8):
        do_it(ann)

    ann.refresh_from_db()
    assert ann.contacts == 8
    assert str(step_of(ann).reason).startswith("Step 9 of 12")
    assert step_of(ann).due < MONDAY + 180 * DAY
