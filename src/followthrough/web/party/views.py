"""A person's page, and who they are: edited in place, with what it was before at hand."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from followthrough.ledger import clock, dead, likenesses, queries
from followthrough.ledger.books import family_of
from followthrough.ledger.forget import forget
from followthrough.ledger.handover import hand_over_parties
from followthrough.ledger.models import Party
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.opening import address_for, colleague_for, listener_for, party_for
from followthrough.ledger.parties import take_addresses
from followthrough.ledger.person import PersonPage
from followthrough.web.gate import MemberRequest, administrators_only, members_only
from followthrough.web.library.silence import reasons
from followthrough.web.party.details import DetailsForm
from followthrough.web.party.known import known_of
from followthrough.web.party.nearness import roles_of, set_roles
from followthrough.web.party.restoring import restore_address, tell_done
from followthrough.web.party.show import joined_of, page_of
from followthrough.web.party.timeline import lines_asked
from followthrough.web.party.together import back_address
from followthrough.web.sequences.with_somebody import plans_on

RHYTHMS = [
    (30, gettext_lazy("every month")),
    (60, gettext_lazy("every two months")),
    (90, gettext_lazy("every quarter")),
    (180, gettext_lazy("twice a year")),
]


@members_only
@require_GET
def person(request: MemberRequest, pk: int) -> HttpResponse:
    party, now = listener_for(request.member, pk), clock.now()
    if party.pk != pk:
        return redirect("person", party.pk)
    if party.kind in UNLISTED:  # words to a colleague, or private ones, have their own page
        return redirect("promises")
    show, lines = lines_asked(request.GET.dict())
    page = queries.person_page(party, lines)
    first = queries.blocking(request.member, now)
    context = page_of(page, show, first, request.member, now)
    context |= known_of(party, context["meetings"], now, request.member)
    context |= _around(page, request)
    return render(request, "party/person.html", context)


def _around(page: PersonPage, request: MemberRequest) -> dict[str, Any]:
    """What stands around it: who else could look after them, and what is asked about them."""
    party, member = page.party, request.member
    colleagues = [one for one in page.members.values() if one.active and one.pk != member.pk]
    return {
        "here": "people",
        "owner": page.members.get(party.owner_id or 0),
        "colleagues": sorted(colleagues, key=lambda one: one.name),
        "token": str(uuid4()),
        "typed": request.session.pop("typed", {}) if "typed" in request.session else {},
        "rhythms": RHYTHMS,
        "plans": plans_on(page, member, clock.now()),
        "roles": roles_of(page, family_of(party)),
        "later": "before" in request.GET,
        "likenesses": likenesses.of_party(party),
        "joined": joined_of(party, member, clock.now()),
        "reasons": reasons(),
    }


# --- who they are ------------------------------------------------------------------------


@members_only
@require_POST
def owner(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody else looks after them from now on, with everything that is open."""
    party, now = party_for(request.member, pk), clock.now()
    to = request.POST.get("to", "")
    colleague = colleague_for(request.member, int(to) if to.isdecimal() and len(to) < 18 else 0)
    before = party.owner
    given = hand_over_parties([party], to=colleague, by=request.member, at=now)
    said = _("{colleague} looks after {person} now.").format(
        colleague=colleague.name, person=party.name
    )
    back = back_address(given) if before is None or before.active else ""
    messages.success(request, said, extra_tags=back)
    return redirect("person", party.pk)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: MemberRequest, pk: int) -> HttpResponse:
    party = party_for(request.member, pk)
    page = queries.person_page(party)
    form = DetailsForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        before = form.keep(at=clock.now())
        tell_done(request, _("Kept."), party, before)
        return redirect("person", party.pk)
    context = {"form": form, "party": party, "addresses": page.addresses, "here": "people"}
    return render(request, "party/details.html", context, status=422 if form.is_bound else 200)


@members_only
@require_POST
def address(request: MemberRequest, pk: int) -> HttpResponse:
    """An address works no more, works again, or is taken away."""
    row, now = address_for(request.member, pk), clock.now()
    party = party_for(request.member, row.party_id)
    if "remove" in request.POST:
        take_addresses(party, [row.pk], at=now)
        many = "emails" if row.kind == "email" else "phones"
        tell_done(request, _("Taken away."), party, {many: [row.value]})
        return redirect("person", party.pk)
    before = row.dead_by
    dead.set_dead(row, "" if before else dead.BY_HAND, at=now)
    said = _("It works again.") if before else _("It is not offered any more.")
    tell_done(request, said, row, {"dead_by": before})
    return redirect("person", party.pk)


@members_only
@require_POST
def roles(request: MemberRequest, pk: int) -> HttpResponse:
    party = party_for(request.member, pk)
    by_itself = set(party.plays.split())
    before = set_roles(
        party, [name for name in request.POST.getlist("role") if name not in by_itself]
    )
    messages.success(
        request, _("Kept."), extra_tags=restore_address(party, {"names": before}, "Roles")
    )
    return redirect("person", party.pk)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def oblivion(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget somebody for good. The one thing that cannot be undone, so it asks first."""
    party: Party = party_for(request.member, pk)
    if request.method != "POST":
        return render(request, "party/forget.html", {"party": party, "here": "people"})
    forget(party, by=request.member, at=clock.now())
    messages.success(request, _("Forgotten. What remains holds no name and no words."))
    return redirect("people")
