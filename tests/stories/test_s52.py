"""S52: Unanswered mail is counted per person, over threads and addresses."""

from tests.ledger.scene import DAY, MONDAY

from followthrough.core.facts import TheyWrote
from followthrough.ledger import queries
from followthrough.ledger.models import FollowUp
from followthrough.ledger.record import record


def test_s52_four_mails_in_three_threads_are_one_line(ann, bob):
    for n, thread in enumerate(("a", "b", "a", "c")):
        at = MONDAY + n * DAY
        record(ann, TheyWrote(at=at, thread=thread), source=f"mail:{n}", at=at)

    [line] = FollowUp.objects.filter(settled_at=None)

    assert (line.count, line.since) == (4, MONDAY)
    assert line.why.startswith("4 unanswered")
    assert (MONDAY + 19 * DAY - line.since).days == 19
    assert queries.waiting_count(bob, MONDAY + 19 * DAY) == 1
