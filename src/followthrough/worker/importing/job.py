"""Intakes, taken in slice by slice. A killed worker's is gone on with from its cursor."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from django.db import InterfaceError, OperationalError, transaction

from followthrough.core.saying import says
from followthrough.inlets.detect import kind_of, why_unknown
from followthrough.ledger import intakes, spreading
from followthrough.ledger.models import Intake, Workspace
from followthrough.ledger.models.intake import GOING, READY, UNDOING
from followthrough.worker.importing.back import Back
from followthrough.worker.importing.outcomes import QUARANTINED, Outcome, Reading
from followthrough.worker.importing.preview import preview
from followthrough.worker.importing.proposing import propose
from followthrough.worker.importing.readings import reading_of
from followthrough.worker.importing.writing import write

logger = logging.getLogger(__name__)

FIRST, LEAST, MOST = 40, 5, 500  # pieces in a slice
BUSY = 0.05  # seconds that a slice should hold the write lock
LOOKING = 0.3  # seconds of a first look between two signs of life
GONE = says("The stored file is no longer here. Please bring it in again.")
UNKNOWN = "unknown"
FAULTS = (OperationalError, InterfaceError)  # of the database, not of a piece: try again later


TOLD = ("ours", "guessed", "problem")  # what of a first look the report repeats
WEIGHT = 8 << 20  # bytes in a slice: pieces are kept as they were until they are written


class EndedEarly(Exception):
    """A file that holds less than its first look had found."""


class Importer:
    """One worker's share: the readings that it has open, and its name on their leases."""

    def __init__(self) -> None:
        self.lease = uuid4().hex
        self.open: dict[int, Job | Back] = {}

    def slice_of_each(self, workspace: Workspace, *, at: datetime) -> int:
        """One slice of each unfinished intake; how many there were to do."""
        return sum(self.slice_of(intake, at=at) for intake in intakes.unfinished(workspace))

    def slice_of(self, intake: Intake, *, at: datetime) -> bool:
        """False where another worker has it."""
        if not intakes.claim(intake, lease=self.lease, at=at):
            self.open.pop(intake.pk, None)
            return False
        try:
            job = self._job(intake)
            job.step(at)
            job.opened_for = _said(intake)
        except intakes.LostTheLease:
            self.open.pop(intake.pk, None)
        except FAULTS:
            self.open.pop(intake.pk, None)
            raise
        except Exception as error:  # the reading cannot go on: its generator is dead
            self.open.pop(intake.pk, None)
            self._stuck(intake, error, at)
            return False
        if intake.finished_at or intake.phase == READY:
            self.open.pop(intake.pk, None)
        return True

    def _stuck(self, intake: Intake, error: Exception, at: datetime) -> None:
        logger.exception("Intake %s is stuck", intake.pk)
        why = str(error) if isinstance(error, EndedEarly) else type(error).__name__
        try:
            intakes.stuck(intake, problem=_cannot_go_on(intake, why), at=at)
        except intakes.LostTheLease:
            logger.warning("Another worker went on with intake %s", intake.pk)

    def _job(self, intake: Intake) -> "Job | Back":
        kind = Back if intake.phase == UNDOING else Job
        job = self.open.get(intake.pk)
        if job is None or job.intake.cursor != intake.cursor or job.opened_for != _said(intake):
            job = self.open[intake.pk] = kind(intake)
        job.intake = intake
        return job


def _cannot_go_on(intake: Intake, why: str) -> str:
    if not intake.total:
        return says(
            "We could not read on ({why}; nothing taken in yet). The file is kept, and we try "
            "again every ten minutes.",
            why=why,
        )
    return says(
        "We could not read on ({why}; {n} of {total} taken in). The file is kept, and we try "
        "again every ten minutes.",
        why=why, n=intake.cursor, total=intake.total,
    )  # fmt: skip


def _said(intake: Intake) -> tuple[str, dict[str, Any]]:
    """What somebody may have changed between two steps: then all is read anew."""
    return intake.phase, dict(intake.settings)


