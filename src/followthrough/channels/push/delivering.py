"""A notice handed to a push service, and what its answer means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from followthrough.channels.calling import Answer, Call, Connect, NoAnswer, call
from followthrough.channels.push.sealing import NoKeys, Note, sealed, signed

SHOWN, GONE, AGAIN, UNHEARD = "shown", "gone", "again", "unheard"
HOURS = 4 * 60 * 60  # seconds that a device may be off, and still be told
NO_MORE = (404, 410)


@dataclass(frozen=True, kw_only=True)
class Us:
    """The server's key, and where a push service finds who runs it."""

    secret: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class Browser:
    endpoint: str
    key: str
    auth: str


def deliver(note: Note, to: Browser, us: Us, *, connect: Connect, at: datetime) -> tuple[str, str]:
    """One of the words above, and what was said."""
    try:
        headers = _headers(note, to, us, at)
        body = sealed(note, key=to.key, auth=to.auth)
        answer = call(Call(address=to.endpoint, method="POST", body=body, headers=headers), connect)
    except NoKeys as error:
        return GONE, str(error)
    except NoAnswer as error:
        return UNHEARD, str(error)
    return meaning(answer), str(answer)


def meaning(answer: Answer) -> str:
    """Only what says so itself is gone: a service that is out of order is tried again."""
    if 200 <= answer.code < 300:
        return SHOWN
    return GONE if answer.code in NO_MORE else AGAIN


def _headers(note: Note, to: Browser, us: Us, at: datetime) -> Mapping[str, str]:
    """While a device is off, the newest of one kind is kept for it and no more (`Topic`)."""
    return {
        "Authorization": signed(to.endpoint, secret=us.secret, contact=us.contact, at=at),
        "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream",
        "TTL": str(HOURS), "Urgency": "high",
        "Topic": sha256(note.about.encode()).hexdigest()[:32],
    }  # fmt: skip
