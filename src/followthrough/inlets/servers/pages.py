"""A page asked for over HTTPS, from a server that was checked: a little of it, no redirects."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from followthrough.inlets.servers.places import PLAIN, TLS, Server
from followthrough.inlets.servers.reach import reach
from followthrough.ledger.limit import Limit

MOST = 64 << 10  # bytes of an answer that are read
SECONDS = 8.0


@dataclass(frozen=True, kw_only=True)
class Page:
    status: int
    body: bytes


def server_of(address: str) -> Server:
    """Whose address it is. Without TLS nothing but this machine is reached."""
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ValueError(f"{address} is no address of a page.")
    security, usual = (TLS, 443) if parts.scheme == "https" else (PLAIN, 80)
    return Server(host=parts.hostname, port=parts.port or usual, security=security)


def ask(
    address: str, *, inside: str, told: Mapping[str, str] | None = None, seconds: float = SECONDS
) -> Page:
    """`told` is posted as a form. All of it ends after so many seconds."""
    server, parts = server_of(address), urlsplit(address)
    line = reach(server, inside=inside, seconds=seconds, ports=(443,))
    limit = Limit(line, seconds)
    try:
        if server.security == TLS:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=server.host)
        wire = http.client.HTTPConnection(server.host, server.port)
        wire.sock = line
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        heads = {"Accept": "*/*", "Connection": "close"}
        if told is None:
            wire.request("GET", path, headers=heads)
        else:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
            wire.request("POST", path, urlencode(told), heads)
        said = wire.getresponse()
        return Page(status=said.status, body=said.read(MOST))
    finally:
        limit.over()
        line.close()
