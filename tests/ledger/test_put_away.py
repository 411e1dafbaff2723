"""A plan that was put away begins with nobody, also where its page stood open before."""

from tests.ledger.scene import MONDAY

from followthrough.core.plans import Step
from followthrough.ledger import sequences
from followthrough.ledger.enrolling import REFUSED, enrol
from followthrough.ledger.models import Fact

DRAFT = sequences.Draft(name="After a fair", steps=(Step(how="call", wait=1),))


def test_it_begins_with_nobody_and_that_is_told(workspace, ann, bob, mia):
    fair = sequences.make(workspace, DRAFT, by=mia, at=MONDAY)
    page_before = type(fair).objects.get(pk=fair.pk)
    sequences.retire(fair, at=MONDAY)

    why = enrol(ann, page_before, by=bob, at=MONDAY, source="begin")

    assert why == REFUSED["retired"]
    assert list(Fact.objects.values_list("kind", flat=True)) == ["NotEnrolled"]
