"""Turning the handle: each step for each workspace, none of them in another's way."""

import atexit
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import close_old_connections, connection

from followthrough.ledger import clock, heartbeats
from followthrough.ledger.models import Heartbeat, Workspace
from followthrough.worker.clock_watch import ClockWatch
from followthrough.worker.importing.job import Importer
from followthrough.worker.mailbox.evidence import sent_copy
from followthrough.worker.mailbox.watching import Watchers
from followthrough.worker.sending.post import Post
from followthrough.worker.steps import Step, steps
from followthrough.worker.watching import Watchdog

logger = logging.getLogger(__name__)

PAUSE = 2.0
BREATH = 0.01  # between two slices of an intake, so that others may write
SIGN_OF_LIFE = timedelta(seconds=10)


class Loop:
    """One worker. Several may run, in one process or on many machines."""

    def __init__(self, its_steps: Sequence[Step] | None = None) -> None:
        self.watchers, self.post = Watchers(), Post(copies=sent_copy)
        self.clock_watch = ClockWatch()
        self.own_steps = its_steps is None
        self.steps = steps(Importer(), self.post) if its_steps is None else its_steps
        self.stopping = Event()
        self.known: dict[tuple[int, str], str] = {}  # problems that were logged already

    def turn(self, now: datetime) -> bool:
        """One turn of the handle; whether there is more to do at once."""
        busy = False
        for workspace in Workspace.objects.order_by("pk"):
            signs = heartbeats.all_of(workspace)
            for step in self.steps:
                said = self._run(step, workspace, now, signs.get(step.name))
                busy = busy or bool(said and step.due is None and step.hurries)
        return busy

    def run(self) -> None:
        """Until stopped. Nothing that goes wrong ends it."""
        if self.own_steps:
            self.steps = steps(Importer(), self.post, self.watchers)
            Thread(target=Watchdog(self.stopping).run, name="watchdog", daemon=True).start()
        while not self.stopping.is_set():
            busy = False
            try:
                close_old_connections()
                now = clock.now()
                self.clock_watch.look(now)
                busy = self.turn(now)
            except Exception as error:
                self._say_once((0, "loop"), error)
                connection.close()
            self.stopping.wait(BREATH if busy else PAUSE)
        self.watchers.stop()
        connection.close()

    def _run(self, step: Step, workspace: Workspace, now: datetime, last: Heartbeat | None) -> str:
        if step.due and last and not step.due(last.at, now, workspace):
            return ""
        if step.due and not heartbeats.take(workspace, step.name, last, at=now):
            return ""
        said, problem = "", ""
        try:
            said = step.run(workspace, now)
            self.known.pop((workspace.pk, step.name), None)
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
            self._say_once((workspace.pk, step.name), error)
        if step.due or last is None or said or problem or _has_news(last, now):
            heartbeats.beat(workspace, step.name, at=now, said=said, problem=problem)
        return said

    def _say_once(self, where: tuple[int, str], error: Exception) -> None:
        said = f"{type(error).__name__}: {error}"
        if self.known.get(where) != said:
            self.known[where] = said
            logger.error("The step %s failed: %s", where[1], said, exc_info=error)


def _has_news(last: Heartbeat, now: datetime) -> bool:
    """A row at every turn would be a write at every turn."""
    return bool(last.problem) or now - last.at >= SIGN_OF_LIFE


def start() -> "tuple[Loop, Thread]":
    """The loop as a thread beside the web server, which takes it along when it ends."""
    loop = Loop()
    thread = Thread(target=loop.run, name="handle", daemon=True)
    thread.start()
    atexit.register(stop, loop, thread)
    return loop, thread


def stop(loop: Loop, thread: Thread) -> None:
    loop.stopping.set()
    thread.join(timeout=10)
