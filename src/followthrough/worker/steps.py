"""What the loop does, and how often: a line each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from followthrough.inlets import doors
from followthrough.ledger import (
    absences,
    alarms,
    audit,
    devices,
    heartbeats,
    holding,
    imagining,
    intakes,
    mailboxes,
    notices,
    receipts,
    reminding,
    search,
    sweep,
    watching,
)
from followthrough.ledger.models import Alarm, Workspace
from followthrough.worker import likening
from followthrough.worker.answering import answer_at_once
from followthrough.worker.canaries import fly
from followthrough.worker.importing.job import Importer
from followthrough.worker.mailbox.counting import sum_up
from followthrough.worker.mailbox.thinking import think
from followthrough.worker.mailbox.watching import Watchers
from followthrough.worker.plans.going_out import STEP, send_steps
from followthrough.worker.reminding import remind
from followthrough.worker.sending.post import Post
from followthrough.worker.watching import WATCH, watch

NIGHT = time(2)
FAILING = datetime(2000, 1, 1, tzinfo=UTC)  # since when is not known: each counts from its time
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


def steps(importer: Importer, post: Post, watchers: Watchers | None = None) -> tuple[Step, ...]:
    """`watchers` listen to mailboxes; without them only what is stored already is read."""
    return (
        Step(name="plans", run=_ring_plans, due=each_minute),
        Step(name="alarms", run=_ring),
        Step(name="reminders", run=remind, due=each_minute),
        Step(name="mail", run=lambda workspace, now: _read_mail(watchers, workspace, now)),
        Step(name="answers", run=answer_at_once),
        Step(name=STEP, run=send_steps, hurries=False),
        Step(name="sending", run=post.turn, hurries=False),
        Step(name="doubts", run=post.look_after, due=every(timedelta(minutes=1))),
        Step(name="intakes", run=lambda workspace, now: _take_in(importer, workspace, now)),
        Step(name="receipts", run=_take_in_receipts),
        Step(name="findable", run=_make_findable),
        Step(name="terms", run=_catch_up),
        Step(name="likenesses", run=_compare, hurries=False),
        Step(name="mail sums", run=_sum_mail, due=every(timedelta(hours=1))),
        Step(name="canaries", run=fly, due=every(timedelta(minutes=10))),
        Step(name="audit", run=_audit, due=every(timedelta(minutes=15))),
        Step(name="sweep", run=_sweep, due=nightly),
        Step(name=WATCH, run=watch, due=each_minute),  # the last: it sees what the others left
    )


def every(pause: timedelta) -> Due:
    return lambda last, now, _workspace: now - last >= pause


def each_minute(last: datetime, now: datetime, _workspace: Workspace) -> bool:
    """By the clock, so that what is due at nine is told at nine."""
    return now.replace(second=0, microsecond=0) > last


def nightly(last: datetime, now: datetime, workspace: Workspace) -> bool:
    """Whether a two o'clock of the workspace has passed since."""
    zone = ZoneInfo(workspace.zone)
    here = now.astimezone(zone)
    night = datetime.combine(here.date(), NIGHT, zone)
    if here < night:
        night = datetime.combine(here.date() - timedelta(days=1), NIGHT, zone)
    return last < night


def _ring_plans(workspace: Workspace, now: datetime) -> str:
    planned = reminding.ring_plans(workspace, at=now)
    return f"{planned} planned for now" if planned else ""


def _ring(workspace: Workspace, now: datetime) -> str:
    # A look first: at most turns nothing rings, and a write would wait for other writers.
    due = Alarm.objects.filter(workspace=workspace, told_at=None, at__lte=now)
    if not due.exists():
        return ""
    rung = alarms.ring(workspace, at=now, awake=_awake(workspace, now))
    return f"{rung} told" if rung else ""


def _awake(workspace: Workspace, now: datetime) -> datetime:
    """When bells were last looked for with success, so that what was missed is said to be late."""
    last = heartbeats.last(workspace, "alarms")
    if last is None:
        return now
    return last.at if not last.problem else FAILING


def _take_in(importer: Importer, workspace: Workspace, now: datetime) -> str:
    working = importer.slice_of_each(workspace, at=now)
    return f"{working} being taken in" if working else ""


def _take_in_receipts(workspace: Workspace, now: datetime) -> str:
    """What a crash left stored and not understood."""
    left = receipts.left_over(workspace, at=now)
    for one in left:
        doors.take_in_safely(one, at=now)
    return f"{len(left)} taken in" if left else ""


def _read_mail(watchers: Watchers | None, workspace: Workspace, now: datetime) -> str:
    if watchers:
        watchers.see_to(workspace)
    some = think(workspace, at=now)
    return f"{some} mails read" if some else ""


def _sum_mail(workspace: Workspace, now: datetime) -> str:
    mailboxes.let_go(workspace, at=now)
    summed = sum_up(workspace, at=now)
    return f"{summed} mailboxes counted" if summed else ""


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
    receipts.empty_old(workspace, at=now)
    absences.end_those_over(workspace, at=now)
    devices.discard_removed(workspace, at=now)
    notices.discard_old(workspace, at=now)
    watching.discard_old(workspace, at=now)
    return f"{sweep.sweep(workspace, at=now)} put right"
