"""Whether a delivery was signed by whom it says: each house's way, compared in constant time."""

import hmac
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha1, sha256
from urllib.parse import urlsplit, urlunsplit

TOLERANCE = timedelta(minutes=5)
PORTS = {"http": 80, "https": 443}


def by_body(secrets: Iterable[str], body: bytes, said: str) -> bool:
    """Shopify and WooCommerce: the base64 of an HMAC-SHA256 of the body as it came."""
    return any(
        _same(b64encode(hmac.digest(secret.encode(), body, sha256)).decode(), said)
        for secret in secrets
    )


def by_time_and_body(secrets: Iterable[str], body: bytes, said: str, *, now: datetime) -> bool:
    """Stripe: `t=…,v1=…`, of which several may stand there; neither old nor of the future."""
    parts = [part.strip().partition("=") for part in said.split(",")]
    times = [value for name, _, value in parts if name == "t"]
    signs = [value for name, _, value in parts if name == "v1"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdigit() and len(times[0]) < 12):
        return False
    if abs(now.timestamp() - int(times[0])) > TOLERANCE.total_seconds():
        return False
    signed = f"{times[0]}.".encode() + body
    return any(
        _same(hmac.digest(secret.encode(), signed, sha256).hex(), sign)
        for secret in secrets
        for sign in signs
    )


def by_url(
    secrets: Iterable[str], urls: Iterable[str], form: Sequence[tuple[str, str]], said: str
) -> bool:
    """Twilio: the address as it was called, then each field once, in order. With and without its
    port, for servers in between take it away."""
    fields = "".join(name + value for name, value in sorted(set(form)))
    spelled = {one for url in urls for one in (_with_port(url), _without_port(url))}
    return any(
        _same(b64encode(hmac.digest(secret.encode(), (url + fields).encode(), sha1)).decode(), said)
        for secret in secrets
        for url in spelled
    )


def by_token(secrets: Iterable[str], said: str) -> bool:
    """A word that only the two of us know, sent along: `Authorization: Bearer …`."""
    scheme, _, token = said.strip().partition(" ")
    return scheme.lower() == "bearer" and any(_same(one, token.strip()) for one in secrets)


def _with_port(url: str) -> str:
    parts = urlsplit(url)
    if parts.port is not None:
        return url
    port = PORTS.get(parts.scheme, 443)
    return urlunsplit(parts._replace(netloc=f"{parts.netloc}:{port}"))


def _without_port(url: str) -> str:
    parts = urlsplit(url)
    netloc = parts.netloc.rpartition(":")[0] if parts.port is not None else parts.netloc
    return urlunsplit(parts._replace(netloc=netloc))


def _same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))
