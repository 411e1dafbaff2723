"""Bring in files from the command line: the same code as the page, with a bar to watch."""  # noqa: N999

from argparse import ArgumentParser
from pathlib import Path
from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from followthrough.ledger import clock, intakes
from followthrough.ledger.models import Intake, Member
from followthrough.worker.importing.job import Importer


class Command(BaseCommand):
    help = "Bring in mail, lists and address books."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--me", action="append", default=[], metavar="ADDRESS")
        parser.add_argument("--member", default="", metavar="EMAIL")

    def handle(self, *_args: Any, **options: Any) -> None:
        member = self._member(options["member"])
        missing = [str(path) for path in options["files"] if not path.exists()]
        if missing:
            raise CommandError(f"There is no {', '.join(missing)}.")
        for path in options["files"]:
            self._bring_in(path, member, {"ours": options["me"]})

    def _member(self, email: str) -> Member:
        members = Member.objects.filter(active=True).select_related("workspace", "user")
        found = list(members.filter(user__email__iexact=email) if email else members[:2])
        if len(found) == 1:
            return found[0]
        raise CommandError(
            f"Nobody here signs in as {email}." if email else "Whose are they? Add --member EMAIL."
        )

    def _bring_in(self, path: Path, member: Member, said: dict[str, Any]) -> None:
        if path.is_dir():
            intake = intakes.receive_folder(member, path, said, at=clock.now())
        else:
            with path.open("rb") as stream:
                intake = intakes.receive(
                    member.workspace, member, path.name, stream, said, at=clock.now()
                )
        self._watch(intake)
        if intake.problem:
            raise CommandError(f"{path.name}: {intake.problem}")
        self.stdout.write(f"{path.name}: {summary(intake)}")

    def _watch(self, intake: Intake) -> None:
        importer = Importer()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(intake.file_name, total=None)
            while not intake.finished_at:
                if not importer.slice_of(intake, at=clock.now()):
                    sleep(1)  # a running server has it: this one looks on
                    intake.refresh_from_db()
                bar.update(task, completed=intake.cursor, total=intake.total or None)


def summary(intake: Intake) -> str:
    """The sum of all pieces, and why some were left out."""
    outcomes, rules = intake.counts.get("outcomes", {}), intake.counts.get("rules", {})
    parts = [f"{count} {name}" for name, count in outcomes.items()]
    lines = [f"{intake.cursor} read: {', '.join(parts) or 'nothing in it'}."]
    lines += [f"    {count} left out: {rule}" for rule, count in rules.items()]
    if intake.counts.get("guessed"):
        lines.append(f"    Taken for ours: {', '.join(intake.counts['guessed'])} (a guess)")
    return "\n".join(lines)
