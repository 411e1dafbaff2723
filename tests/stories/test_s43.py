"""S43: What is being lost right now, in money, and when we last looked."""

from datetime import UTC, datetime

from tests.ledger.scene import MONDAY, party_named

from followthrough.core.facts import Opened
from followthrough.ledger.audit import check
from followthrough.ledger.models import Checked, FollowUp
from followthrough.ledger.record import Heard, record_many

EIGHT = datetime(2026, 3, 3, 8, tzinfo=UTC)


def test_s43_nothing_is_uncovered_and_we_say_so(workspace, mia, bob):
    openings(workspace, bob, 412)

    assert str(check(workspace, at=EIGHT)) == "412 open, 0 uncovered, checked 08:00"


def test_s43_what_is_uncovered_is_counted_in_money(workspace, mia, bob):
    openings(workspace, bob, 9)
    lost = FollowUp.objects.order_by("pk").values_list("pk", flat=True)[:7]
    FollowUp.objects.filter(pk__in=list(lost)).update(settled_at=MONDAY)

    found = check(workspace, at=EIGHT)

    assert (found.uncovered, found.money, found.oldest) == (7, 7 * 175_714, MONDAY)
    assert Checked.objects.values_list("open", "uncovered", "money").get() == (9, 7, 1_229_998)


def openings(workspace, owner, count):
    told = Opened(at=MONDAY, matter="deal", value=175_714)
    parties = [party_named(f"P{n}", workspace, owner=owner) for n in range(count)]
    record_many(
        [Heard(party=one, source=f"open:{one.pk}", facts=[told]) for one in parties], at=MONDAY
    )
