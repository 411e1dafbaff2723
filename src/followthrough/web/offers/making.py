"""An offer is made for somebody, on their page or on a deal with them; and ended before its day."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger import clock, links, offer_days, offers
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Link, Matter, Member, Offer, Party
from followthrough.ledger.models.offers import DECLINED, TAKEN
from followthrough.ledger.opening import matter_for, offer_for, party_for
from followthrough.ledger.place import id_in
from followthrough.ledger.zones import today_of
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import HEARD, source_of
from followthrough.web.offers.forms import OfferForm
from followthrough.web.offers.shown import days_left, last_day_of
from followthrough.web.site import absolute
from followthrough.web.undo import undo_address

Context = dict[str, Any]


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest, pk: int) -> HttpResponse:
    party, now = party_for(request.member, pk), clock.now()
    matter = _matter(request, party)
    token = request.POST.get("token", "")[:60] or str(uuid4())
    form = OfferForm(request.POST or None, today=today_of(party, now))
    if request.method == "POST" and form.is_valid():
        source = source_of(request, "offer", token)
        terms = form.as_terms(matter.key if matter else "")
        offers.make(party, terms, by=request.member, source=source, at=now)
        said = _("The offer stands. Its link is theirs alone: copy it below.")
        messages.success(request, said, extra_tags=undo_address(party, source))
        return redirect(f"{reverse('person', args=[party.pk])}#offers")
    context = {
        "form": form, "party": party, "token": token, "here": "people",
        "matter": matter, "back": reverse("person", args=[party.pk]),
    }  # fmt: skip
    return render(request, "offers/new.html", context, status=422 if form.errors else 200)


def _matter(request: MemberRequest, party: Party) -> Matter | None:
    """The deal that it is made on, where one is named and open with them."""
    pk = id_in(request.POST.get("matter", "") or request.GET.get("matter", ""))
    if not pk:
        return None
    matter = matter_for(request.member, pk)
    fits = matter.party_id in family_of(party) and matter.closed_at is None
    return matter if fits else None


@members_only
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    offer, now = offer_for(request.member, pk), clock.now()
    source = source_of(request, "offer-end", request.POST.get("token", "")[:60])
    party = party_for(request.member, offer.party_id)
    if offers.end(offer, by=request.member, source=source, at=now):
        said = _("It has ended: its page says so from now on.")
        messages.success(request, said, extra_tags=undo_address(party, source))
    else:
        messages.info(request, HEARD)
    return redirect("person", party.pk)


def offers_on(own: Iterable[Link], member: Member, now: datetime) -> list[Context]:
    """For the person's page: what was offered, until when, and what became of it."""
    return [_line(offer, link, member, now) for offer, link in offers.made_for(own)]


def page_of_offer(party: Party, fact: str) -> str:
    """The address of the page of the offer that this fact made; "" where there is none."""
    made = offers.made_for(links.of_party(party))
    return next((_address(link) for offer, link in made if offer.fact == fact), "")


def _address(link: Link) -> str:
    return absolute(reverse("offer_page", args=[link.token]))


def _line(offer: Offer, link: Link, member: Member, now: datetime) -> Context:
    over = offers.is_over(offer, now)
    return {
        "pk": offer.pk, "name": f"offer-{offer.pk}", "title": offer.title, "terms": offer.terms,
        "over": over,
        "open": not over and not offer.answer, "movable": offer_days.may_move(offer),
        "url": _address(link),
        "until": last_day_of(offer),
        "zone": offer.zone if offer.zone != member.own_zone().key else "",
        "left": "" if over else days_left(offer, now),
        "private": offer.private,
        "state": _state(offer, link, over, member, now),
        "tone": "pine" if offer.answer == TAKEN else "",
        "others": _others(len(link.others)),
    }  # fmt: skip


def _state(offer: Offer, link: Link, over: bool, member: Member, now: datetime) -> str:  # noqa: FBT001
    def day(at: datetime | None) -> str:
        return say.in_words(at, now, member.own_zone()) if at else ""

    if offer.answer == TAKEN:
        return _("They took it, {when}").format(when=day(offer.answered_at))
    if offer.answer == DECLINED:
        return _("They said no, {when}").format(when=day(offer.answered_at))
    if over:
        return _("It has ended")
    if link.seen_at:
        return _("Looked at {when}, no answer yet").format(when=day(link.seen_at))
    return _("Not looked at yet, as far as we can see")


def _others(count: int) -> str:
    if not count:
        return ""
    said = ngettext(
        "Opened in {n} other browser too: perhaps passed on",
        "Opened in {n} other browsers too: perhaps passed on", count,
    )  # fmt: skip
    return said.format(n=say.number(count))
