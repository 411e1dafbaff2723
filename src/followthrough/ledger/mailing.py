"""Reminders by mail: claimed by one worker, tried again with longer pauses, marked when sent."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from followthrough.ledger import mornings
from followthrough.ledger.models import Notice, Workspace
from followthrough.ledger.models.reminders import MAIL
from followthrough.ledger.notices import let_go, still_speaks, waiting

__all__ = ["claimed", "let_go", "refused", "sent", "stuck"]

PAUSES = tuple(timedelta(minutes=n) for n in (1, 2, 5, 15, 30, 60))
MOST = 500
STUCK = 3  # so often in vain, and somebody should look


def claimed(workspace: Workspace, *, at: datetime) -> list[Notice]:
    """What this worker is to mail now. Should it die on the way, another tries after the pause."""
    mine, silent = [], []
    for notice in waiting(workspace, MAIL, at=at)[:MOST]:
        if not _is_wanted(notice, at):
            silent.append(notice)
        elif _claim(notice, at):
            mine.append(notice)
    let_go(silent, at=at)
    return mine


def _is_wanted(notice: Notice, at: datetime) -> bool:
    if not still_speaks(notice, at=at):
        return False
    return notice.alarm is not None or not mornings.is_over(notice, at=at)


def _claim(notice: Notice, at: datetime) -> bool:
    pause = PAUSES[min(notice.attempts, len(PAUSES) - 1)]
    untouched = Notice.objects.filter(pk=notice.pk, sent_at=None, attempts=notice.attempts)
    return untouched.update(attempts=notice.attempts + 1, try_at=at + pause) == 1


def sent(notices: Iterable[Notice], *, at: datetime) -> None:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    rows.update(sent_at=at, problem="")


def refused(notices: Iterable[Notice], problem: str) -> None:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    rows.update(problem=problem[:300])


def stuck(workspace: Workspace) -> Notice | None:
    """One that was tried several times, with what the server said."""
    rows = Notice.objects.filter(
        workspace=workspace, way=MAIL, sent_at=None, gone_at=None, attempts__gte=STUCK
    )
    return rows.exclude(problem="").order_by("at", "pk").first()
