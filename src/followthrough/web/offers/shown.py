"""What the page of an offer says, in the words of whoever opens it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from followthrough.ledger import offers
from followthrough.ledger.models import Link, Offer
from followthrough.ledger.models.offers import DECLINED, TAKEN
from followthrough.web import say

Context = dict[str, Any]


def page_of(link: Link, *, theirs: bool, now: datetime) -> Context:
    offer = link.offer
    if offer is None:
        raise ValueError("This link is not one of an offer.")
    over = offers.is_over(offer, now)
    return {
        "offer": offer,
        "team": link.workspace.name,
        "seller": offers.seller_of(offer),
        "theirs": theirs,
        "closed_to_them": offer.private and not theirs,
        "over": over,
        "taken": theirs and offer.answer == TAKEN,
        "declined": theirs and offer.answer == DECLINED,
        "until": last_day_of(offer),
        "left": "" if over else days_left(offer, now),
    }


def last_day_of(offer: Offer) -> str:
    """ "Sunday, 6 December 2026"."""
    return say.dated(offer.wall, pgettext("date pattern of CLDR", "EEEE, d MMMM y"))


def days_left(offer: Offer, now: datetime) -> str:
    today = now.astimezone(ZoneInfo(offer.zone)).date()
    days = (offer.wall - today).days
    if days <= 0:
        return _("Today is its last day.")
    return ngettext("One more day.", "{n} more days.", days).format(n=say.number(days))