class Job:
    """One intake as this worker reads it: first a look over it, then slice after slice."""

    def __init__(self, intake: Intake) -> None:
        self.intake, self.opened_for = intake, _said(intake)
        self.reading: Reading | None = None
        self.looking: Iterator[int] = iter(())
        self.coming: Iterator[Outcome | None] | None = None
        self.size = FIRST

    def step(self, at: datetime) -> None:
        path = intakes.stored_at(self.intake)
        if not path.exists():
            intakes.finish(self.intake, at=at, problem=GONE)
        elif self.reading is None:
            self._open(path, at)
        elif self.coming is None:
            self._look(at)
        else:
            self._slice(self.coming, at)

    def _open(self, path: Path, at: datetime) -> None:
        kind = kind_of(path)
        if kind == UNKNOWN:
            intakes.note(self.intake, kind=kind)
            intakes.finish(self.intake, at=at, problem=why_unknown(path))
            return
        intakes.note(self.intake, kind=kind, problem="")
        self.reading = reading_of(self.intake, path)
        self.looking = self.reading.look()

    def _look(self, at: datetime) -> None:
        assert self.reading is not None  # noqa: S101 - step() asks for it first
        started, seen = perf_counter(), 0
        for seen in self.looking:
            if perf_counter() - started > LOOKING:
                counts = self.intake.counts | {"seen": seen}
                intakes.note(self.intake, counts=counts)
                return
        found = self.reading.findings
        told = {name: found.notes[name] for name in TOLD if found.notes.get(name) is not None}
        counts = self.intake.counts | told | {"seen": found.total}
        intakes.note(self.intake, counts=counts)
        intakes.looked(self.intake, total=found.total, preview=self._preview(), at=at)
        self.coming = self.reading.outcomes(self.intake.cursor)

    def _preview(self) -> dict[str, Any]:
        """Somebody who said to go at once needs none; the report wants the headings."""
        assert self.reading is not None  # noqa: S101 - step() asks for it first
        if self.intake.phase == GOING:
            return dict(self.intake.preview)
        if not self.intake.told:
            return preview(self.reading, self.intake.workspace)
        notes = self.reading.findings.notes
        return {name: notes[name] for name in intakes.PLAIN if name in notes}

    def _slice(self, coming: Iterator[Outcome | None], at: datetime) -> None:
        outcomes, ended = self._next(coming)
        if not outcomes:
            if ended:
                self._finish(at)
            return
        started = perf_counter()
        try:
            write(self.intake, outcomes, at=at)
        except (*FAULTS, intakes.LostTheLease):
            raise
        except Exception:  # one piece must not stop the others: it is found and set aside
            logger.exception("A slice of intake %s is taken in one by one", self.intake.pk)
            self._one_by_one(outcomes, at)
        taken = max(perf_counter() - started, 0.001)
        self.size = int(
            min(max(self.size * BUSY / taken, self.size / 2, LEAST), self.size * 2, MOST)
        )

    def _next(self, coming: Iterator[Outcome | None]) -> tuple[list[Outcome], bool]:
        """The next slice, and whether the file ended. On a long way there it comes back empty,
        so that the lease is renewed."""
        found: list[Outcome] = []
        started, weight = perf_counter(), 0
        for one in coming:
            if one is not None:
                found.append(one)
                weight += len(one.raw)
            elif perf_counter() - started > LOOKING:
                return found, False
            if len(found) >= self.size or weight > WEIGHT:
                return found, False
        return found, True

    def _finish(self, at: datetime) -> None:
        intake = self.intake
        if intake.cursor < intake.total:
            raise EndedEarly("the file ended early")
        with transaction.atomic():
            if propose(intake, at=at):  # a handful at a time; the next step goes on
                intakes.advance(intake, by=0, counts=intake.counts, at=at)
                return
        spreading.spread(intake.workspace, at=at)
        intakes.finish(intake, at=at)

    def _one_by_one(self, outcomes: list[Outcome], at: datetime) -> None:
        for one in outcomes:
            try:
                write(self.intake, [one], at=at)
            except (*FAULTS, intakes.LostTheLease):
                raise
            except Exception as error:
                why = says("This could not be taken in ({error}).", error=type(error).__name__)
                self._set_aside(one, why, at)

    def _set_aside(self, one: Outcome, why: str, at: datetime) -> None:
        aside = Outcome(where=one.where, outcome=QUARANTINED, reason=why, raw=one.raw)
        try:
            write(self.intake, [aside], at=at)
        except (*FAULTS, intakes.LostTheLease):
            raise
        except Exception:  # the place itself may be what cannot be written
            logger.exception("%s of intake %s is set aside by number", one.where, self.intake.pk)
            place = f"piece {self.intake.cursor + 1} of {uuid4().hex[:8]}"
            write(self.intake, [replace(aside, where=place)], at=at)
