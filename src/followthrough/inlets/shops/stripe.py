"""Stripe: a checkout that was paid, and one that ran out."""

from datetime import datetime

from followthrough.inlets.brought import Brought, Nothing, Payload
from followthrough.inlets.noticed import Contact
from followthrough.inlets.reading import part, since_1970, text, whole
from followthrough.inlets.shops.deeds import UNKNOWN_TOPIC, Bought, left, ordered

DONE = {"checkout.session.completed", "checkout.session.async_payment_succeeded"}
LEFT = {"checkout.session.expired", "checkout.session.async_payment_failed"}
PAID = {"paid", "no_payment_required"}


def brought(topic: str, payload: Payload, *, at: datetime) -> Brought | Nothing:
    session = part(payload, "data", "object")
    then = since_1970(whole(payload, "created"), at=at)
    if topic in DONE and text(session, "payment_status") in PAID:
        return ordered(_contact(session), _bought(session, then))
    if topic in LEFT:
        return left(_contact(session), _bought(session, then))
    return Nothing(why=UNKNOWN_TOPIC)


def _bought(session: Payload, at: datetime) -> Bought:
    """Their names are long: the end of one tells it apart."""
    name = text(session, "id")[-60:]
    return Bought(
        number=name, cart=name, at=at, amount=whole(session, "amount_total"),
        currency=text(session, "currency", most=3),
    )  # fmt: skip


def _contact(session: Payload) -> Contact:
    who = part(session, "customer_details")
    email, phone = text(who, "email") or text(session, "customer_email"), text(who, "phone")
    return Contact(
        name=text(who, "name"), emails=(email,) if "@" in email else (),
        phones=(phone,) if phone else (),
    )  # fmt: skip
