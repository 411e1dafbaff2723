"""Signs of life of the loop: written by the worker, read by the health page."""

from datetime import datetime

from followthrough.ledger.models import Heartbeat, Workspace


def last(workspace: Workspace, name: str) -> Heartbeat | None:
    return Heartbeat.objects.filter(workspace=workspace, name=name).first()


def all_of(workspace: Workspace) -> dict[str, Heartbeat]:
    """By the name of their step."""
    return {one.name: one for one in Heartbeat.objects.filter(workspace=workspace)}


def beat(
    workspace: Workspace, name: str, *, at: datetime, said: str = "", problem: str = ""
) -> None:
    Heartbeat.objects.update_or_create(
        workspace=workspace,
        name=name,
        defaults={"at": at, "said": said[:200], "problem": problem[:300]},
    )


def take(workspace: Workspace, name: str, before: Heartbeat | None, *, at: datetime) -> bool:
    """Whether this worker runs the step: of two who saw the same heartbeat, one."""
    if before is None:
        _, first = Heartbeat.objects.get_or_create(
            workspace=workspace, name=name, defaults={"at": at}
        )
        return first
    same = Heartbeat.objects.filter(workspace=workspace, pk=before.pk, at=before.at)
    return same.update(at=at) == 1
