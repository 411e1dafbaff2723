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
from django.db.models import Exists, OuterRef, QuerySet

from followthrough.core.facts import PutOff, Retracted
from followthrough.core.followups import QUIET, WARM
from followthrough.ledger.holding import release
from followthrough.ledger.models import Alarm, FollowUp, MadeLate, Member, Workspace
from followthrough.ledger.names import fact_name
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.statements import Where, select, update
from followthrough.ledger.terms import terms_of

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
    """What the page says of it: as few words as it needs, however many there are."""

    count: int
    on_the_list: int  # they wait for us or have our word, and so are shown all the same
    names: tuple[str, ...]  # the worthiest first
    more: bool  # there are others, asked about when these are answered


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
    numbers = list(asked.order_by("id").values_list("followup", flat=True)[: MOST + 1])
    shown = _rows(member, numbers[:MOST], at).values_list("band", "party__name")
    rows = list(shown) if numbers else []
    if not rows:
        return None
    return Question(
        count=len(rows),
        on_the_list=sum(band not in OURS_TO_START for band, _ in rows),
        names=tuple(dict.fromkeys(name for _, name in rows)),
        more=len(numbers) > MOST,
    )


def tidy(workspace: Workspace) -> int:
    """What was done, or went, meanwhile is not asked about; how many those were."""
    still = FollowUp.objects.filter(
        workspace=workspace, pk=OuterRef("followup"), settled_at=None, member=OuterRef("member")
    )
    asked = MadeLate.objects.filter(workspace=workspace, answer="")
    return asked.exclude(Exists(still)).delete()[0]


def answer(member: Member, said: str, *, at: datetime) -> int:
    """One answer for all that is asked now; how many. In slices, so that others can write."""
    if said not in ANSWERS:
        return 0
    asked = MadeLate.objects.filter(workspace=member.workspace_id, member=member, answer="")
    was = {one.followup: one for one in asked.order_by("id")[:MOST]}
    rows = list(_rows(member, was, at).select_related("party", "matter"))
    days = _days_for(member, rows, at) if said == SPREAD else {}
    for start in range(0, len(rows), SLICE):
        with transaction.atomic():
            some = {row: was[row.pk] for row in rows[start : start + SLICE]}
            if said == KEEP:
                record_many([_kept(row, one, member, at) for row, one in some.items()], at=at)
            else:
                ours = [row for row in some if row.band in OURS_TO_START]
                release(ours, [days.get(row.pk, at) for row in ours])
            for one in some.values():
                one.answer, one.answered_at = said, at
            update([*some.values()], ("answer", "answered_at"))
    return len(rows)


def unanswer(member: Member, *, answered_at: datetime, at: datetime) -> int:
    """Asked anew, and as it was before the answer; how many."""
    rows = MadeLate.objects.filter(
        workspace=member.workspace_id, member=member, answered_at=answered_at
    )
    known = {one.followup: one for one in rows.exclude(answer="")}
    mine = FollowUp.objects.filter(
        workspace=member.workspace_id, pk__in=known, settled_at=None, member=member
    )
    back = list(mine.select_related("party"))
    for start in range(0, len(back), SLICE):
        with transaction.atomic():
            _ask_again({row: known[row.pk] for row in back[start : start + SLICE]}, member, at)
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


def _ask_again(back: Mapping[FollowUp, MadeLate], by: Member, at: datetime) -> None:
    taken_back = [
        Heard(
            party=row.party,
            source=f"undo:{_source(one)}:{at.isoformat()}",
            facts=[Retracted(at=at, what=fact_name(_source(one), "PutOff"), by=str(by.pk))],
        )
        for row, one in back.items()
        if one.answer == KEEP
    ]
    record_many(taken_back, at=at)
    for one in back.values():
        one.answer, one.answered_at = "", None
    update([*back.values()], ("answer", "answered_at"))
    was = {one.followup: (one.was_due, one.was_shown) for one in back.values()}
    _hold([*was], was)


# --- answering ----------------------------------------------------------------------


def _rows(member: Member, numbers: Iterable[int], at: datetime) -> QuerySet[FollowUp]:
    """Those of them that are open, this member's and late, the worthiest first."""
    rows = FollowUp.objects.filter(
        workspace=member.workspace_id, member=member, pk__in=numbers, settled_at=None, due__lte=at
    )
    return rows.order_by("band", "-rank", "due", "pk")


def _days_for(member: Member, rows: list[FollowUp], at: datetime) -> dict[int, datetime]:
    """Today, and the working days after it."""
    calendar = terms_of(member.workspace).calendar_of(str(member.pk))
    ours = [row for row in rows if row.band in OURS_TO_START]
    daily = max(1, ceil(len(ours) / OVER_DAYS))
    today = calendar.local(at).date()
    days = [at] + [
        calendar.day_start(calendar.working_day_after(today, n)) for n in range(1, OVER_DAYS)
    ]
    return {row.pk: days[n // daily] for n, row in enumerate(ours)}


def _kept(row: FollowUp, was: MadeLate, by: Member, at: datetime) -> Heard:
    stays = row.band not in OURS_TO_START
    fact = PutOff(at=at, what=row.key, until=was.was_due, by=str(by.pk), stays=stays)
    return Heard(party=row.party, source=_source(was), facts=[fact])


def _source(one: MadeLate) -> str:
    return f"made late:{one.pk}"
