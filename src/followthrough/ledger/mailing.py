"""Reminders that leave the house: taken by one worker, tried again with longer pauses, marked when
they left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from followthrough.ledger import mornings
from followthrough.ledger.models import Notice, Workspace
from followthrough.ledger.models.reminders import MAIL
from followthrough.ledger.notices import let_go, still_speaks, waiting

__all__ = ["due", "let_go", "refused", "sent", "stuck", "take"]

PAUSES = tuple(timedelta(minutes=n) for n in (1, 2, 5, 15, 30, 60))
LEASE = timedelta(minutes=10)  # longer than a server that answers each word at the last moment
MOST = 500
STUCK = 3  # so often in vain, and somebody should look
Batch = Sequence[Notice]


def due(workspace: Workspace, way: str, *, at: datetime) -> list[Batch]:
    """What is to leave now: all for one member together, and their morning's mail. Nothing is
    taken yet."""
    wanted: dict[tuple[int, bool], list[Notice]] = defaultdict(list)
    silent = []
    for notice in waiting(workspace, way, at=at)[:MOST]:
        if _is_wanted(notice, at):
            wanted[notice.member_id, notice.alarm_id is None].append(notice)
        else:
            silent.append(notice)
    let_go(silent, at=at)
    return list(wanted.values())


def take(batch: Batch, *, at: datetime) -> list[Notice]:
    """Those of them that are this worker's now, just before they leave: of two workers who saw the
    same, one has it. Should it die on the way, another tries after the lease."""
    pks = [notice.pk for notice in batch]
    with transaction.atomic():
        free = Notice.objects.filter(pk__in=pks, sent_at=None, gone_at=None, try_at__lte=at)
        rows = free.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
        mine = set(rows.values_list("pk", flat=True))
        Notice.objects.filter(pk__in=mine).update(try_at=at + LEASE)
    return [notice for notice in batch if notice.pk in mine]


def _is_wanted(notice: Notice, at: datetime) -> bool:
    if not still_speaks(notice, at=at):
        return False
    return notice.alarm is not None or not mornings.is_over(notice, at=at)


def sent(notices: Iterable[Notice], *, at: datetime) -> None:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    rows.update(sent_at=at, problem="")


def refused(notices: Iterable[Notice], problem: str, *, at: datetime) -> None:
    """Tried again after a pause that grows."""
    for notice in notices:
        notice.attempts += 1
        pause = PAUSES[min(notice.attempts, len(PAUSES)) - 1]
        rows = Notice.objects.filter(workspace=notice.workspace_id, pk=notice.pk)
        rows.update(attempts=notice.attempts, try_at=at + pause, problem=problem[:300])


def stuck(workspace: Workspace, way: str = MAIL) -> Notice | None:
    """One that was tried several times, with what the server said."""
    rows = Notice.objects.filter(
        workspace=workspace, way=way, sent_at=None, gone_at=None, attempts__gte=STUCK
    )
    return rows.exclude(problem="").order_by("at", "pk").first()
