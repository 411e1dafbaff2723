"""What the page of an offer says, in the words of whoever opens it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from followthrough.core.facts import LastDayMoved, Offered
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


def told_of(fact: Offered | LastDayMoved, title: str) -> str:
    """What it is, and its last day where they are; where it was changed, from which one."""
    until, before = _short(fact.wall), _short(getattr(fact, "was", ""))
    if until and before:
        until = _("until the end of {until}, before: {was}").format(until=until, was=before)
    elif until:
        until = _("until the end of {until}").format(until=until)
    return ", ".join(filter(None, [title, until]))


def _short(wall: str) -> str:
    try:
        day = date.fromisoformat(wall)
    except ValueError:
        return ""
    return say.dated(day, pgettext("date pattern of CLDR", "EEE d MMM"))
