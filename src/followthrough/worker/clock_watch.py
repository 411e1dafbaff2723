"""A clock that goes forward at once makes nothing due, until somebody says that it is right."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from followthrough.ledger.models import Workspace
from followthrough.ledger.outbox import switches

TOO_FAR = timedelta(minutes=10)


def seconds_awake() -> float:
    """Runs on while the machine sleeps, unlike the monotonic clock of some systems."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass(kw_only=True)
class ClockWatch:
    """Compares the clock of the books with one that nobody can set."""

    seconds: Callable[[], float] = seconds_awake
    last: tuple[datetime, float] | None = None

    def look(self, now: datetime) -> bool:
        """Whether it went forward at once since the last look; then nothing leaves by itself."""
        passed, before = self.seconds(), self.last
        self.last = (now, passed)
        if before is None:
            return False
        at, seconds = before
        if now - at - timedelta(seconds=passed - seconds) <= TOO_FAR:
            return False
        for workspace in Workspace.objects.filter(demo=False):
            switches.hold(workspace, at=now, why=switches.CLOCK)
        return True
