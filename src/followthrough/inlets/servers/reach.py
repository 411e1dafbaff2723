"""Which servers may be reached: nobody looks around in the house's own network by way of us.

Every address of a name is checked, and the connection goes to the one that was checked: a name
that answers differently the second time leads nowhere else.
"""

import ipaddress
import socket
from collections.abc import Collection, Iterable

from followthrough.core.saying import says
from followthrough.inlets.servers.places import PLAIN, Server
from followthrough.inlets.servers.trouble import UNREACHABLE, Trouble

HOUSE, MACHINE = "house", "machine"  # how far inside a server may lie
HTTPS = 443
PORTS = (143, 993, 25, 465, 587, 2525)
INSIDE = says(
    "{host} lies inside your own network. Whoever runs this program can allow that (MAIL_INSIDE)."
)
NO_MAIL_PORT = says(
    "Mail is not spoken at port {port}. Usual are 993 for reading, 465 for sending."
)
SITE_INSIDE = says(
    "{host} lies inside your own network. Whoever runs this program can allow that ({setting})."
)
NO_SITE_PORT = says("Port {port} is not the usual one for https. Write the address without a port.")
MODEL_OPEN = says("Anybody could read along. Write the address with https in front.")
UNPROTECTED = says("Without protection anybody could read the password. Choose TLS or STARTTLS.")

# What Python takes for public and is not: other ways to write an IPv4 address, and old networks.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(one)
    for one in (
        "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32",
        "fec0::/10", "192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "224.0.0.0/4", "ff00::/8",
    )
)  # fmt: skip
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def reach(
    server: Server, *, inside: str, seconds: float, ports: Collection[int] = PORTS
) -> socket.socket:
    """A connection to it. `inside` says how far in it may lie: "", HOUSE or MACHINE."""
    if inside != MACHINE and server.port not in ports:
        raise Trouble(UNREACHABLE, says(NO_MAIL_PORT.template, port=server.port))
    found = _addresses(server)
    if not found or not all(_allowed(one, inside) for one in found):
        raise Trouble(UNREACHABLE, says(INSIDE.template, host=server.host))
    if server.security == PLAIN and not all(one.is_loopback for one in found):
        raise Trouble(UNREACHABLE, UNPROTECTED)
    return _first_that_answers(found, server.port, seconds)


def reach_site(host: str, port: int, *, inside: str, seconds: float) -> socket.socket:
    """A line to a website. Outside the house only its usual port is asked."""
    found = _of_a_site(host, port, inside, "WEB_INSIDE")
    return _first_that_answers(found, port, seconds)


def reach_model(host: str, port: int, *, tls: bool, inside: str, seconds: float) -> socket.socket:
    """A line to a language model. Outside our network it is spoken to under protection alone."""
    found = _of_a_site(host, port, inside, "MODEL_INSIDE")
    if not tls and any(one.is_global for one in found):
        raise Trouble(UNREACHABLE, MODEL_OPEN)
    return _first_that_answers(found, port, seconds)


def _of_a_site(host: str, port: int, inside: str, setting: str) -> list[Address]:
    if not inside and port != HTTPS:
        raise Trouble(UNREACHABLE, says(NO_SITE_PORT.template, port=port))
    found = _addresses(Server(host=host, port=port))
    if not found or not all(_allowed(one, inside) for one in found):
        raise Trouble(UNREACHABLE, says(SITE_INSIDE.template, host=host, setting=setting))
    return found


def _addresses(server: Server) -> list[Address]:
    host = server.host.rstrip(".").encode("idna").decode("ascii")
    rows = socket.getaddrinfo(host, server.port, type=socket.SOCK_STREAM)
    return list(
        dict.fromkeys(ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows)
    )


def _allowed(address: Address, inside: str) -> bool:
    if inside == MACHINE and address.is_loopback:
        return True
    if any(address in network for network in _NOT_PUBLIC if network.version == address.version):
        return False
    if address.is_loopback or address.is_link_local or address.is_unspecified:
        return False
    return address.is_global or (inside in (HOUSE, MACHINE) and address.is_private)


def _first_that_answers(found: Iterable[Address], port: int, seconds: float) -> socket.socket:
    problem: OSError = OSError("no address")
    for address in found:
        try:
            return socket.create_connection((str(address), port), seconds)
        except OSError as error:
            problem = error
    raise problem
