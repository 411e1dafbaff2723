"""One call to an address outside: asked once, followed nowhere, and never waited for long.

Who may be reached is decided by whoever hands in `connect`: it gives a line to a host that was
checked, and the call goes along that one.
"""

import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from followthrough.ledger.limit import at_most

Connect = Callable[[str, int], socket.socket]
LONGEST = 20.0  # seconds for all of it, however slowly it answers
HEARD = 300  # bytes of an answer


class NoAnswer(Exception):
    """Why, as the machine says it."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    code: int
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


@dataclass(frozen=True, kw_only=True)
class Call:
    address: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def call(what: Call, connect: Connect) -> Answer:
    parts = urlsplit(what.address)
    host = parts.hostname or ""
    try:
        line = connect(host, parts.port or (443 if parts.scheme == "https" else 80))
        with at_most(line, LONGEST):
            return _asked(what, _protected(line, host) if parts.scheme == "https" else line)
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(f"{type(error).__name__}: {error}"[:HEARD]) from error


def _protected(line: socket.socket, host: str) -> socket.socket:
    return ssl.create_default_context().wrap_socket(line, server_hostname=host)


def _asked(what: Call, line: socket.socket) -> Answer:
    parts = urlsplit(what.address)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    with closing(HTTPConnection(parts.netloc.rpartition("@")[2])) as talk:
        talk.sock = line
        talk.request(what.method, path, what.body or None, dict(what.headers))
        with talk.getresponse() as heard:
            text = heard.read(HEARD).decode("utf-8", "replace")
    return Answer(code=heard.status, text=" ".join(text.split()))
