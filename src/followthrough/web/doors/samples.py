"""A delivery as each house would send it, signed with the secret at hand: for trying it out."""

import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha1, sha256
from typing import Any
from urllib.parse import urlencode

from followthrough.ledger.connections import secrets_of
from followthrough.ledger.models import Connection
from followthrough.ledger.models.doors import OTHER, SHOPIFY, STRIPE, TELEPHONE, WOOCOMMERCE
from followthrough.web.doors.knocks import Knock, as_json

WHO = {"first_name": "Ann", "last_name": "Archer", "email": "ann@example.com"}
ADDRESS = "https://example.com/in/"


def sample(connection: Connection, now: datetime) -> Knock | None:
    """None: no secret was given yet, so nobody could sign anything."""
    secrets = secrets_of(connection)
    return SAMPLES[connection.kind](secrets[0], now) if secrets else None


def _shopify(secret: str, now: datetime) -> Knock:
    body = as_json(
        {"id": 1, "created_at": now.isoformat(), "total_price": "120.00", "customer": WHO}
    )
    headers = {
        "X-Shopify-Topic": "orders/create", "X-Shopify-Webhook-Id": _name(now),
        "X-Shopify-Hmac-Sha256": _base64(secret, body),
    }  # fmt: skip
    return Knock(body=body, headers=headers)


def _woocommerce(secret: str, now: datetime) -> Knock:
    body = as_json({"id": 1, "status": "processing", "total": "120.00", "billing": WHO})
    headers = {
        "X-WC-Webhook-Topic": "order.created", "X-WC-Webhook-Delivery-ID": _name(now),
        "X-WC-Webhook-Signature": _base64(secret, body),
    }  # fmt: skip
    return Knock(body=body, headers=headers)


def _stripe(secret: str, now: datetime) -> Knock:
    who = {"name": "Ann Archer", "email": WHO["email"]}
    session = {"id": "cs_test", "payment_status": "paid", "customer_details": who}
    told: dict[str, Any] = {
        "id": _name(now), "type": "checkout.session.completed", "data": {"object": session},
    }  # fmt: skip
    body, at = as_json(told), str(int(now.timestamp()))
    sign = hmac.digest(secret.encode(), f"{at}.".encode() + body, sha256).hex()
    return Knock(body=body, headers={"Stripe-Signature": f"t={at},v1={sign}"})


def _telephone(secret: str, now: datetime) -> Knock:
    form = {"CallSid": _name(now), "CallStatus": "no-answer", "From": "+442079460301"}
    signed = ADDRESS + "".join(name + value for name, value in sorted(form.items()))
    sign = b64encode(hmac.digest(secret.encode(), signed.encode(), sha1)).decode()
    headers = {"X-Twilio-Signature": sign}
    return Knock(body=urlencode(form).encode(), headers=headers, urls=(ADDRESS,))


def _other(secret: str, now: datetime) -> Knock:
    told = {"id": _name(now), "name": "Ann Archer", "email": WHO["email"], "message": "A test."}
    return Knock(body=as_json(told), headers={"Authorization": f"Bearer {secret}"})


SAMPLES: Mapping[str, Callable[[str, datetime], Knock]] = {
    SHOPIFY: _shopify,
    WOOCOMMERCE: _woocommerce,
    STRIPE: _stripe,
    TELEPHONE: _telephone,
    OTHER: _other,
}


def _name(now: datetime) -> str:
    return f"test-{now.timestamp():.6f}"


def _base64(secret: str, body: bytes) -> str:
    return b64encode(hmac.digest(secret.encode(), body, sha256)).decode()
