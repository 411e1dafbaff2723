"""Where the mail of an address is kept: a provider that is known, or a good guess."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

TLS, STARTTLS, PLAIN = "tls", "starttls", "plain"
AT_ONCE = (993, 465)  # ports where the first word is TLS's


@dataclass(frozen=True, kw_only=True)
class Server:
    host: str
    port: int
    security: str = TLS


@dataclass(frozen=True, kw_only=True)
class Servers:
    """Where a mailbox is read, and where it sends."""

    imap: Server
    smtp: Server


@dataclass(frozen=True, kw_only=True)
class SignInPages:
    """Where a provider lets people sign in for programs (OAuth 2), and what is asked of it."""

    authorize: str
    token: str
    scopes: str
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Provider:
    """`app_password` is where a password for programs is made; `token_only`: none is taken.
    `files_sent`: what leaves by its server lies among the sent mail by itself."""

    key: str
    name: str
    domains: tuple[str, ...]
    servers: Servers
    app_password: str = ""
    token_only: bool = False
    files_sent: bool = False
    sign_in: SignInPages | None = None


@cache
def providers() -> Mapping[str, Provider]:
    """By key, in the order in which they are offered."""
    file = Path(__file__).with_name("providers.toml")
    return {key: _provider(key, said) for key, said in tomllib.loads(file.read_text()).items()}


def provider_of(address: str) -> Provider | None:
    """Whose domain it is."""
    domain = domain_of(address)
    return next((one for one in providers().values() if domain in one.domains), None)


def files_sent_mail(key: str, smtp_host: str) -> bool:
    """Whether it is one of those who file by themselves what leaves by their server."""
    filing = [one for one in providers().values() if one.files_sent]
    return any(one.key == key or one.servers.smtp.host == smtp_host for one in filing)


def guesses(address: str) -> tuple[tuple[Server, ...], tuple[Server, ...]]:
    """Where a house with a domain of its own usually reads and sends, likeliest first."""
    domain = domain_of(address)
    imap = (f"imap.{domain}", f"mail.{domain}", domain)
    smtp = (f"smtp.{domain}", f"mail.{domain}", domain)
    return (
        tuple(Server(host=host, port=993) for host in imap),
        tuple(_server(host, port) for port in (465, 587) for host in smtp),
    )


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].strip().rstrip(".").lower()


def _provider(key: str, said: Mapping[str, object]) -> Provider:
    servers = Servers(imap=_written(str(said["imap"])), smtp=_written(str(said["smtp"])))
    domains, pages = said["domains"], said.get("sign_in")
    return Provider(
        key=key, name=str(said["name"]), servers=servers,
        domains=tuple(map(str, domains if isinstance(domains, list) else ())),
        app_password=str(said.get("app_password", "")), token_only=bool(said.get("token_only")),
        files_sent=bool(said.get("files_sent")),
        sign_in=SignInPages(**pages) if isinstance(pages, dict) else None,
    )  # fmt: skip


def _written(place: str) -> Server:
    host, _, port = place.rpartition(":")
    return _server(host, int(port))


def _server(host: str, port: int) -> Server:
    return Server(host=host, port=port, security=TLS if port in AT_ONCE else STARTTLS)
