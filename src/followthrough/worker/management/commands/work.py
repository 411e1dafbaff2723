"""The loop as a process of its own: for PostgreSQL, on as many machines as wanted."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from followthrough.worker.loop import Loop


class Command(BaseCommand):
    help = "Turn the handle until stopped: intakes, alarms, audits and the nightly sweep."

    def handle(self, *_args: Any, **_options: Any) -> None:
        loop = Loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: loop.stopping.set())
        self.stdout.write("Turning the handle. Stop it with Ctrl-C.")
        loop.run()
