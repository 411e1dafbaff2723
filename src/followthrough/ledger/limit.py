"""An end to a connection, whatever is still said on it: who says a byte now and then would be heard
for days. It stands here since all who talk to others may ask the books, and nobody else's.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer


class Limit:
    """After so many seconds whoever waits there waits no more, and `passed` says so. It holds the
    connection a second time, since TLS takes the first hold away: `over` lets go of it. 0 seconds:
    no end."""

    def __init__(self, line: socket.socket, seconds: float) -> None:
        self.line = line.dup() if seconds else None
        self.passed = False
        self.timer = Timer(seconds, self._cut)
        self.timer.daemon = True
        if seconds:
            self.timer.start()

    def _cut(self) -> None:
        self.passed = True
        with suppress(OSError):
            if self.line:
                self.line.shutdown(socket.SHUT_RDWR)
        self.over()

    def over(self) -> None:
        self.timer.cancel()
        if self.line:
            self.line.close()


@contextmanager
def at_most(line: socket.socket, seconds: float) -> Iterator[None]:
    """The line is closed at the end. TimeoutError: the time was over, and what came until then may
    be half of an answer."""
    limit = Limit(line, seconds)
    try:
        yield
    except Exception as error:
        if limit.passed:
            raise TimeoutError from error
        raise
    finally:
        limit.over()
        line.close()
    if limit.passed:
        raise TimeoutError
