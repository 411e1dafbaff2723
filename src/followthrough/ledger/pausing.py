"""A sequence rests for everybody in it, and goes on: counted anew, and never all at once."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from followthrough.core.saying import says
from followthrough.ledger.models import Message, Sequence, SequenceVersion, Workspace
from followthrough.ledger.models.outbox import STOPPABLE
from followthrough.ledger.outbox.stopping import cancel_as

PAUSED = says("Its sequence was paused.")


def pause(sequence: Sequence, *, at: datetime) -> bool:
    """From this commit on nothing of it leaves. False: it rested before."""
    with transaction.atomic():
        if not _rests(sequence, since=at):
            return False
        _said(sequence, [at.isoformat(), ""])
        _take_back(sequence, at)
    return True


def go_on(sequence: Sequence, *, at: datetime) -> bool:
    """What fell due meanwhile waits anew, a part of it each day. False: it did not rest."""
    with transaction.atomic():
        since = Sequence.objects.select_for_update().get(pk=sequence.pk).paused_at
        if since is None:
            return False
        _rests(sequence, since=None)
        _said(sequence, [since.isoformat(), at.isoformat()])
        _take_back(sequence, at)
    return True


def never_paused(sequence: Sequence) -> bool:
    """Undo of a pause: the days stand as if there had been none."""
    with transaction.atomic():
        if not _rests(sequence, since=None):
            return False
        _said(sequence, None)
    return True


def _rests(sequence: Sequence, *, since: datetime | None) -> bool:
    rows = Sequence.objects.filter(pk=sequence.pk, paused_at__isnull=since is not None)
    sequence.paused_at = since
    return rows.update(paused_at=since) == 1


def _said(sequence: Sequence, when: list[str] | None) -> None:
    """Everybody in it is decided anew at the next turn of the handle."""
    ours = Workspace.objects.select_for_update().get(pk=sequence.workspace_id)
    others = {key: one for key, one in ours.pauses.items() if key != str(sequence.pk)}
    ours.pauses = others if when is None else {**others, str(sequence.pk): when}
    ours.terms_version = F("terms_version") + 1
    ours.save(update_fields=["pauses", "terms_version"])


def _take_back(sequence: Sequence, at: datetime) -> None:
    versions = SequenceVersion.objects.filter(
        workspace=sequence.workspace_id, sequence=sequence
    ).values("key")
    rows = Message.objects.filter(workspace=sequence.workspace_id, plan__in=versions)
    waiting = rows.filter(state__in=STOPPABLE)
    cancel_as(list(waiting.values_list("pk", flat=True)), PAUSED, at=at)
