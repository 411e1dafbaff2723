"""What changed terms make late at once is one question to its member, and never a burst.

Until it is answered it stands where it stood before the change. So whoever never answers loses
nothing, and whoever waits for us, or has our word, stays on the list.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db import transaction
from django.db.models import Exists, OuterRef

from followthrough.core.facts import PutOff
from followthrough.core.followups import QUIET, WARM
from followthrough.ledger.holding import release
from followthrough.ledger.models import Alarm, FollowUp, MadeLate, Member, Workspace
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.statements import Where, select, update
from followthrough.ledger.terms import terms_of
from followthrough.ledger.undo import undo

TODAY, SPREAD, KEEP = "today", "spread", "keep"
ANSWERS = (TODAY, SPREAD, KEEP)
OVER_DAYS = 3
SLICE = 100
MOST = 500  # in one question; what is more is asked when these are answered
OURS_TO_START = (QUIET, WARM)  # only these are held or spread: whoever came to us is not
DAYS = ("id", "due", "show_at")
Days = Mapping[int, tuple[datetime, datetime]]


@dataclass(frozen=True, kw_only=True)
class Question:
    rows: list[FollowUp]  # the worthiest first
    was: Mapping[int, MadeLate]  # by the row's number

    @property
    def on_the_list(self) -> int:
        """How many wait for us or have our word, and so are shown all the same."""
        return sum(row.band not in OURS_TO_START for row in self.rows)


@contextmanager
def asking_about(parties: Iterable[int], workspaces: Iterable[int], at: datetime) -> Iterator[None]:
    """Within a transaction, around deciding these locked parties anew on their new terms."""
    teams = [*workspaces]
    where: Where = {"workspace": teams, "party": [*parties]}
    before = _days(where)
    yield
    after = _days(where)
    moved = [pk for pk, (due, _) in after.items() if pk in before and before[pk][0] != due]
    if not moved:
        return
    _no_longer(teams, [pk for pk in moved if after[pk][0] > at])
    late = [pk for pk in moved if after[pk][0] <= at < before[pk][0]]
    if late:
        _ask(late, before, at)


def question_for(member: Member, *, at: datetime) -> Question | None:
    asked = MadeLate.objects.filter(workspace=member.workspace_id, member=member, answer="")
    was = {one.followup: one for one in asked.order_by("id")[:MOST]}
    found = FollowUp.objects.filter(
        workspace=member.workspace_id, member=member, pk__in=was, settled_at=None, due__lte=at
    )
    rows = list(found.select_related("party__workspace", "matter"))
    rows.sort(key=lambda row: (row.band, -row.rank, row.due, row.pk))
    return Question(rows=rows, was=was) if rows else None


def tidy(workspace: Workspace) -> int:
    """What was done, or went, meanwhile is not asked about; how many those were."""
    still = FollowUp.objects.filter(
        workspace=workspace, pk=OuterRef("followup"), settled_at=None, member=OuterRef("member")
    )
    asked = MadeLate.objects.filter(workspace=workspace, answer="")
    return asked.exclude(Exists(still)).delete()[0]


def answer(member: Member, said: str, *, at: datetime) -> int:
    """One answer for all that is asked now; how many. In slices, so that others can write."""
    if said not in ANSWERS or (question := question_for(member, at=at)) is None:
        return 0
    days = _days_for(member, question, at) if said == SPREAD else {}
    for start in range(0, len(question.rows), SLICE):
        with transaction.atomic():
            some = question.rows[start : start + SLICE]
            asked = [question.was[row.pk] for row in some]
            if said == KEEP:
                record_many([_kept(row, question, member, at) for row in some], at=at)
            else:
                ours = [row for row in some if row.band in OURS_TO_START]
                release(ours, [days.get(row.pk, at) for row in ours])
            for one in asked:
                one.answer, one.answered_at = said, at
            update(asked, ("answer", "answered_at"))
    return len(question.rows)


def unanswer(member: Member, *, answered_at: datetime, at: datetime) -> int:
    """Asked anew, and as it was before the answer; how many."""
    rows = MadeLate.objects.filter(
        workspace=member.workspace_id, member=member, answered_at=answered_at
    )
    known = {one.followup: one for one in rows.exclude(answer="")}
    mine = FollowUp.objects.filter(
        workspace=member.workspace_id, pk__in=known, settled_at=None, member=member
    )
    back = list(mine.select_related("party__workspace"))
    with transaction.atomic():
        for row in (row for row in back if known[row.pk].answer == KEEP):
            undo(row.party, source=_source(known[row.pk]), by=member, at=at)
        again = [known[row.pk] for row in back]
        for one in again:
            one.answer, one.answered_at = "", None
        update(again, ("answer", "answered_at"))
        _hold(
            [row.pk for row in back], {one.followup: (one.was_due, one.was_shown) for one in again}
        )
    return len(back)


# --- asking -------------------------------------------------------------------------


def _days(where: Where) -> Days:
    rows = select(FollowUp, DAYS, where, "AND settled_at IS NULL")
    return {pk: (due, show_at) for pk, due, show_at in rows}


def _ask(late: list[int], before: Days, at: datetime) -> None:
    rows = FollowUp.objects.filter(pk__in=late, member__isnull=False)
    MadeLate.objects.bulk_create(
        [
            MadeLate(
                workspace_id=row.workspace_id, member_id=row.member_id or 0, followup=row.pk,
                was_due=before[row.pk][0], was_shown=before[row.pk][1], at=at,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    _hold(late, before)
    # The question tells it: no bell for each.
    bells = Alarm.objects.filter(followup__in=late, told_at=None, at__lte=at)
    bells.update(told_at=at, seen_at=at)


def _hold(late: list[int], before: Days) -> None:
    """Shown when they were to be shown before the change."""
    rows = list(FollowUp.objects.filter(pk__in=late, band__in=OURS_TO_START, settled_at=None))
    held = [row for row in rows if row.show_at < before[row.pk][1]]
    for row in held:
        row.spread_to = row.show_at = before[row.pk][1]
    update(held, ("spread_to", "show_at"))


def _no_longer(workspaces: Iterable[int], moved: list[int]) -> None:
    """Changed back, or once more: what is not late any more is not asked about."""
    gone = MadeLate.objects.filter(workspace__in=workspaces, followup__in=moved, answer="")
    gone.delete()


# --- answering ----------------------------------------------------------------------


def _days_for(member: Member, question: Question, at: datetime) -> dict[int, datetime]:
    """Today, and the working days after it."""
    calendar = terms_of(member.workspace).calendar_of(str(member.pk))
    ours = [row for row in question.rows if row.band in OURS_TO_START]
    daily = max(1, ceil(len(ours) / OVER_DAYS))
    today = calendar.local(at).date()
    days = [at] + [
        calendar.day_start(calendar.working_day_after(today, n)) for n in range(1, OVER_DAYS)
    ]
    return {row.pk: days[n // daily] for n, row in enumerate(ours)}


def _kept(row: FollowUp, question: Question, by: Member, at: datetime) -> Heard:
    was = question.was[row.pk]
    stays = row.band not in OURS_TO_START
    fact = PutOff(at=at, what=row.key, until=was.was_due, by=str(by.pk), stays=stays)
    return Heard(party=row.party, source=_source(was), facts=[fact])


def _source(one: MadeLate) -> str:
    return f"made late:{one.pk}"
