"""Whether a mailbox can be read and sent from, tried for real before anybody relies on it."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from followthrough.core.saying import Saying, says
from followthrough.inlets.servers.clients import Imap, Smtp
from followthrough.inlets.servers.places import (
    Provider,
    Server,
    Servers,
    guesses,
    provider_of,
    providers,
)
from followthrough.inlets.servers.trouble import REFUSED, Trouble, in_plain_words

SECONDS = 8.0  # that somebody waits for one server
GUESSING = 5.0
READS = says("Reading: {why}")
SENDS = says("Sending: {why}")
WANTS_APP_PASSWORD = says(
    "{name} lets programs in with an app password only, not with your usual one. Make one at "
    "{where} and paste it here."
)
WANTS_TOKEN = says(
    "{name} no longer lets programs in with a password, only through its own sign-in page. That "
    "cannot be used here yet. Until then, a rule that forwards your mail to another mailbox helps."
)


@dataclass(frozen=True, kw_only=True)
class Login:
    name: str
    password: str
    inside: str = ""  # how far inside our network a server may lie


def servers_of(address: str, *, provider: str = "", inside: str = "") -> Servers | None:
    """Those of its provider, else the first that answer where they usually are; None: ask."""
    known = providers().get(provider) or provider_of(address)
    if known:
        return known.servers
    reading, sending = guesses(address)
    imap = _first(reading, lambda server: Imap(server, inside=inside, seconds=GUESSING).hang_up())
    if imap is None:
        return None
    smtp = _first(sending, lambda server: Smtp(server, inside=inside, seconds=GUESSING).close())
    return Servers(imap=imap, smtp=smtp) if smtp else None


def problems_with(servers: Servers, login: Login, provider: Provider | None) -> list[Saying]:
    """What keeps it from working, both ways asked at once. Empty: it works."""
    with ThreadPoolExecutor(2) as both:
        reading = both.submit(trouble_reading, servers.imap, login)
        sending = both.submit(trouble_sending, servers.smtp, login)
    found = reading.result(), sending.result()
    if provider and any(one and one.kind == REFUSED for one in found):
        if provider.token_only:
            return [says(WANTS_TOKEN.template, name=provider.name)]
        if provider.app_password:
            told = {"name": provider.name, "where": provider.app_password}
            return [says(WANTS_APP_PASSWORD.template, **told)]
    if found[0] and found[1] and found[0].said == found[1].said:
        return [found[0].said]
    words = ((READS, found[0]), (SENDS, found[1]))
    return [says(way.template, why=one.said) for way, one in words if one]


def trouble_reading(server: Server, login: Login) -> Trouble | None:
    def ask() -> None:
        box = Imap(server, inside=login.inside, seconds=SECONDS)
        try:
            box.sign_in(login.name, login.password)
        finally:
            box.hang_up()

    return _trouble(server, ask)


def trouble_sending(server: Server, login: Login) -> Trouble | None:
    def ask() -> None:
        door = Smtp(server, inside=login.inside, seconds=SECONDS)
        try:
            door.sign_in(login.name, login.password)
        finally:
            door.close()

    return _trouble(server, ask)


def _trouble(server: Server, ask: Callable[[], None]) -> Trouble | None:
    try:
        with in_plain_words(server.host, server.port):
            ask()
    except Trouble as trouble:
        return trouble
    return None


def _first(servers: Iterable[Server], ask: Callable[[Server], None]) -> Server | None:
    """The likeliest that answers; all are asked at once."""
    some = list(servers)
    with ThreadPoolExecutor(len(some)) as pool:
        asked = [pool.submit(_trouble, one, lambda one=one: ask(one)) for one in some]  # type: ignore[misc]
    return next((one for one, found in zip(some, asked, strict=True) if not found.result()), None)
