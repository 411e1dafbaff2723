"""Is anything dropped? One sentence per workspace; a failing exit where the answer is yes."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from followthrough.ledger import clock
from followthrough.ledger.audit import check, uncovered_matters
from followthrough.ledger.models import Workspace


class Command(BaseCommand):
    help = "Count what is open and what of it nobody would do. Exits with 1 unless that is 0."

    def handle(self, *_args: Any, **_options: Any) -> None:
        uncovered = 0
        for workspace in Workspace.objects.filter(demo=False).order_by("pk"):
            found = check(workspace, at=clock.now())
            uncovered += found.uncovered
            self.stdout.write(f"{workspace}: {found}")
            for matter in uncovered_matters(found, workspace):
                self.stdout.write(
                    f"    matter {matter.pk}: {matter}, open since {matter.opened_at:%Y-%m-%d}"
                )
            for party in found.parties:
                self.stdout.write(f"    person {party} came to us, and nothing was opened")
        if uncovered:
            sys.exit(1)
