"""Deals, and the page on which they stand."""

from django.urls import reverse

from followthrough.core import facts
from followthrough.ledger import clock
from followthrough.ledger.models import Matter
from tests.ledger.scene import DAY, HOUR, MONDAY
from tests.web.desk import hear, numbers

TUESDAY = MONDAY + DAY


def deal(party, at=MONDAY, *more, **opened):
    """Something may become a yes; what happens in it stands beside."""
    hear(party, facts.Opened(at=at, matter="roof", kind="deal", **opened), *more)
    return Matter.objects.get(party=party, key="roof")


def look(client, at=MONDAY + HOUR, **asked):
    with clock.at(at):
        return client.get(reverse("deals"), asked)


def moved(client, matter, to, at=MONDAY + HOUR, follow=True, **told):
    """The card's form, as a browser sends it."""
    given = {"token": f"t-{next(numbers)}", "to": to, "back": "/deals/?view=board"} | told
    with clock.at(at):
        return client.post(reverse("deal_move", args=[matter.pk]), given, follow=follow)


def lanes(page):
    """Who stands in which lane."""
    return {
        lane["name"]: [card["who"] for card in lane["cards"]]
        for lane in page.context["lanes"]
        if lane["cards"]
    }


def listed(page):
    return [card["who"] for card in page.context["cards"]]


def card_on(page):
    [card] = [card for lane in page.context["lanes"] for card in lane["cards"]]
    return card
