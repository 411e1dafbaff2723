"""An end to a connection, whatever is still said on it."""

import socket
from contextlib import suppress
from threading import Timer


class Limit:
    """After so many seconds whoever waits there waits no more. It holds the connection a second
    time, since TLS takes the first hold away: `over` lets go of it. 0 seconds: no end."""

    def __init__(self, line: socket.socket, seconds: float) -> None:
        self.line = line.dup() if seconds else None
        self.timer = Timer(seconds, self._cut)
        self.timer.daemon = True
        if seconds:
            self.timer.start()

    def _cut(self) -> None:
        with suppress(OSError):
            if self.line:
                self.line.shutdown(socket.SHUT_RDWR)
        self.over()

    def over(self) -> None:
        self.timer.cancel()
        if self.line:
            self.line.close()
