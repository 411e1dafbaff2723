"""From a receipt to the books: the inlet of its kind reads it, the ledger keeps what it says."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from django.db import Error

from followthrough.core.saying import says
from followthrough.inlets import enquiries, telephone
from followthrough.inlets.brought import Brought, Nothing
from followthrough.inlets.noticed import Contact, Unreadable
from followthrough.inlets.reading import CouldNotReadJson, payload_of
from followthrough.inlets.shops import shopify, stripe, woocommerce
from followthrough.ledger import receipts
from followthrough.ledger.models import Receipt
from followthrough.ledger.models.doors import (
    FORM,
    NOTHING,
    OTHER,
    SHOPIFY,
    STRIPE,
    TELEPHONE,
    UNREADABLE,
    WOOCOMMERCE,
)
from followthrough.ledger.parties import Known
from followthrough.ledger.plain import clean

logger = logging.getLogger(__name__)
NO_JSON = says("This is not JSON, or no object of it.")
Found = Brought | Nothing | Unreadable
SHOPS = {SHOPIFY: shopify.brought, WOOCOMMERCE: woocommerce.brought, STRIPE: stripe.brought}
ENQUIRIES: Mapping[str, Callable[..., Brought | Unreadable]] = {
    FORM: enquiries.of_form,
    OTHER: enquiries.of_program,
}


def take_in(receipt: Receipt, *, at: datetime) -> None:
    """What was read stands in the books, or the receipt says why it does not."""
    found = read(receipt)
    if isinstance(found, Brought):
        receipts.keep(receipt, told(found), at=at)
    else:
        outcome = NOTHING if isinstance(found, Nothing) else UNREADABLE
        receipts.set_aside(receipt, outcome, found.why)


def take_in_safely(receipt: Receipt, *, at: datetime) -> None:
    """What nobody foresaw in it stops no other; faults of the database pass through."""
    try:
        take_in(receipt, at=at)
    except Error:
        raise
    except Exception as error:
        logger.exception("Receipt %s could not be taken in", receipt.pk)
        why = says("This could not be taken in ({error}).", error=type(error).__name__)
        receipts.set_aside(receipt, UNREADABLE, why)


def read(receipt: Receipt) -> Found:
    connection, raw, at = receipt.connection, bytes(receipt.raw or b""), receipt.at
    kind = connection.kind
    if kind == TELEPHONE:
        return telephone.brought(form_of(raw), at=at)
    try:
        payload = payload_of(raw)
    except CouldNotReadJson:
        return Unreadable(why=NO_JSON)
    if kind in SHOPS:
        return SHOPS[kind](receipt.topic, payload, at=at)
    return ENQUIRIES[kind](payload, at=at, source=receipt.their_id, origin=connection.origin)


def form_of(raw: bytes) -> dict[str, str]:
    return dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))


def told(found: Brought) -> receipts.Told:
    return receipts.Told(
        known=known_of(found.contact), source=found.source, facts=found.facts, words=found.words,
        wants=found.wants, currency=found.currency,
    )  # fmt: skip


def known_of(contact: Contact) -> Known:
    return Known(
        name=clean(contact.name), emails=tuple(map(clean, contact.emails)),
        phones=tuple(map(clean, contact.phones)), company=clean(contact.company),
    )  # fmt: skip
