"""What was to leave by itself long before we were there again: one question, and its answers."""

from collections.abc import Sequence
from datetime import datetime

from followthrough.core.facts import PutOff, StepSkipped
from followthrough.ledger import by_itself
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.terms import terms_of

NOW, SPREAD, SKIP = "now", "spread", "skip"
OVER_DAYS, SLICE, MOST = 3, 100, 500


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
    heard = [_said(row, answer, days[row.pk], member, at, source) for row in late]
    for start in range(0, len(heard), SLICE):
        record_many(heard[start : start + SLICE], at=at)
    return heard


def _said(
    row: FollowUp, answer: str, day: datetime, by: Member, at: datetime, source: str
) -> Heard:
    run, _, number = row.occasion.rpartition(":")
    fact = (
        StepSkipped(
            at=at, by=str(by.pk), matter=row.matter.key, run=run,
            step=int(number.partition(".")[0] or 0),
        )
        if answer == SKIP
        else PutOff(at=at, by=str(by.pk), what=row.key, until=day)
    )  # fmt: skip
    return Heard(party=row.party, source=f"{source}:{row.pk}", facts=[fact])


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
