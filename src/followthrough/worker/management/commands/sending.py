"""What is on its way, what of it nobody can tell, and the words that only a person can say."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from followthrough.ledger import clock
from followthrough.ledger.models import Message, Workspace
from followthrough.ledger.models.outbox import FAILED, IN_DOUBT
from followthrough.ledger.outbox import doubts, places, stopping

ANSWERS = {"left": doubts.it_left, "again": doubts.send_again, "stop": stopping.cancel}


class Command(BaseCommand):
    help = "List the mail that has not left, and decide about it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only-copy", action="store_true", help="no other copy of these books sends mail"
        )
        parser.add_argument("--left", type=int, metavar="ID", help="it did leave")
        parser.add_argument("--again", type=int, metavar="ID", help="send it again")
        parser.add_argument("--stop", type=int, metavar="ID", help="it shall not leave")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = clock.now()
        for answer, decide in ANSWERS.items():
            if (pk := options[answer]) is not None and not decide(_message(pk), at=now):
                raise CommandError(f"Message {pk} was decided before, or has left.")
        for workspace in Workspace.objects.filter(demo=False).order_by("pk"):
            if options["only_copy"]:
                doubtful = places.this_is_the_only_copy(workspace, at=now)
                self.stdout.write(f"{workspace}: sends from here; {doubtful} in doubt")
            self._tell(workspace)

    def _tell(self, workspace: Workspace) -> None:
        rows = Message.objects.filter(workspace=workspace)
        counted = Counter(rows.values_list("state", flat=True))
        states = ", ".join(f"{count} {state}" for state, count in sorted(counted.items()))
        self.stdout.write(f"{workspace}: {states or 'nothing was written'}")
        for why in places.waiting(workspace):
            self.stdout.write(f"    nothing is sent: {why} Say --only-copy if so.")
        unclear = rows.filter(state__in=(IN_DOUBT, FAILED)).select_related("party")
        for row in unclear.defer("raw").order_by("-pk")[:50]:
            said = row.reason or row.answer or "nobody knows whether it left"
            self.stdout.write(f"    {row.pk} to {row.party}: {row.state}, {said}")


def _message(pk: int) -> Message:
    row = Message.objects.filter(pk=pk).first()
    if row is None:
        raise CommandError(f"There is no message {pk}.")
    return row
