"""Another last day for an offer: longer, or less long. Whoever has its link sees the new one."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followthrough.ledger import clock, offer_days
from followthrough.ledger.models import Link, Offer, Party
from followthrough.ledger.opening import offer_for, party_for
from followthrough.ledger.zones import today_of
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import HEARD, source_of
from followthrough.web.offers.forms import LastDayForm
from followthrough.web.offers.shown import last_day_of
from followthrough.web.undo import undo_address


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: MemberRequest, pk: int) -> HttpResponse:
    offer, now = offer_for(request.member, pk), clock.now()
    party = party_for(request.member, offer.party_id)
    back = f"{reverse('person', args=[party.pk])}#offers"
    if not offer_days.may_move(offer):
        messages.info(request, _("They have answered it, or it was ended: its day stays."))
        return redirect(back)
    form = LastDayForm(
        request.POST or None, initial={"last": offer.wall},
        today=today_of(party, now),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        _move(request, offer, party, form)
        return redirect(back)
    context = {
        "form": form, "offer": offer, "party": party, "back": back, "here": "people",
        "until": last_day_of(offer), "token": request.POST.get("token", "")[:60] or str(uuid4()),
    }  # fmt: skip
    return render(request, "offers/day.html", context, status=422 if form.errors else 200)


def _move(request: MemberRequest, offer: Offer, party: Party, form: LastDayForm) -> None:
    source = source_of(request, "offer-day", request.POST.get("token", "")[:60])
    before, by = offer.wall, str(request.member.pk)
    try:
        last = form.cleaned_data["last"]
        moved = offer_days.move(offer, last, by=by, source=source, at=clock.now())
    except offer_days.CouldNotMove:
        messages.info(request, _("They have answered it meanwhile: its day stays."))
        return
    if not moved:
        messages.info(request, HEARD)
        return
    said = _("It is good until the end of {until} now.").format(until=last_day_of(offer))
    if offer.wall < before and _was_seen(offer):
        said = f"{said} {_('They have seen the later day: tell them.')}"
    messages.success(request, said, extra_tags=undo_address(party, source))


def _was_seen(offer: Offer) -> bool:
    return Link.objects.filter(
        workspace=offer.workspace_id, offer=offer, seen_at__isnull=False
    ).exists()
