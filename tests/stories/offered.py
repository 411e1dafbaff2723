"""An offer of Bob's with an end, and browsers that open its page."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.test import Client
from django.urls import reverse
from tests.cast import client_of

from followthrough.ledger import clock
from followthrough.ledger.models import Link, Mailbox, Message, Offer

LONDON = ZoneInfo("Europe/London")
# A week without holidays: Sunday is 14 June 2026.
TUESDAY = datetime(2026, 6, 9, 10, tzinfo=LONDON)
SUNDAY = date(2026, 6, 14)
WHAT = "Your awning, put up in June"
PERSON = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux) Firefox/140.0", "HTTP_ACCEPT_LANGUAGE": "en"}
SCANNER = PERSON | {"HTTP_USER_AGENT": "Proofpoint URL Defense"}


def june(day, hour=10, zone=LONDON):
    return datetime(2026, 6, day, hour, tzinfo=zone)


def made(bob, party, at=TUESDAY, **given):
    """As Bob makes it on their page."""
    form = {"token": "made", "title": WHAT, "last": SUNDAY.isoformat(), "terms": "£ 900"} | given
    with clock.at(at):
        answer = client_of(bob).post(reverse("offer_new", args=[party.pk]), form)
    assert answer.status_code == 302, answer.content.decode()
    return Offer.objects.latest("pk")


def address_of(offer):
    return reverse("offer_page", args=[Link.objects.get(offer=offer).token])


def browser():
    return Client(**PERSON)


def opened(client, offer, at, **headers):
    """Asked for, as a program may do it too."""
    with clock.at(at):
        return client.get(address_of(offer), **headers)


def seen(client, offer, at, **headers):
    """Opened, and shown: the page says so itself."""
    page = opened(client, offer, at, **headers)
    with clock.at(at):
        client.post(f"{address_of(offer)}seen/", **headers)
    return page


def pressed(client, offer, at, **said):
    with clock.at(at):
        return client.post(address_of(offer), said, follow=True)


def mail_to(party, at, **given):
    """Under the key "mail-1", of whoever looks after them; it waits, if nothing else is said."""
    owner, here = party.owner, {"workspace": party.workspace}
    box = Mailbox.objects.create(member=owner, address="bob@banners.example", added_at=at, **here)
    about = {"matter": "roof", "queued_at": at, "not_before": at} | given
    return Message.objects.create(
        mailbox=box, member=owner, party=party, key="mail-1", raw=b"", message_id="<1@x>",
        envelope="e", sender="bob@banners.example", canonical="ann@home.example",
        recipient="ann@home.example", **here, **about,
    )  # fmt: skip
