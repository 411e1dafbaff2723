"""What the loop does, and how often: a line each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from followthrough.ledger import alarms, audit, holding, imagining, intakes, search, sweep
from followthrough.ledger.models import Alarm, Workspace
from followthrough.worker import likening
from followthrough.worker.importing.job import Importer
from followthrough.worker.sending.post import Post

NIGHT = time(2)
FINDABLE = 200  # people in a slice
COMPARING = 0.3  # seconds of a turn
IMAGINING = 0.3
Due = Callable[[datetime, datetime, Workspace], bool]  # last, now


@dataclass(frozen=True, kw_only=True)
class Step:
    """`run` says in a few words what came of it, and "" where there was nothing to do."""

    name: str
    run: Callable[[Workspace, datetime], str]
    due: Due | None = None  # None: at every turn
    hurries: bool = True  # what is left of it is done at once, and not at the next turn


def steps(importer: Importer, post: Post) -> tuple[Step, ...]:
    return (
        Step(name="alarms", run=_ring),
        Step(name="sending", run=post.turn, hurries=False),
        Step(name="doubts", run=post.look_after, due=every(timedelta(minutes=1))),
        Step(name="intakes", run=lambda workspace, now: _take_in(importer, workspace, now)),
        Step(name="findable", run=_make_findable),
        Step(name="terms", run=_catch_up),
        Step(name="likenesses", run=_compare, hurries=False),
        Step(name="audit", run=_audit, due=every(timedelta(minutes=15))),
        Step(name="sweep", run=_sweep, due=nightly),
    )


def every(pause: timedelta) -> Due:
    return lambda last, now, _workspace: now - last >= pause


def nightly(last: datetime, now: datetime, workspace: Workspace) -> bool:
    """Whether a two o'clock of the workspace has passed since."""
    zone = ZoneInfo(workspace.zone)
    here = now.astimezone(zone)
    night = datetime.combine(here.date(), NIGHT, zone)
    if here < night:
        night = datetime.combine(here.date() - timedelta(days=1), NIGHT, zone)
    return last < night


def _ring(workspace: Workspace, now: datetime) -> str:
    # A look first: at most turns nothing rings, and a write would wait for other writers.
    due = Alarm.objects.filter(workspace=workspace, told_at=None, at__lte=now)
    rung = alarms.ring(workspace, at=now) if due.exists() else 0
    return f"{rung} told" if rung else ""


def _take_in(importer: Importer, workspace: Workspace, now: datetime) -> str:
    working = importer.slice_of_each(workspace, at=now)
    return f"{working} being taken in" if working else ""


def _make_findable(workspace: Workspace, _now: datetime) -> str:
    """In slices that hold the write lock for a moment only."""
    some = search.catch_up(workspace, most=FINDABLE)
    return f"{some} made findable" if some else ""


def _catch_up(workspace: Workspace, now: datetime) -> str:
    """What changed terms move; and what they would move, where somebody waits to see it."""
    if stale := sweep.catch_up(workspace, at=now):
        return f"{stale} decided anew"
    looked = imagining.look_on_all(workspace, at=now, seconds=IMAGINING)
    return f"{looked} looked at" if looked else ""


def _compare(workspace: Workspace, now: datetime) -> str:
    """For a moment at each turn: nobody waits for it, and others do."""
    until, compared = perf_counter() + COMPARING, 0
    while perf_counter() < until and (some := likening.compare_some(workspace, at=now)):
        compared += some
    return f"{compared} compared" if compared else ""


def _audit(workspace: Workspace, now: datetime) -> str:
    holding.put_right(workspace)
    return str(audit.check(workspace, at=now))


def _sweep(workspace: Workspace, now: datetime) -> str:
    intakes.discard_leftovers()
    return f"{sweep.sweep(workspace, at=now)} put right"
