"""S54: Whoever came every week and stays away for three is missed: two mails, then a call."""

import pytest
from tests.ledger.scene import DAY, MONDAY
from tests.stories.plans import do_it, follow, stands, step_of, tell, with_plans

from followthrough.core.facts import TheyVisited

pytestmark = pytest.mark.django_db
LAST = MONDAY + 21 * DAY


@pytest.fixture
def regular(workspace, ann):
    with_plans(workspace)
    for week in range(4):
        tell(ann, TheyVisited(at=MONDAY + 7 * week * DAY, matter="gym"), source=f"visit:{week}")
    return ann


def test_s54_three_weeks_of_silence_and_then_a_mail_a_mail_and_a_call(regular):
    done = follow(regular)

    assert [row.how for row in done] == ["email", "email", "call"]
    assert [(row.due.date() - LAST.date()).days for row in done] == [21, 28, 35]


def test_s54_coming_again_ends_it_and_the_rhythm_begins_anew(regular):
    do_it(regular)
    back = LAST + 23 * DAY
    tell(regular, TheyVisited(at=back, matter="gym"), source="back")

    assert stands(regular) == ("active", "")
    assert str(step_of(regular).reason).startswith("Step 1 of 3")
    assert step_of(regular).due >= back + 21 * DAY


def test_s54_two_visits_are_no_rhythm(workspace, pat):
    with_plans(workspace)
    for week in range(2):
        tell(pat, TheyVisited(at=MONDAY + 7 * week * DAY, matter="gym"), source=f"v:{week}")

    assert step_of(pat) is None
