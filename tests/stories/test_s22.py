"""S22: Silence after a quote is an event of its own, and any word of theirs ends the asking."""

import pytest
from tests.ledger.scene import DAY, MONDAY
from tests.stories.plans import do_it, follow, stands, step_of, tell, with_plans

from followthrough.core.facts import Closed, Opened, QuoteSent, TheyOrdered, TheyWrote
from followthrough.ledger.audit import audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def quoted(workspace, ann):
    with_plans(workspace)
    tell(
        ann, Opened(at=MONDAY, matter="sign", kind="deal"), QuoteSent(at=MONDAY, matter="sign"),
        source="quote",
    )  # fmt: skip
    return ann


def test_s22_a_quote_without_reaction_is_asked_after_step_by_step(workspace, quoted):
    done = follow(quoted)

    days = [(row.due.date() - MONDAY.date()).days for row in done]
    assert [row.how for row in done] == ["call", "email", "call", "card", "email"]
    assert days == [2, 7, 11, 18, 25]
    assert str(done[0].what) == "Ask whether it arrived"
    assert stands(quoted) == ("finished", "")
    assert audit(workspace, at=MONDAY + 30 * DAY).uncovered == 0


@pytest.mark.parametrize(
    ("word", "why"),
    [
        (TheyWrote(at=MONDAY + 4 * DAY, matter="sign"), "replied"),
        (TheyOrdered(at=MONDAY + 4 * DAY, matter="sign"), "ordered"),
        (Closed(at=MONDAY + 4 * DAY, matter="sign", outcome="lost", reason="no"), "closed"),
    ],
)
def test_s22_a_reply_a_yes_and_a_no_end_it(quoted, word, why):
    do_it(quoted)
    tell(quoted, word, source="word")

    step = step_of(quoted)
    assert step is None or "After a quote" not in str(step.reason)
    assert why == "ordered" or stands(quoted) == ("stopped", why)
