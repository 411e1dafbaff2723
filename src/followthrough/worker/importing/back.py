"""An import on its way back: slice after slice, gone on with from where it was."""

from datetime import datetime
from time import perf_counter

from django.db import transaction

from followthrough.ledger import intakes, spreading, taking_back, told_again
from followthrough.ledger.models import Intake
from followthrough.ledger.models.intake import DONE, UNDONE
from followthrough.ledger.proposals import HEARD
from followthrough.worker.importing.proposing import propose

FIRST, LEAST, MOST = 40, 5, 500  # people in a slice
BUSY = 0.05  # seconds that a slice should hold the write lock


class Back:
    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.opened_for = (intake.phase, dict(intake.settings))
        self.size = FIRST

    def step(self, at: datetime) -> None:
        started = perf_counter()
        if not taking_back.slice_back(self.intake, most=self.size, at=at):
            with transaction.atomic():
                # What is held back still is proposed by what was told beside it.
                if propose(self._of_whom(), at=at):
                    intakes.advance(self.intake, by=0, counts=self.intake.counts, at=at)
                    return
                told_again.pass_on(self.intake)
            # Days that its first touches had taken are free again for others.
            spreading.spread(self.intake.workspace, at=at)
            intakes.finish(self.intake, at=at, phase=UNDONE)
        taken = max(perf_counter() - started, 0.001)
        self.size = int(min(max(self.size * BUSY / taken, LEAST), self.size * 2, MOST))

    def _of_whom(self) -> Intake:
        """What it had only heard so far, and another import told too, is that one's to propose."""
        heard = {"proposals__state": HEARD, "phase": DONE}
        others = Intake.objects.filter(workspace=self.intake.workspace_id, **heard)
        return others.select_related("workspace", "member").order_by("pk").first() or self.intake
