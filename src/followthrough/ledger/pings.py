"""An address outside that is called while all is well: somebody else notices our silence."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from followthrough.ledger.models import Ping, Workspace

LEAST, MOST = 1, 60  # minutes
A_MOMENT = timedelta(seconds=10)  # turns are not on the second


def of(workspace: Workspace) -> Ping:
    """Unsaved where none was named yet."""
    return Ping.objects.filter(workspace=workspace).first() or Ping(workspace=workspace)


def name(workspace: Workspace, address: str, minutes: int) -> Ping:
    """Another address is called at once; "" calls none."""
    ping, _ = Ping.objects.update_or_create(
        workspace=workspace,
        defaults={"address": address, "minutes": minutes, "tried_at": None, "worked_at": None,
                  "problem": ""},
    )  # fmt: skip
    return ping


def take(workspace: Workspace, *, at: datetime) -> Ping | None:
    """The one that is to be called now: of two workers one has it."""
    ping = Ping.objects.filter(workspace=workspace).exclude(address="").first()
    if ping is None:
        return None
    pause = timedelta(minutes=ping.minutes) - A_MOMENT
    if ping.tried_at and at - ping.tried_at < pause:
        return None
    same = Ping.objects.filter(workspace=workspace, pk=ping.pk, tried_at=ping.tried_at)
    return ping if same.update(tried_at=at) else None


def worked(ping: Ping, *, at: datetime) -> None:
    _still(ping).update(worked_at=at, problem="")


def failed(ping: Ping, problem: str) -> None:
    _still(ping).update(problem=problem[:300])


def _still(ping: Ping) -> QuerySet[Ping]:
    """What came of another address, named meanwhile, is another's."""
    return Ping.objects.filter(workspace=ping.workspace_id, pk=ping.pk, address=ping.address)
