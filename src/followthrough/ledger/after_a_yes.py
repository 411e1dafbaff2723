"""After a yes: what was asked is closed, and the thanks begin in a matter of their own (S72)."""

from typing import Any

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.running import ORDER
from followthrough.ledger.models import Matter, Workspace

WON = "won"


def thanks_for(matter: Matter, reason: str, common: dict[str, Any]) -> list[Fact]:
    """What opens beside the closing, where the team has a plan for after a sale."""
    if reason != WON or not _has_a_plan(matter.workspace):
        return []
    return [facts.Opened(kind="order", **(common | {"matter": f"sale-{matter.pk}"}))]


def _has_a_plan(workspace: Workspace) -> bool:
    """The last word on it counts."""
    said = [key for kind, _since, key in workspace.begins if kind == ORDER]
    return bool(said and said[-1])
