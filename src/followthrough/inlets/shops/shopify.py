"""Shopify: orders, and checkouts and carts that were left. Its times carry their zone."""

from datetime import datetime

from followthrough.inlets.brought import Brought, Nothing, Payload
from followthrough.inlets.noticed import Contact
from followthrough.inlets.reading import cents, moment, part, parts, text
from followthrough.inlets.shops.deeds import UNKNOWN_TOPIC, Bought, left, named, ordered

ORDERS = {"orders/create", "orders/paid", "orders/updated", "orders/fulfilled"}
CARTS = {"checkouts/create", "checkouts/update", "carts/create", "carts/update"}


def brought(topic: str, payload: Payload, *, at: datetime) -> Brought | Nothing:
    body = part(payload, "order") or payload
    if topic in ORDERS and not body.get("cancelled_at") and not body.get("test"):
        return ordered(_contact(body), _bought(body, "created_at", at))
    if topic in CARTS and body.get("completed_at"):  # what was bought is told as an order
        return Nothing(why=UNKNOWN_TOPIC)
    if topic in CARTS:
        return left(_contact(body), _bought(body, "updated_at", at))
    return Nothing(why=UNKNOWN_TOPIC)


def _bought(body: Payload, when: str, at: datetime) -> Bought:
    """A cart keeps its name in the checkout, and in the order."""
    lines = [
        (int(text(one, "quantity") or 1), text(one, "name") or text(one, "title"))
        for one in parts(body, "line_items")
        if (text(one, "quantity") or "1").isdecimal()
    ]
    cart = text(body, "cart_token") or text(body, "checkout_token") or text(body, "token")
    return Bought(
        number=text(body, "id"), cart=cart[:60], at=moment(text(body, when), at=at),
        amount=cents(body, "total_price"), currency=text(body, "currency", most=3),
        lines=tuple(lines),
    )  # fmt: skip


def _contact(body: Payload) -> Contact:
    customer = part(body, "customer")
    bill = part(body, "billing_address") or part(body, "shipping_address")
    email = text(body, "email") or text(customer, "email")
    phone = text(body, "phone") or text(bill, "phone") or text(customer, "phone")
    name = named(text(customer, "first_name"), text(customer, "last_name"))
    return Contact(
        name=name or text(bill, "name"), company=text(bill, "company"),
        emails=(email,) if "@" in email else (), phones=(phone,) if phone else (),
    )  # fmt: skip
