"""Where the mail of an address is kept: known, said by its house itself, or found by asking."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from followthrough.inlets.servers.clients import Imap, Smtp
from followthrough.inlets.servers.places import Server, Servers, guesses, provider_of, providers
from followthrough.inlets.servers.records import SAID, records_of
from followthrough.inlets.servers.together import together
from followthrough.inlets.servers.trial import trouble

GUESSING = 5.0


@dataclass(frozen=True, kw_only=True)
class Found:
    """`name` is what one signs in by. `sure`: else somebody has to say yes first, because whoever
    says it may not be the house of the address."""

    servers: Servers
    name: str
    sure: bool = True


def servers_of(
    address: str, *, provider: str = "", inside: str = "", said: Iterable[str] = SAID
) -> Found | None:
    """Those of its provider; else what its house says; else the first that answer where they
    usually are. None: ask."""
    known = providers().get(provider) or provider_of(address)
    if known:
        return Found(servers=known.servers, name=address)
    if record := records_of(address, inside=inside, said=said):
        return Found(servers=record.servers, name=record.name or address, sure=record.sure)
    servers = _guessed(address, inside)
    return Found(servers=servers, name=address) if servers else None


def _guessed(address: str, inside: str) -> Servers | None:
    def reads(server: Server) -> None:
        Imap(server, inside=inside, seconds=GUESSING, at_most=GUESSING).hang_up()

    def sends(server: Server) -> None:
        Smtp(server, inside=inside, seconds=GUESSING, at_most=GUESSING).close()

    reading, sending = guesses(address)
    asked = [(one, reads) for one in reading] + [(one, sends) for one in sending]
    heard = together([_asking(one, ask) for one, ask in asked], seconds=GUESSING)
    answer = [one and one[0] for one in heard]
    imap = _first(reading, answer[: len(reading)])
    smtp = _first(sending, answer[len(reading) :])
    return Servers(imap=imap, smtp=smtp) if imap and smtp else None


def _asking(server: Server, ask: Callable[[Server], None]) -> Callable[[], bool]:
    return lambda: trouble(server, lambda: ask(server)) is None


def _first(servers: Iterable[Server], answered: Iterable[object]) -> Server | None:
    return next((one for one, yes in zip(servers, answered, strict=True) if yes), None)
