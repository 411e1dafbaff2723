"""Bring in files from the command line: the same code as the page, with a bar to watch."""  # noqa: N999

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from followthrough.inlets.columns import FIELDS, SUBJECTS
from followthrough.ledger import clock, intakes, pieces
from followthrough.ledger.models import Intake, Member
from followthrough.ledger.models.intake import READY, UNDOING, UNDONE
from followthrough.ledger.taking_back import take_back
from followthrough.worker.importing.job import Importer
from followthrough.worker.importing.readings import place_of


class Command(BaseCommand):
    help = "Bring in mail, lists and address books; see first what would come of it; take it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--me", action="append", default=[], metavar="ADDRESS")
        parser.add_argument("--member", default="", metavar="EMAIL")
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD")
        parser.add_argument("--what", default="", choices=["", *SUBJECTS])
        order = parser.add_mutually_exclusive_group()
        order.add_argument("--day-first", action="store_true", default=None, dest="day_first")
        order.add_argument("--month-first", action="store_false", default=None, dest="day_first")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--report", type=Path, metavar="FILE.csv")
        parser.add_argument("--undo", type=int, metavar="NUMBER")

    def handle(self, *_args: Any, **options: Any) -> None:
        member = self._member(options["member"])
        if options["undo"] is not None:
            self._take_back(member, options["undo"])
        elif not options["files"]:
            raise CommandError("Which file? followthrough import FILE")
        missing = [str(path) for path in options["files"] if not path.exists()]
        if missing:
            raise CommandError(f"There is no {', '.join(missing)}.")
        for path in options["files"]:
            self._bring_in(path, member, options)

    def _member(self, email: str) -> Member:
        members = Member.objects.filter(active=True, workspace__demo=False).select_related(
            "workspace", "user"
        )
        found = list(members.filter(user__email__iexact=email) if email else members[:2])
        if len(found) == 1:
            return found[0]
        raise CommandError(
            f"Nobody here signs in as {email}." if email else "Whose are they? Add --member EMAIL."
        )

    def _bring_in(self, path: Path, member: Member, options: dict[str, Any]) -> None:
        said, go = _said(path, options), not options["dry_run"]
        if path.is_dir():
            intake = intakes.receive_folder(member, path, said, at=clock.now(), go=go)
        else:
            with path.open("rb") as stream:
                intake = intakes.receive(
                    member.workspace, member, path.name, stream, said, at=clock.now(), go=go
                )
        self._watch(intake)
        if intake.phase == READY:
            self.stdout.write("\n".join(expected(intake)))
            intakes.call_off(intake, at=clock.now())
            return
        self.stdout.write(f"{path.name}: {summary(intake)}")
        if options["report"]:
            with options["report"].open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(pieces.report_of(intake))

    def _take_back(self, member: Member, number: int) -> None:
        intake = Intake.objects.filter(workspace=member.workspace, pk=number).first()
        if intake is None or not take_back(intake, at=clock.now()):
            raise CommandError(f"There is no import {number} that could be taken back.")
        intake.refresh_from_db()
        self._watch(intake)
        counts = intake.counts
        self.stdout.write(
            f"{intake.file_name}: taken back. {counts['removed']} people gone again, "
            f"{counts['kept']} stay as they were before."
        )

    def _watch(self, intake: Intake) -> None:
        importer = Importer()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(intake.file_name, total=None)
            while not intake.finished_at and intake.phase != READY:
                if not importer.slice_of(intake, at=clock.now()):
                    intake.refresh_from_db()
                    if intake.problem:  # it got stuck: a server may try again, nobody waits
                        break
                    sleep(1)  # a running server has it: this one looks on
                done, total = _how_far(intake)
                bar.update(task, completed=done, total=total or None)
        if intake.problem:
            raise CommandError(f"{intake.file_name}: {intake.problem}")


def _how_far(intake: Intake) -> tuple[int, int]:
    counts = intake.counts
    if intake.phase in (UNDOING, UNDONE):
        return counts.get("removed", 0) + counts.get("kept", 0), counts.get("to_take_back", 0)
    return intake.cursor, intake.total


def _said(path: Path, options: dict[str, Any]) -> dict[str, Any]:
    """What somebody said on the line, as the page would keep it."""
    said: dict[str, Any] = {"ours": options["me"]}
    if options["map"]:
        said["fields"] = dict(_mapped(path, one) for one in options["map"])
    if options["what"]:
        said["what"] = options["what"]
    if options["day_first"] is not None:
        said["day_first"] = options["day_first"]
    return said


def _mapped(path: Path, said: str) -> tuple[str, str]:
    column, _, field = said.rpartition("=")
    if field not in FIELDS:
        raise CommandError(f"“{field}” is no field. There are {', '.join(filter(None, FIELDS))}.")
    place, headers = place_of(path, column)
    if place is None:
        raise CommandError(f"There is no column “{column}”. There are {', '.join(headers)}.")
    return str(place), field


def expected(intake: Intake) -> Iterator[str]:
    """What would come of it."""
    seen = intake.preview
    yield f"{intake.file_name}: {intake.total} in it. Nothing is brought in yet."
    for header, field in zip(seen.get("headers", ()), seen.get("mapping", ()), strict=False):
        yield f"    {header}: {FIELDS.get(field, field)}"
    yield from (f"    {doubt}" for doubt in seen.get("doubts", ()))
    for one in seen.get("first", ()):
        said = one.get("left_out") or f"{one['name']} {one['email']} {one['happens']}"
        yield f"    {one['where']}: {said}"
    if "addresses" in seen:
        yield f"    You are {', '.join(seen['ours']) or 'nobody in it'}. Else say --me ADDRESS."


def summary(intake: Intake) -> str:
    """The sum of all pieces, and why some were left out."""
    outcomes, rules = intake.counts.get("outcomes", {}), intake.counts.get("rules", {})
    parts = [f"{count} {name}" for name, count in outcomes.items()]
    lines = [f"{intake.cursor} read: {', '.join(parts) or 'nothing in it'}."]
    lines += [f"    {count} left out: {rule}" for rule, count in rules.items()]
    if intake.counts.get("guessed"):
        lines.append(f"    Taken for ours: {', '.join(intake.counts['guessed'])} (a guess)")
    lines.append(f"    To take it back: followthrough import --undo {intake.pk}")
    return "\n".join(lines)
