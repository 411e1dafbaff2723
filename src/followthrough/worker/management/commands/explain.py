"""Why is this on my list? Fact → rule → follow-up → fact."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from followthrough.ledger.explain import explain
from followthrough.ledger.models import FollowUp


class Command(BaseCommand):
    help = "The chain of facts behind one follow-up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int)

    def handle(self, *_args: Any, **options: Any) -> None:
        rows = FollowUp.objects.select_related("party__workspace", "matter")
        followup = rows.filter(pk=options["id"]).first()
        if followup is None:
            raise CommandError(f"There is no follow-up {options['id']}.")
        self.stdout.write(str(explain(followup)))
