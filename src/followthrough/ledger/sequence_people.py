"""Who is in which sequence, what that earned, and how people are moved to a newer version."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Count, F, Q, QuerySet

from followthrough.core.enrolments import LIVE, SPOKE, STOPPED
from followthrough.core.facts import Enrolled
from followthrough.core.history import History
from followthrough.core.plans import Plan
from followthrough.core.running import ORDERED, REPLIED
from followthrough.ledger.balance import JOINED
from followthrough.ledger.books import histories_of
from followthrough.ledger.models import (
    Matter,
    Member,
    Message,
    Sequence,
    SequenceVersion,
    Workspace,
)
from followthrough.ledger.models.outbox import SENT
from followthrough.ledger.place import Place
from followthrough.ledger.plans import plan_of
from followthrough.ledger.record import Heard, record_many

SLICE = 100  # people moved in one transaction


@dataclass(frozen=True, kw_only=True)
class Earned:
    """`running`: whose plan is under way; of the `over` ones, so many `answered` or ordered."""

    running: int = 0
    over: int = 0
    answered: int = 0


def shelves(workspace: Workspace) -> list[tuple[Sequence, Plan, Earned]]:
    """Each with its newest version and what it earned: those in use first, in their order."""
    rows = list(Sequence.objects.filter(workspace=workspace).order_by("pk"))
    versions = SequenceVersion.objects.filter(workspace=workspace).order_by("number")
    newest_of = {row.sequence_id: row for row in versions}
    earned = _earned(workspace, {row.key: row.sequence_id for row in versions})
    found = [(one, plan_of(newest_of[one.pk]), earned.get(one.pk, Earned())) for one in rows]
    return sorted(found, key=lambda one: (one[0].retired_at is not None, one[0].pk))


def _earned(workspace: Workspace, sequence_of: dict[str, int]) -> dict[int, Earned]:
    rows = Matter.objects.filter(workspace=workspace, plan__in=sequence_of)
    rows = rows.exclude(outcome=JOINED)  # its words belong to another one, or were taken back
    counts: dict[int, Counter[str]] = {}
    for key, state, why, n in rows.values_list("plan", "plan_state", "plan_why").annotate(
        n=Count("pk")
    ):
        count = counts.setdefault(sequence_of[key], Counter())
        count["running" if state in LIVE else "over"] += n
        count["answered"] += n if state == STOPPED and why in (REPLIED, ORDERED, SPOKE) else 0
    return {pk: Earned(**count) for pk, count in counts.items()}


def earned_by(sequence: Sequence) -> Earned:
    rows = SequenceVersion.objects.filter(workspace=sequence.workspace_id, sequence=sequence)
    keys = dict.fromkeys(rows.values_list("key", flat=True), sequence.pk)
    return _earned(sequence.workspace, keys).get(sequence.pk, Earned())


def runs_in(sequence: Sequence) -> QuerySet[Matter]:
    """Whoever is under way in any version of it, by how far they have come."""
    keys = SequenceVersion.objects.filter(workspace=sequence.workspace_id, sequence=sequence)
    rows = Matter.objects.filter(
        workspace=sequence.workspace_id,
        plan__in=keys.values("key"),
        plan_state__in=LIVE,
        closed_at=None,
    )
    return rows.select_related("party__workspace").order_by("plan_step", "pk")


def at_each_step(sequence: Sequence) -> dict[int, int]:
    """How many have so many steps behind them."""
    counted = runs_in(sequence).order_by("plan_step").values("plan_step").annotate(n=Count("pk"))
    return {one["plan_step"]: one["n"] for one in counted}


def page_of(sequence: Sequence, after: Place | None, most: int) -> list[Matter]:
    """A page of whoever is in it, from the line after that place on."""
    rows = runs_in(sequence)
    if after:
        step, pk = after
        rows = rows.filter(Q(plan_step__gt=step) | Q(plan_step=step, pk__gt=pk))
    return list(rows.select_related(None).select_related("party")[:most])


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Of so many who got these words, so many answered before the next step."""

    sent: int = 0
    answered: int = 0


def wordings(version: SequenceVersion) -> dict[tuple[int, str], Wording]:
    """Where a step has two wordings: what each of them earned, by the step and the wording."""
    answered = Q(
        followup__matter__plan=F("plan"), followup__matter__plan_step=F("place") + 1,
        followup__matter__plan_state=STOPPED,
        followup__matter__plan_why__in=(REPLIED, ORDERED, SPOKE),
    )  # fmt: skip
    rows = Message.objects.filter(workspace=version.workspace_id, plan=version.key, state=SENT)
    counted = (
        rows.exclude(version="").values("place", "version")
        .annotate(sent=Count("pk"), answered=Count("pk", filter=answered))
    )  # fmt: skip
    return {
        (one["place"], one["version"]): Wording(sent=one["sent"], answered=one["answered"])
        for one in counted
    }


def move_all_to(version: SequenceVersion, *, by: Member, at: datetime) -> int:
    """Whoever runs in an older version goes on in this one, from where they are: in slices, so
    that others can write between."""
    older = runs_in(version.sequence).exclude(plan=version.key)
    ids = list(older.values_list("pk", flat=True))
    return sum(
        _move(version, ids[start : start + SLICE], by=by, at=at)
        for start in range(0, len(ids), SLICE)
    )


def _move(version: SequenceVersion, ids: list[int], *, by: Member, at: datetime) -> int:
    matters = list(Matter.objects.filter(pk__in=ids).select_related("party__workspace"))
    known = {party.pk: history for party, history in histories_of({m.party: None for m in matters})}
    moved = partial(_moved, version, by=by, at=at)
    heard = [found for one in matters if (found := moved(one, known[one.party_id]))]
    return record_many(heard, at=at)


def _moved(
    version: SequenceVersion, matter: Matter, history: History, *, by: Member, at: datetime
) -> Heard | None:
    stand = history.matters.get(matter.key)
    runs = (
        [run for run in stand.runs.values() if run.began.at == matter.plan_since] if stand else []
    )
    if not runs or matter.plan == version.key:
        return None
    fact = Enrolled(
        at=at, matter=matter.key, by=str(by.pk), plan=version.key, called=version.name,
        step=matter.plan_step, since=runs[0].last,
    )  # fmt: skip
    return Heard(party=matter.party, source=moved_by(version, matter), facts=[fact])


def moved_by(version: SequenceVersion, matter: Matter) -> str:
    return f"sequence:{version.key}:{matter.pk}"
