"""At somebody's desk: what is on the page, what is in the books, and how to fill a form."""

import re
from html import unescape
from itertools import count

from django.urls import reverse

from followthrough.core.facts import TheyEnquired, WeWrote
from followthrough.ledger.models import Fact, FollowUp
from followthrough.ledger.record import record
from tests.ledger.scene import MONDAY

SCRIPTED = {"HTTP_HX_REQUEST": "true"}
numbers = count(1)


# --- the books ------------------------------------------------------------------------


def hear(party, *told, words=()):
    """Something happened, and the books know it at once."""
    at = max(fact.at for fact in told)
    record(party, *told, source=f"test:{next(numbers)}", at=at, words=words)


def enquired(party, at=MONDAY, said="", **more):
    hear(party, TheyEnquired(at=at, matter="roof", **more), words=[("", said)])


def quiet(party, at=MONDAY):
    """We wrote last, and they have not answered."""
    hear(party, WeWrote(at=at, matter="roof"))


def owed_to(party):
    return list(FollowUp.objects.filter(party=party, settled_at=None).order_by("band", "due", "pk"))


def first_owed(party):
    return owed_to(party)[0]


def kinds(party):
    """What has happened with them, in the order in which we heard of it."""
    return list(Fact.objects.filter(party=party).order_by("pk").values_list("kind", flat=True))


# --- the page -------------------------------------------------------------------------


def text_of(response):
    """The words of a page, as somebody reads them."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def who_is_listed(response):
    """Names on Today by band, in their order."""
    return {
        band["name"]: [row["who"] for row in band["rows"]] for band in response.context["bands"]
    }


def undo_of(response):
    """The address behind the Undo of the page's toast; Z presses the same."""
    [address] = set(
        re.findall(
            r'action="(/(?:undo|restore|people/handed-back)/[^"]+)"', response.content.decode()
        )
    )
    return address


# --- the forms ------------------------------------------------------------------------


def sheet_of(followup):
    return reverse("outcome", args=[followup.pk])


def filled(**given):
    """The sheet as a browser sends it; each with a token of its own."""
    return {"token": f"token-{next(numbers)}", "mode": "next", "note": "", "when": ""} | given
