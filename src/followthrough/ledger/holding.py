"""What was found in old mail is held back from Today, until a yes or until they come again."""

from collections.abc import Iterable
from datetime import UTC, datetime

from followthrough.ledger.models import FollowUp, Workspace
from followthrough.ledger.statements import update

# Later than every day that anybody looks at.
HELD = datetime(9999, 12, 1, tzinfo=UTC)


def hold_back(workspace: Workspace, parties: Iterable[int], *, at: datetime) -> int:
    """What this slice of an import brought onto the books waits for a yes; how many."""
    fresh = FollowUp.objects.filter(
        workspace=workspace, party__in=list(parties), settled_at=None, spread_to=None, opened_at=at
    )
    return fresh.update(spread_to=HELD, show_at=HELD)


def show_again(rows: Iterable[FollowUp]) -> None:
    """They came to us anew. Whoever writes the rows says from when they are shown."""
    for row in rows:
        if row.spread_to == HELD:
            row.spread_to = None


def release(rows: list[FollowUp], days: list[datetime]) -> None:
    """Shown from these days on, one for each."""
    for row, day in zip(rows, days, strict=True):
        row.spread_to = day
        row.show_at = max(min(row.since, row.due), day)
    update(rows, ("spread_to", "show_at"))


def hold_again(rows: list[FollowUp]) -> None:
    for row in rows:
        row.spread_to = row.show_at = HELD
    update(rows, ("spread_to", "show_at"))
