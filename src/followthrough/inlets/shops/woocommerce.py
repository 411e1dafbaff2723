"""WooCommerce: an order that is paid or on its way, and one that was begun and never paid."""

from datetime import datetime

from followthrough.inlets.brought import Brought, Nothing, Payload
from followthrough.inlets.noticed import Contact
from followthrough.inlets.reading import cents, moment, part, parts, text
from followthrough.inlets.shops.deeds import UNKNOWN_TOPIC, Bought, left, named, ordered

TOPICS = {"order.created", "order.updated"}
ORDERED = {"processing", "completed", "on-hold"}
LEFT = {"pending", "failed", "checkout-draft"}


def brought(topic: str, payload: Payload, *, at: datetime) -> Brought | Nothing:
    status = text(payload, "status")
    if topic in TOPICS and status in ORDERED:
        return ordered(_contact(payload), _bought(payload, "date_created_gmt", at))
    if topic in TOPICS and status in LEFT:
        return left(_contact(payload), _bought(payload, "date_modified_gmt", at))
    return Nothing(why=UNKNOWN_TOPIC)


def _bought(body: Payload, when: str, at: datetime) -> Bought:
    """The begun order is the cart: it keeps its number."""
    lines = [
        (int(text(one, "quantity") or 1), text(one, "name"))
        for one in parts(body, "line_items")
        if (text(one, "quantity") or "1").isdecimal()
    ]
    return Bought(
        number=text(body, "id"), cart=text(body, "id"), at=moment(text(body, when), at=at),
        amount=cents(body, "total"), currency=text(body, "currency", most=3), lines=tuple(lines),
    )  # fmt: skip


def _contact(body: Payload) -> Contact:
    bill = part(body, "billing")
    email, phone = text(bill, "email"), text(bill, "phone")
    return Contact(
        name=named(text(bill, "first_name"), text(bill, "last_name")),
        company=text(bill, "company"),
        emails=(email,) if "@" in email else (), phones=(phone,) if phone else (),
    )  # fmt: skip
