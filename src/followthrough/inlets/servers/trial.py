"""Whether a mailbox can be read and sent from, tried for real before anybody relies on it."""

from collections.abc import Callable
from dataclasses import dataclass

from followthrough.core.saying import Saying, says
from followthrough.inlets.servers.clients import Imap, Smtp
from followthrough.inlets.servers.places import Provider, Server, Servers
from followthrough.inlets.servers.together import together
from followthrough.inlets.servers.trouble import (
    REFUSED,
    TOO_SLOW,
    UNREACHABLE,
    Trouble,
    in_plain_words,
)

SECONDS = 8.0  # that somebody waits for one answer
TRYING = 10.0  # and for all of a trial; with what is looked for before it, below twenty
READS = says("Reading: {why}")
SENDS = says("Sending: {why}")
WANTS_APP_PASSWORD = says(
    "{name} lets programs in with an app password only, not with your usual one. Make one at "
    "{where} and paste it here."
)
WANTS_TOKEN = says(
    "{name} no longer lets programs in with a password, only through its own sign-in page. Use "
    "“Sign in” here; where that is missing, an administrator sets it up under Settings, Mailboxes."
)
TOKEN_REFUSED = says(
    "The server does not accept this sign-in. Sign in again, as {name}, and allow reading and "
    "sending mail."
)


@dataclass(frozen=True, kw_only=True)
class Login:
    """`by_token`: the password is an access token (OAuth 2)."""

    name: str
    password: str
    inside: str = ""  # how far inside our network a server may lie
    by_token: bool = False


def problems_with(servers: Servers, login: Login, provider: Provider | None) -> list[Saying]:
    """What keeps it from working, both ways asked at once. Empty: it works."""
    asks = (
        (servers.imap, lambda: trouble_reading(servers.imap, login)),
        (servers.smtp, lambda: trouble_sending(servers.smtp, login)),
    )
    heard = together([ask for _, ask in asks], seconds=TRYING)
    found = [
        _too_slow(server) if one is None else one[0]
        for (server, _), one in zip(asks, heard, strict=True)
    ]
    if any(one and one.kind == REFUSED for one in found) and (said := _refused(login, provider)):
        return [said]
    if found[0] and found[1] and found[0].said == found[1].said:
        return [found[0].said]
    words = ((READS, found[0]), (SENDS, found[1]))
    return [says(way.template, why=one.said) for way, one in words if one]


def _refused(login: Login, provider: Provider | None) -> Saying | None:
    if login.by_token:
        return says(TOKEN_REFUSED.template, name=login.name)
    if provider and provider.token_only:
        return says(WANTS_TOKEN.template, name=provider.name)
    if provider and provider.app_password:
        told = {"name": provider.name, "where": provider.app_password}
        return says(WANTS_APP_PASSWORD.template, **told)
    return None


def _too_slow(server: Server) -> Trouble:
    return Trouble(UNREACHABLE, says(TOO_SLOW.template, host=server.host))


def trouble_reading(server: Server, login: Login) -> Trouble | None:
    def ask() -> None:
        box = Imap(server, inside=login.inside, seconds=SECONDS, at_most=1.5 * TRYING)
        try:
            (box.sign_in_by_token if login.by_token else box.sign_in)(login.name, login.password)
        finally:
            box.hang_up()

    return trouble(server, ask)


def trouble_sending(server: Server, login: Login) -> Trouble | None:
    def ask() -> None:
        door = Smtp(server, inside=login.inside, seconds=SECONDS, at_most=1.5 * TRYING)
        try:
            (door.sign_in_by_token if login.by_token else door.sign_in)(login.name, login.password)
        finally:
            door.close()

    return trouble(server, ask)


def trouble(server: Server, ask: Callable[[], None]) -> Trouble | None:
    try:
        with in_plain_words(server.host, server.port):
            ask()
    except Trouble as found:
        return found
    return None
