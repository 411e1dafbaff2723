"""Who is at the door, with what every page shows of their work: one question for each request.

In plain SQL: Django would build these parts of the question anew for every page.
"""

from django.db.models import Exists, OuterRef

from followthrough.ledger.holding import HELD
from followthrough.ledger.models import Member
from followthrough.ledger.proposals import DETAILS, OPEN

_DETAILS = ", ".join(f"'{kind}'" for kind in DETAILS)
_OPEN = f"""
  FROM ledger_proposal p LEFT JOIN ledger_followup f ON f.id = p.followup_id
 WHERE p.workspace_id = ledger_member.workspace_id AND p.member_id = ledger_member.id
   AND p.state = '{OPEN}'
   AND (p.followup_id IS NULL OR (f.settled_at IS NULL AND f.show_at >= '{HELD:%Y-%m-%d}'))"""
SHOWN = {
    # What the last run of the audit found.
    "uncovered": """
SELECT c.uncovered FROM ledger_checked c
 WHERE c.workspace_id = ledger_member.workspace_id ORDER BY c.at DESC LIMIT 1""",
    # How many people, found in mail and ticked by us, wait for a yes or a no.
    "found": f"""
SELECT COUNT(DISTINCT p.party_id) {_OPEN} AND p.ticked
   AND p.kind NOT IN ({_DETAILS})""",
    "anything_found": f"SELECT EXISTS (SELECT 1 {_OPEN})",
}


def member_at_the_door(user_id: int) -> Member | None:
    """With `covers` (somebody away has them as stand-in) and what SHOWN names."""
    covered = Member.objects.filter(stand_in=OuterRef("pk"), away_from__isnull=False)
    mine = Member.objects.filter(user_id=user_id, active=True).annotate(covers=Exists(covered))
    shown = mine.extra(select=SHOWN)  # noqa: S610 - constants
    return shown.select_related("workspace", "user").order_by("pk").first()
