"""The stages of a team's deals: as it calls them, in its order, with the chance of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from followthrough.core.saying import Saying, says
from followthrough.core.stages import AGREED, ENQUIRY, QUOTED, TALKING
from followthrough.ledger.models import Matter, Stage, Workspace
from followthrough.ledger.whole import rows_of

# Until a team changes them. What happened moves a deal into the first three by itself.
DEFAULTS = (
    (ENQUIRY, says("Enquiry"), 20),
    (TALKING, says("Talking"), 40),
    (QUOTED, says("Quote out"), 60),
    (AGREED, says("Yes, in work"), 95),
)
MOST = 8  # stages; more of them nobody keeps apart
LONGEST = 40
NEW = "own-"


class CouldNotChangeStages(Exception):
    """`why` says to a person what stands in the way."""

    def __init__(self, why: Saying) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A stage as somebody filled it in; one without a key is new, one without a name goes."""

    key: str
    name: str
    chance: int


def stages_of(workspace: Workspace) -> list[Stage]:
    """In the team's order; never none."""
    own = rows_of(Stage, {"workspace": [workspace.pk]}, "ORDER BY place, id")
    return own or _rows(workspace, [Wanted(key=k, name=n, chance=c) for k, n, c in DEFAULTS])


def change_stages(workspace: Workspace, wanted: Sequence[Wanted]) -> None:
    """These are the stages from now on. One in which deals stand does not go."""
    staying = [one for one in wanted if one.name]
    if not staying:
        raise CouldNotChangeStages(says("Keep at least one stage."))
    if len(staying) > MOST:
        raise CouldNotChangeStages(
            says("Up to {n} stages: more of them nobody keeps apart.", n=MOST)
        )
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        _refuse_to_lose_deals(workspace, {one.key for one in staying})
        Stage.objects.filter(workspace=workspace).delete()
        Stage.objects.bulk_create(_rows(workspace, _with_keys(staying)))


def _refuse_to_lose_deals(workspace: Workspace, staying: set[str]) -> None:
    """A stage that is gone would leave its deals at one that nobody chose."""
    for stage in stages_of(workspace):
        if stage.key in staying:
            continue
        here = Matter.objects.filter(workspace=workspace, lane=stage.key, closed_at=None)
        if here.exists():
            raise CouldNotChangeStages(
                says("Deals stand in “{stage}”. Move them first, then it can go.", stage=stage.name)
            )


def _with_keys(wanted: Sequence[Wanted]) -> list[Wanted]:
    taken = {one.key for one in wanted}
    free = (f"{NEW}{n}" for n in range(1, 100) if f"{NEW}{n}" not in taken)
    return [
        one if one.key else Wanted(key=next(free), name=one.name, chance=one.chance)
        for one in wanted
    ]


def _rows(workspace: Workspace, wanted: Sequence[Wanted]) -> list[Stage]:
    return [
        Stage(
            workspace=workspace, key=one.key, name=one.name[:LONGEST], place=place,
            chance=max(0, min(one.chance, 100)),
        )
        for place, one in enumerate(wanted)
    ]  # fmt: skip
