"""What the house of an address says of its own servers: in a small file on its site (autoconfig, as
Thunderbird reads it), or in its names (SRV, RFC 6186 and 8314). Only what is protected counts.
"""

import http.client
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import dns.exception
import dns.resolver
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from followthrough.inlets.servers.pages import ask
from followthrough.inlets.servers.places import STARTTLS, TLS, Server, Servers, domain_of
from followthrough.inlets.servers.together import together
from followthrough.inlets.servers.trouble import Trouble

SAID = (
    "https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={address}",
    "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
)
SECONDS = 4.0  # for all that is asked at once
SECURITY = {"SSL": TLS, "STARTTLS": STARTTLS}
IMAP_NAMES = (("_imaps", TLS), ("_imap", STARTTLS))
SMTP_NAMES = (("_submissions", TLS), ("_submission", STARTTLS))


@dataclass(frozen=True, kw_only=True)
class Record:
    """`sure`: said by its own house over TLS, or by its names about servers of its own. Others may
    have written a name that leads elsewhere; somebody has to say yes first."""

    servers: Servers
    name: str = ""
    sure: bool = True


def records_of(address: str, *, inside: str, said: Iterable[str] = SAID) -> Record | None:
    """The first of them, in this order; all are asked at once."""
    domain = domain_of(address)
    told = {"domain": domain, "address": quote(address)}
    pages = [one.format(**told) for one in said]
    asks = [lambda page=page: _page(page, address, inside) for page in pages]
    heard = together([*asks, lambda: names_of(domain)], seconds=SECONDS)
    return next((one[0] for one in heard if one and one[0]), None)


def _page(where: str, address: str, inside: str) -> Record | None:
    try:
        page = ask(where, inside=inside, seconds=SECONDS)
    except (Trouble, OSError, http.client.HTTPException, ValueError):
        return None
    return read(page.body, address) if page.status == 200 else None


def read(xml: bytes, address: str) -> Record | None:
    """None for what cannot be read, or offers nothing that is protected."""
    try:
        tree = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return None
    imap = _server(tree.iter("incomingServer"), "imap")
    smtp = _server(tree.iter("outgoingServer"), "smtp")
    if not (imap and smtp):
        return None
    return Record(servers=Servers(imap=imap[0], smtp=smtp[0]), name=_name(imap[1], address))


def _server(found: Iterable[Any], kind: str) -> tuple[Server, str] | None:
    """The first that is protected and takes a password; and how one is called there."""
    for one in found:
        host, port = one.findtext("hostname", "").strip(), one.findtext("port", "").strip()
        security = SECURITY.get(one.findtext("socketType", "").strip().upper())
        if one.get("type") == kind and security and host and port.isdigit() and len(port) < 6:
            server = Server(host=host[:253].lower(), port=int(port), security=security)
            return server, one.findtext("username", "").strip()
    return None


def _name(pattern: str, address: str) -> str:
    """%EMAILADDRESS% or %EMAILLOCALPART%, as it is written there."""
    local = address.rpartition("@")[0]
    said = pattern.replace("%EMAILADDRESS%", address).replace("%EMAILLOCALPART%", local)
    said = said.replace("%EMAILDOMAIN%", domain_of(address))
    return said if said and "%" not in said and len(said) < 254 else address


def names_of(domain: str, resolver: dns.resolver.Resolver | None = None) -> Record | None:
    """By its names. What lies outside of the domain could have been put there by anybody on the
    way: RFC 6186 wants somebody's yes."""
    try:
        asked = resolver or dns.resolver.Resolver()
    except dns.exception.DNSException:  # this machine asks nobody for names
        return None
    imap, smtp = _named(asked, domain, IMAP_NAMES), _named(asked, domain, SMTP_NAMES)
    if not (imap and smtp):
        return None
    own = all(f".{one.host}".endswith(f".{domain}") for one in (imap, smtp))
    return Record(servers=Servers(imap=imap, smtp=smtp), sure=own)


def _named(
    resolver: dns.resolver.Resolver, domain: str, names: Iterable[tuple[str, str]]
) -> Server | None:
    for name, security in names:
        try:
            found = resolver.resolve(f"{name}._tcp.{domain}", "SRV", lifetime=SECONDS / 2)
        except (dns.exception.DNSException, OSError, ValueError):
            continue
        for row in sorted(found, key=lambda one: (one.priority, -one.weight)):
            host = row.target.to_text(omit_final_dot=True).lower()
            if host.strip("."):  # "." says that there is none
                return Server(host=host, port=row.port, security=security)
    return None
