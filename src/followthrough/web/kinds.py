"""What the kinds of open things are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "enquiry": _("Enquiry"),
    "deal": _("Deal"),
    "quote": _("Quote"),
    "order": _("Order"),
    "cart": _("Left in the cart"),
    "complaint": _("Complaint"),
    "supply": _("Supply"),
    "promise": _("Promise"),
    "keep_in_touch": _("Stay in touch"),
    "team_commitment": _("Among us"),
    "service": _("Service"),
}
_LANES = KINDS | {"listed": _("On your list")}


def kind_name(kind: str) -> str:
    return str(_LANES.get(kind) or kind.replace("_", " ").capitalize())
