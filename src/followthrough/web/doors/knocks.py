"""One delivery as it came in: whether it is signed, what it is called, and what it is about."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest

from followthrough.inlets import signatures, telephone
from followthrough.inlets.doors import form_of
from followthrough.inlets.reading import CouldNotReadJson, payload_of, text
from followthrough.ledger.connections import secrets_of
from followthrough.ledger.models import Connection
from followthrough.ledger.models.doors import OTHER, SHOPIFY, STRIPE, TELEPHONE, WOOCOMMERCE
from followthrough.ledger.receipts import Delivery

AT_ONCE = 600  # seconds in which the same words without a name are the same


@dataclass(frozen=True, kw_only=True)
class Knock:
    """`headers` without regard to case; `urls` are spellings of the address that was called."""

    body: bytes
    headers: Mapping[str, str]
    urls: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        return self.headers.get(name, "")


def knock_of(request: HttpRequest) -> Knock:
    """Behind another server the address that was called is the one that the site is known by."""
    called = request.build_absolute_uri()
    site = settings.SITE
    known = f"{site.scheme}://{site.netloc}{request.get_full_path()}" if site.netloc else called
    return Knock(body=request.body, headers=request.headers, urls=(called, known))


def size_of(request: HttpRequest) -> int:
    said = request.headers.get("Content-Length", "")
    return int(said) if said.isascii() and said.isdecimal() else 0


def is_signed(connection: Connection, knock: Knock, now: datetime) -> bool:
    secrets = secrets_of(connection)
    return bool(secrets) and SIGNED[connection.kind](secrets, knock, now)


SIGNED: Mapping[str, Callable[[list[str], Knock, datetime], bool]] = {
    SHOPIFY: lambda secrets, knock, _now: signatures.by_body(
        secrets, knock.body, knock.header("X-Shopify-Hmac-Sha256")
    ),
    WOOCOMMERCE: lambda secrets, knock, _now: signatures.by_body(
        secrets, knock.body, knock.header("X-WC-Webhook-Signature")
    ),
    STRIPE: lambda secrets, knock, now: signatures.by_time_and_body(
        secrets, knock.body, knock.header("Stripe-Signature"), now=now
    ),
    TELEPHONE: lambda secrets, knock, _now: signatures.by_url(
        secrets, knock.urls, _fields(knock), knock.header("X-Twilio-Signature")
    ),
    OTHER: lambda secrets, knock, _now: signatures.by_token(secrets, knock.header("Authorization")),
}


def only_looks_in(connection: Connection, knock: Knock) -> bool:
    """WooCommerce asks, before it signs anything, whether somebody is there."""
    return connection.kind == WOOCOMMERCE and knock.body.startswith(b"webhook_id=")


def delivery_of(connection: Connection, knock: Knock, now: datetime) -> Delivery:
    """Where the other side gives no name, its words are one."""
    their_id, topic = NAMED[connection.kind](knock)
    if not their_id:
        their_id = sha256(knock.body).hexdigest()
        if connection.kind == OTHER:
            their_id = f"{their_id}:{int(now.timestamp()) // AT_ONCE}"
    return Delivery(their_id=their_id, topic=topic, raw=knock.body)


NAMED: Mapping[str, Callable[[Knock], tuple[str, str]]] = {
    SHOPIFY: lambda knock: (knock.header("X-Shopify-Webhook-Id"), knock.header("X-Shopify-Topic")),
    WOOCOMMERCE: lambda knock: (
        knock.header("X-WC-Webhook-Delivery-ID"), knock.header("X-WC-Webhook-Topic"),
    ),
    STRIPE: lambda knock: (_in_json(knock, "id"), _in_json(knock, "type")),
    TELEPHONE: lambda knock: (telephone.their_id(form_of(knock.body)), _heard(knock)),
    OTHER: lambda knock: (knock.header("Idempotency-Key") or _in_json(knock, "id"), ""),
}  # fmt: skip


def _heard(knock: Knock) -> str:
    form = form_of(knock.body)
    return form.get("DialCallStatus") or form.get("CallStatus") or form.get("SmsStatus", "")


def _in_json(knock: Knock, name: str) -> str:
    try:
        return text(payload_of(knock.body), name)
    except CouldNotReadJson:
        return ""


def _fields(knock: Knock) -> list[tuple[str, str]]:
    body = knock.body.decode("utf-8", "replace")
    return parse_qsl(body, keep_blank_values=True)


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
