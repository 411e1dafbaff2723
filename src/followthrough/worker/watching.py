"""The machine looks after itself: what is wrong is noted, told, and called to an address outside.

A loop that hangs cannot say so. A thread beside it looks whether it does, and tells in its place.
"""

import logging
from datetime import datetime
from socket import socket
from threading import Event
from time import monotonic

from django.conf import settings
from django.db import close_old_connections, connection

from followthrough.channels.calling import Call, NoAnswer, call
from followthrough.ledger import alarms, clock, heartbeats, pings, watching
from followthrough.ledger.models import Ping, Workspace
from followthrough.ledger.wrong import SOON
from followthrough.worker.pushing import connected, push
from followthrough.worker.reminding import mail

logger = logging.getLogger(__name__)

EVERY = 30.0  # seconds
WATCH = "watch"  # the step's name
OF_LOOPS = ("stands", "loop", "fails")


def watch(workspace: Workspace, now: datetime) -> str:
    """Called outside only while all loops are well: silence says that they are not."""
    faults = watching.look(workspace, at=now)
    if any(fault.key.partition(":")[0] in OF_LOOPS for fault in faults):
        return f"{len(faults)} wrong"
    ping = pings.take(workspace, at=now)
    called = _call(ping, now) if ping else ""
    return ", ".join(filter(None, [f"{len(faults)} wrong" if faults else "", called]))


def _call(ping: Ping, now: datetime) -> str:
    try:
        answer = call(Call(address=ping.address), _connect)
    except NoAnswer as error:
        pings.failed(ping, str(error))
        return "the address outside did not answer"
    if 200 <= answer.code < 300:
        pings.worked(ping, at=now)
        return "called outside"
    pings.failed(ping, str(answer))
    return "the address outside refused"


def _connect(host: str, port: int) -> socket:
    """An administrator names the address: inside the house only where that was allowed."""
    return connected(host, port, settings.WEB_INSIDE)


class Watchdog:
    """Beside a loop, in a thread of its own."""

    def __init__(self, stopping: Event) -> None:
        self.stopping = stopping
        self.since = monotonic()

    def run(self) -> None:
        """Nothing that goes wrong ends it. A machine that was asleep is given its time."""
        while not self.stopping.wait(EVERY):
            if monotonic() - self.since < SOON.total_seconds():
                continue
            try:
                close_old_connections()
                self.look(clock.now())
            except Exception:
                logger.exception("Whether the loop runs could not be seen.")
            finally:
                connection.close()

    def look(self, now: datetime) -> int:
        """In how many workspaces nobody else looked for long; there it tells, too."""
        silent = [one for one in Workspace.objects.order_by("pk") if _is_silent(one, now)]
        for workspace in silent:
            watching.look(workspace, at=now, alone=True)
            alarms.ring(workspace, at=now)
            push(workspace, now)
            mail(workspace, now)
        return len(silent)


def _is_silent(workspace: Workspace, now: datetime) -> bool:
    last = heartbeats.last(workspace, WATCH)
    return last is not None and now - last.at > SOON
