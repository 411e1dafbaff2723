"""What can be connected: how it is called, what it brings, and how one tells the other side."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from followthrough.ledger.models.doors import (
    FORM,
    HELD,
    NOBODY,
    NOTHING,
    OTHER,
    RECEIVED,
    SHOPIFY,
    STRIPE,
    TAKEN_IN,
    TELEPHONE,
    TEST,
    UNREADABLE,
    WOOCOMMERCE,
)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`help` is the page of the docs that tells the rest."""

    name: Promise
    icon: str
    brings: Promise
    tells: Promise
    help: str


KINDS: dict[str, Kind] = {
    FORM: Kind(
        name=_("A form on your website"), icon="file-text", help="forms",
        brings=_("Somebody writes, and stands on a list as an enquiry at once."),
        tells=_("Give people its address, or put it into your own page."),
    ),
    SHOPIFY: Kind(
        name="Shopify", icon="store", help="shops",  # type: ignore[arg-type]
        brings=_("Orders, and what was left in the cart."),
        tells=_(
            "In Shopify: Settings, Notifications, Webhooks. Add this address for orders and "
            "checkouts, in JSON. The secret stands below the list."
        ),
    ),
    WOOCOMMERCE: Kind(
        name="WooCommerce", icon="store", help="shops",  # type: ignore[arg-type]
        brings=_("Orders, and those that were begun and not paid."),
        tells=_(
            "In WooCommerce: Settings, Advanced, Webhooks. Add one for “Order created” and one "
            "for “Order updated” with this address and your secret."
        ),
    ),
    STRIPE: Kind(
        name="Stripe", icon="banknote", help="shops",  # type: ignore[arg-type]
        brings=_("Checkouts that were paid, and those that ran out."),
        tells=_(
            "In Stripe: Developers, Webhooks. Add this address for the events "
            "checkout.session.completed and checkout.session.expired. The signing secret begins "
            "with whsec_."
        ),
    ),
    TELEPHONE: Kind(
        name=_("Telephone and texts"), icon="phone", help="telephone",
        brings=_("Missed calls, text messages, and whoever answers STOP."),
        tells=_(
            "At Twilio, on your number: this address for “A message comes in” and for “Call "
            "status changes”. The secret is the auth token of your account."
        ),
    ),
    OTHER: Kind(
        name=_("Another program"), icon="link", help="forms",
        brings=_("Enquiries out of a chat, an app or a form of your own, as JSON."),
        tells=_(
            "It sends JSON to this address, with the token in the header “Authorization: Bearer "
            "…”."
        ),
    ),
}  # fmt: skip

# What became of a receipt: its icon, in one word, its tone.
OUTCOMES: dict[str, tuple[str, Promise, str]] = {
    RECEIVED: ("clock", _("Received"), ""),
    TAKEN_IN: ("circle-check", _("Taken in"), ""),
    NOTHING: ("circle", _("Nothing to do"), ""),
    UNREADABLE: ("circle-alert", _("Could not be read"), "ember"),
    HELD: ("circle-help", _("Perhaps a machine"), "honey"),
    NOBODY: ("circle", _("Not a person"), ""),
    TEST: ("circle-check", _("A test"), ""),
}  # fmt: skip
