"""S93: Persistent and polite: over all plans and people, two contacts in seven days at most."""

from dataclasses import replace

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.stories.plans import step_of, tell

from followthrough.core.facts import Opened, TheyEnquired, WeWrote
from followthrough.core.plans import Step
from followthrough.ledger import sequences
from followthrough.ledger.enrolling import enrol
from followthrough.ledger.models import FollowUp
from followthrough.ledger.sequences import Draft

pytestmark = pytest.mark.django_db
DAILY = Draft(name="Every day", steps=tuple(Step(how="call", wait=1) for _ in range(5)))


def test_s93_the_third_touch_in_seven_days_of_two_plans_of_two_people_is_held(
    workspace, ann, bob, mia
):
    one = sequences.make(workspace, DAILY, at=MONDAY)
    other = sequences.make(workspace, replace(DAILY, name="Another"), at=MONDAY)
    sequences.begin_with(other, "enquiry", at=MONDAY)
    workspace.refresh_from_db()
    tell(ann, Opened(at=MONDAY, matter="sign", owner=str(bob.pk)), source="sign")
    enrol(ann, one, by=bob, at=MONDAY, source="bob")
    over = Opened(at=MONDAY + HOUR, matter="wall", owner=str(mia.pk))
    tell(ann, over, source="wall")
    steps = FollowUp.objects.filter(party=ann, settled_at=None, rule="ask_again")
    assert {row.member for row in steps} == {bob, mia}

    for n, row in enumerate(list(steps)):
        done = WeWrote(at=MONDAY + DAY + n * HOUR, matter=row.matter.key, did=row.key)
        tell(ann, done, source=f"done:{n}")

    held = list(FollowUp.objects.filter(party=ann, settled_at=None, rule="ask_again"))
    assert len(held) == 2
    assert {str(row.held) for row in held} == {"Held: that would be too much in 7 days"}
    assert min(row.due for row in held) >= MONDAY + 8 * DAY


def test_s93_a_word_from_them_ends_every_plan_in_that_talk(workspace, ann, bob):
    one = sequences.make(workspace, DAILY, at=MONDAY)
    enrol(ann, one, by=bob, at=MONDAY, source="bob")
    tell(ann, TheyEnquired(at=MONDAY + DAY), source="form")

    assert step_of(ann) is None
