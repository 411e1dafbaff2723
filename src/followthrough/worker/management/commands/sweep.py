"""Decide everybody anew, now instead of at night."""

from typing import Any

from django.core.management.base import BaseCommand

from followthrough.ledger import clock
from followthrough.ledger.models import Workspace
from followthrough.ledger.sweep import sweep


class Command(BaseCommand):
    help = "Decide every party anew and say how many rows had to be put right. It should be 0."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for workspace in Workspace.objects.order_by("pk"):
            wrong = sweep(workspace, at=clock.now())
            self.stdout.write(f"{workspace}: {wrong} put right")
