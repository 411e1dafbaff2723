"""What was to leave by itself long before we were there again: one question, and its answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from followthrough.core.facts import Fact, PutOff, StepSkipped
from followthrough.core.running import step_in
from followthrough.ledger import by_itself
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.terms import terms_of

NOW, SPREAD, SKIP = "now", "spread", "skip"
OVER_DAYS, SLICE, MOST = 3, 100, 200


def asked(member: Member) -> int:
    return by_itself.came_too_late(member.workspace, member).count()


def answer(member: Member, answer: str, *, at: datetime, source: str) -> list[Heard]:
    """All that was asked about is sent now, spread from tomorrow, or left out; what was told, for
    its Undo. An answer that is none does nothing."""
    if answer not in (NOW, SPREAD, SKIP):
        return []
    rows = by_itself.came_too_late(member.workspace, member).select_related("party", "matter")
    late = list(rows[:MOST])
    days = _days(member, late, answer, at)
    by = {"at": at, "by": str(member.pk)}
    heard = [
        Heard(
            party=row.party, source=f"{source}:{row.pk}",
            facts=[_skipped(row, by) if answer == SKIP else _put_off(row, days[row.pk], by)],
        )
        for row in late
    ]  # fmt: skip
    for start in range(0, len(heard), SLICE):
        record_many(heard[start : start + SLICE], at=at)
    return heard


def _skipped(row: FollowUp, by: dict[str, Any]) -> Fact:
    run, step = step_in(row.occasion)
    return StepSkipped(matter=row.matter.key, run=run, step=step, **by)


def _put_off(row: FollowUp, day: datetime, by: dict[str, Any]) -> Fact:
    return PutOff(what=row.key, until=day, **by)


def _days(
    member: Member, late: Sequence[FollowUp], answer: str, at: datetime
) -> dict[int, datetime]:
    """From tomorrow on, over some working days; the oldest first."""
    if answer != SPREAD:
        return {row.pk: at for row in late}
    calendar = terms_of(member.workspace).calendar_of(str(member.pk))
    today, daily = calendar.local(at).date(), max(1, -(-len(late) // OVER_DAYS))
    return {
        row.pk: calendar.day_start(calendar.working_day_after(today, 1 + n // daily))
        for n, row in enumerate(late)
    }
