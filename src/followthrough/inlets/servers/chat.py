"""A language model at an OpenAI-compatible address: asked once, with an end in time and in length.

Whatever comes back is words for a person to look at. Nothing in it is obeyed.
"""

import http.client
import json
import ssl
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from followthrough.core.saying import says
from followthrough.inlets.servers.reach import reach_model
from followthrough.inlets.servers.trouble import REFUSED, STRANGE, UNREACHABLE, Trouble
from followthrough.ledger.limit import at_most

SECONDS = 40.0  # for all of it: a small model on an old machine is slow
MOST_BYTES, LONGEST = 256 << 10, 6_000
NO_ADDRESS = says("Write the address as its maker gives it, such as https://models.example/v1.")
NO_ANSWER = says("{host} does not answer. Please check the address, or try again in a moment.")
TOO_SLOW = says("{host} took too long. Try again, or write it yourself this time.")
NO_KEY = says("{host} does not accept the key. An administrator can type it again.")
LOST_KEY = says("Its key cannot be read any more. An administrator can type it again.")
BUSY = says("{host} has too much to do at the moment. Try again in a minute.")
NO_SUCH = says("{host} knows no model of that name, or nothing is at this address ({code}).")
FAULT = says("{host} had a fault of its own ({code}). Try again in a moment.")
NO_SENSE = says("What {host} answered is no draft. Is the address that of a language model?")
TOO_MUCH = says("{host} answered more than a mail can hold. Nothing was taken over.")
NOTHING = says("{host} answered with nothing. Try again, or write it yourself.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`address` is where "/chat/completions" is put behind; `says` is each part as who and what."""

    address: str
    model: str
    key: str = ""
    says: Sequence[tuple[str, str]] = ()

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""


def host_of(address: str) -> str:
    """Where words would go; Trouble where it is no address at all."""
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("https", "http") and parts.hostname and (parts.port or 1)
    except ValueError:
        fine = None
    if not fine or parts.username or parts.query or parts.fragment:
        raise Trouble(UNREACHABLE, NO_ADDRESS)
    return str(parts.hostname)


def draft_of(asked: Asked, *, inside: str, seconds: float = SECONDS) -> str:
    """The words that it proposes, plain and not too long."""
    host = host_of(asked.address)
    with _in_plain_words(host):
        code, body = _told(asked, inside, seconds)
    if code != 200:
        raise Trouble(*_meaning(code, host))
    return _words_in(body, host)


def _told(asked: Asked, inside: str, seconds: float) -> tuple[int, bytes]:
    parts = urlsplit(asked.address)
    tls = parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    line = reach_model(asked.host, port, tls=tls, inside=inside, seconds=seconds)
    with at_most(line, seconds):
        if tls:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=asked.host)
        with closing(http.client.HTTPConnection(parts.netloc)) as talk:
            talk.sock = line
            path = f"{parts.path.rstrip('/')}/chat/completions"
            talk.request("POST", path, _body(asked), _heads(asked))
            with talk.getresponse() as heard:
                return heard.status, heard.read(MOST_BYTES + 1)


def _body(asked: Asked) -> bytes:
    said = [{"role": who, "content": what} for who, what in asked.says]
    return json.dumps({"model": asked.model, "messages": said, "stream": False}).encode()


def _heads(asked: Asked) -> dict[str, str]:
    heads = {"Content-Type": "application/json", "Accept": "application/json"}
    return heads | ({"Authorization": f"Bearer {asked.key}"} if asked.key else {})


@contextmanager
def _in_plain_words(host: str) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise Trouble(UNREACHABLE, says(TOO_SLOW.template, host=host)) from error
    except (OSError, UnicodeError) as error:
        raise Trouble(UNREACHABLE, says(NO_ANSWER.template, host=host)) from error
    except (http.client.HTTPException, ValueError) as error:
        raise Trouble(STRANGE, says(NO_SENSE.template, host=host)) from error


def _meaning(code: int, host: str) -> tuple[str, Any]:
    if code in (401, 403):
        return REFUSED, says(NO_KEY.template, host=host)
    if code == 429:
        return UNREACHABLE, says(BUSY.template, host=host)
    if code in (400, 404, 405, 422) or 300 <= code < 400:
        return STRANGE, says(NO_SUCH.template, host=host, code=code)
    return UNREACHABLE, says(FAULT.template, host=host, code=code)


def _words_in(body: bytes, host: str) -> str:
    if len(body) > MOST_BYTES:
        raise Trouble(STRANGE, says(TOO_MUCH.template, host=host))
    try:
        words = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise Trouble(STRANGE, says(NO_SENSE.template, host=host)) from error
    if not isinstance(words, str):
        raise Trouble(STRANGE, says(NO_SENSE.template, host=host))
    words = "".join(one for one in words if one in "\n\t" or one.isprintable()).strip()
    if not words:
        raise Trouble(STRANGE, says(NOTHING.template, host=host))
    if len(words) > LONGEST:
        raise Trouble(STRANGE, says(TOO_MUCH.template, host=host))
    return words
