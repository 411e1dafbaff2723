"""What was found in old mail is held back from Today, until a yes or until they come again."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import Q

from followthrough.ledger.models import Fact, FollowUp, Intake, Proposal, Workspace
from followthrough.ledger.models.intake import GOING, UNDOING
from followthrough.ledger.statements import update

# Later than every day that anybody looks at.
HELD = datetime(9999, 12, 1, tzinfo=UTC)
UNDER_WAY = (GOING, UNDOING)


def hold_back(intake: Intake, parties: Iterable[int], *, at: datetime) -> int:
    """What this slice of an import brought onto the books waits for a yes; how many.

    Only what the import itself told, and nothing of a matter that stood on somebody's list: old
    mail takes nobody off Today.
    """
    ours = {"workspace": intake.workspace_id, "party__in": list(parties)}
    rows = FollowUp.objects.filter(**ours, opened_at=at)
    fresh = list(rows.filter(settled_at=None, spread_to=None, member__isnull=False))
    if not fresh:
        return 0
    names = {row.because for row in fresh}
    told = Fact.objects.filter(
        workspace=intake.workspace_id, intake=intake.pk, name__in=names,
        source__in={name.partition(".")[0] for name in names},
    )  # fmt: skip
    from_it = set(told.values_list("name", flat=True))
    seen = _seen_before({row.matter_id for row in fresh}, intake, at)
    held = [row for row in fresh if row.because in from_it and row.matter_id not in seen]
    hold_again(held)
    return len(held)


def _seen_before(matters: set[int], intake: Intake, at: datetime) -> set[int]:
    """Those of them that were on somebody's list when this slice began."""
    before = FollowUp.objects.filter(
        Q(settled_at=None) | Q(settled_at=at),
        workspace=intake.workspace_id, matter__in=matters, opened_at__lt=at,
    ).exclude(show_at=HELD)  # fmt: skip
    return set(before.values_list("matter_id", flat=True))


def put_right(workspace: Workspace) -> int:
    """What is held back stands on the list of whoever owes it, or it is shown; how many were wrong.

    Owners change, and a worker may be killed between holding back and proposing.
    """
    if Intake.objects.filter(workspace=workspace, phase__in=UNDER_WAY).exists():
        return 0
    held = FollowUp.objects.filter(workspace=workspace, settled_at=None, show_at=HELD)
    asked = {
        one.followup_id: one
        for one in Proposal.objects.filter(workspace=workspace, state="open", followup__in=held)
    }
    lost = [row for row in held if row.pk not in asked]
    moved = [row for row in held if row.pk in asked and asked[row.pk].member_id != row.member_id]
    for row in moved:
        Proposal.objects.filter(workspace=workspace, pk=asked[row.pk].pk).update(
            member=row.member_id
        )
    release(lost, [min(row.since, row.due) for row in lost])
    return len(lost) + len(moved)


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
