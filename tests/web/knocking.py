"""How shops, telephones and visitors knock in the tests: signed as each of them signs."""

import hmac
import json
from base64 import b64encode
from hashlib import sha1, sha256
from urllib.parse import urlencode

from django.test import Client

from followthrough.ledger import connections
from followthrough.ledger.models import Connection
from tests.cast import LONG_AGO

SECRET = "kept between the two of us"
SITE = "http://testserver"
ASKED = {
    "name": "Ann Archer", "email": "ann@archer.example", "phone": "",
    "message": "What would a sign cost?",
}  # fmt: skip


def connected(kind, owner, **more):
    """What an administrator has set up."""
    one = Connection(kind=kind, title=more.pop("title", kind), owner=owner, **more)
    connections.add(one, by=owner, at=LONG_AGO)
    if kind != "form":
        connections.give_secret(one, SECRET)
    return one


def filled(form, **given):
    """A visitor sends the form from another site: no cookie, no token."""
    return Client(enforce_csrf_checks=True).post(f"/f/{form.key}/", ASKED | given)


def told_by_shopify(shop, topic, payload, name="1", **more):
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    headers = {
        "X-Shopify-Topic": topic, "X-Shopify-Webhook-Id": name,
        "X-Shopify-Hmac-Sha256": by_body(body, more.pop("secret", SECRET)),
    } | more  # fmt: skip
    return brought(shop, body, headers)


def told_by_woocommerce(shop, topic, payload, name="1"):
    body = json.dumps(payload).encode()
    headers = {
        "X-WC-Webhook-Topic": topic, "X-WC-Webhook-Delivery-ID": name,
        "X-WC-Webhook-Signature": by_body(body),
    }  # fmt: skip
    return brought(shop, body, headers)


def told_by_stripe(shop, event, at, secret=SECRET):
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    then = int(at.timestamp())
    sign = hmac.digest(secret.encode(), f"{then}.".encode() + body, sha256).hex()
    return brought(shop, body, {"Stripe-Signature": f"t={then},v1={sign}"})


def told_by_telephone(line, **form):
    signed = f"{SITE}/in/{line.key}/" + "".join(k + v for k, v in sorted(form.items()))
    sign = b64encode(hmac.digest(SECRET.encode(), signed.encode(), sha1)).decode()
    return brought(
        line, urlencode(form).encode(), {"X-Twilio-Signature": sign},
        "application/x-www-form-urlencoded",
    )  # fmt: skip


def told_by_program(other, payload, token=SECRET, **headers):
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return brought(other, body, {"Authorization": f"Bearer {token}"} | headers)


def brought(connection, body, headers, kind="application/json"):
    client = Client(enforce_csrf_checks=True)
    return client.post(f"/in/{connection.key}/", body, content_type=kind, headers=headers)


def by_body(body, secret=SECRET):
    return b64encode(hmac.digest(secret.encode(), body, sha256)).decode()
