"""An absence hides nothing: what was late before it began is shown to whoever stands in."""

from datetime import UTC, date, datetime

from followthrough.core.facts import TheyWrote
from followthrough.ledger.membership import send_away
from followthrough.ledger.models import Member, Party
from followthrough.ledger.queries import today
from followthrough.ledger.record import record

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 9, tzinfo=UTC)


def test_what_was_late_before_an_absence_is_shown_to_the_stand_in(workspace, bob, mia):
    ann = Party.objects.create(workspace=workspace, name="Ann", owner=bob, created_at=MONDAY)
    record(ann, TheyWrote(at=MONDAY), source="mail:1", at=MONDAY)
    assert today(mia, FRIDAY).due == 0

    send_away(bob, first=date(2026, 3, 5), last=date(2026, 3, 18), stand_in=mia)

    mia = Member.objects.select_related("workspace").get(pk=mia.pk)
    shown = [row.followup.party.name for band in today(mia, FRIDAY).bands for row in band.rows]
    assert shown == ["Ann"]
