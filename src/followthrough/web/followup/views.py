"""The finish sheet, the date reader behind it, and why a follow-up is there."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from followthrough.core.facts import Fact
from followthrough.ledger import clock, queries
from followthrough.ledger.explain import explain
from followthrough.ledger.locks import lock
from followthrough.ledger.models import FollowUp
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.opening import followup_for, party_for
from followthrough.ledger.record import record
from followthrough.web import say
from followthrough.web.followup.outcome import (
    CLOSE,
    GIFTS,
    HELLO,
    NOT_NOW,
    OUTCOMES,
    REASONS,
    Sheet,
)
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of
from followthrough.web.today.first import comes_after
from followthrough.web.undo import undo_address
from followthrough.web.when import reading_of, shown

SUGGESTIONS = [
    {"label": "Tomorrow 9 am", "text": "call tomorrow 9:00"},
    {"label": "In 3 working days", "text": "call in 3 working days"},
    {"label": "In 2 weeks", "text": "call in 2 weeks"},
]
LATER = [
    {"label": "In a month", "text": "in 1 month"},
    {"label": "In 3 months", "text": "in 3 months"},
    {"label": "In the new year", "text": "in the new year"},
]
NOT_BEFORE_THEM = "{who} wrote {count} times and has no answer: {who} comes before the next call."
MEANWHILE = "This moved while you wrote: {what}. Save once more, and yours stands beside it."
TAKEN_BACK = "This was kept, and taken back. Save once more to keep it after all."


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: MemberRequest, pk: int) -> HttpResponse:
    followup, now = followup_for(request.member, pk), clock.now()
    if request.method == "POST":
        return _answered(request, followup, now)
    if followup.party.kind in UNLISTED:  # one press on the page of words given ends these
        return _there(request, reverse("promises"))
    if followup.settled_at:
        return _taken(request, followup)
    sheet = Sheet.of(request.GET)
    if followup.matter.key.startswith(HELLO) and "mode" not in request.GET:
        sheet.mode, sheet.reason = CLOSE, "settled"  # once is once
    return _sheet(request, followup, sheet, str(uuid4()), now)


def _answered(request: MemberRequest, followup: FollowUp, now: datetime) -> HttpResponse:
    """Recorded, or shown again with all that was typed and what there is to say about it."""
    sheet, token = Sheet.of(request.POST), request.POST.get("token", "")[:60]
    source = source_of(request, "outcome", token)
    heard = token and queries.heard_from(request.member.workspace, source)
    if heard and followup.settled_at:
        return _done(request, followup, sheet, source)
    sheet.beside = sheet.beside and followup.settled_at is not None
    happened = sheet.facts(followup, request.member, now)
    if heard:
        sheet.errors["all"], token = TAKEN_BACK, ""
    if sheet.errors or not token:
        return _sheet(request, followup, sheet, token or str(uuid4()), now)
    if not _kept(followup, sheet, happened, source, now):
        return _meanwhile(request, followup, sheet, token, now)
    return _done(request, followup, sheet, source)


def _kept(
    followup: FollowUp, sheet: Sheet, happened: list[Fact], source: str, now: datetime
) -> bool:
    """False: it was settled while they wrote, and they do not know yet."""
    words = [(sheet.note[:120], sheet.note)] if sheet.note else ()
    with transaction.atomic():
        lock({followup.party_id})
        stands = FollowUp.objects.filter(pk=followup.pk, settled_at=None).exists()
        if not stands and not sheet.beside:
            return False
        return record(followup.party, *happened, source=source, at=now, words=words)


def _meanwhile(
    request: MemberRequest, followup: FollowUp, sheet: Sheet, token: str, now: datetime
) -> HttpResponse:
    settled = explain(followup_for(request.member, followup.pk)).settled
    what = settled[1] if settled else "nothing is owed here any more"
    sheet.errors["all"], sheet.beside = MEANWHILE.format(what=what), True
    return _sheet(request, followup, sheet, token, now)


def _first(request: MemberRequest, followup: FollowUp, now: datetime) -> str:
    """Who asked three times in vain comes before anything that we start ourselves (S48)."""
    first = queries.blocking(request.member, now)
    if first is None or not comes_after(followup, first):
        return ""
    who = say.first_name(first.party.name)
    return NOT_BEFORE_THEM.format(who=who, count=first.count)


def _sheet(
    request: MemberRequest, followup: FollowUp, sheet: Sheet, token: str, now: datetime
) -> HttpResponse:
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    # htmx swaps only what succeeds; a page says that it was refused.
    status = 422 if sheet.errors and not fragment else 200
    context = _context(request, followup, sheet, now) | {"token": token, "page": not fragment}
    name = "components/finish_sheet.html" if fragment else "followup/outcome.html"
    return render(request, name, context, status=status)


def _context(
    request: MemberRequest, followup: FollowUp, sheet: Sheet, now: datetime
) -> dict[str, Any]:
    member, who = request.member, followup.party.name
    reading = reading_of(sheet.when, member, now)
    return {
        "here": "today",
        "followup": {
            "who": who,
            "first_name": say.first_name(who),
            "about": f"{followup.what} · {say.contact_number(followup.contacts + 1)}",
        },
        "first": _first(request, followup, now),
        "outcomes": _offered(followup),
        "mode": sheet.mode,
        "reading": shown(reading, who, member, resting=sheet.mode == NOT_NOW),
        "action": reverse("outcome", args=[followup.pk]),
        "when_url": f"{reverse('when')}?who={followup.party_id}",
        "cancel_url": reverse("today"),
        "form": sheet,
        **CHOICES,
    }


def _offered(followup: FollowUp) -> list[dict[str, str]]:
    offered = OUTCOMES.get(followup.how, OUTCOMES["call"])
    return [{"value": value, "label": label, "icon": icon} for value, label, icon in offered]


CHOICES = {
    "gifts": [{"value": gift, "label": gift} for gift in GIFTS],
    "suggestions": SUGGESTIONS,
    "later_suggestions": LATER,
    "reasons": [{"value": key, "label": label} for key, (_, label) in REASONS.items()],
}


def _done(request: MemberRequest, followup: FollowUp, sheet: Sheet, source: str) -> HttpResponse:
    who = say.first_name(followup.party.name)
    said = {CLOSE: f"Closed with {who}.", NOT_NOW: f"{who} comes back by itself."}
    text = said.get(sheet.mode, f"Kept. {who} has a next step.")
    messages.success(request, text, extra_tags=undo_address(followup.party, source))
    there = reverse("today")
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(there)
    return redirect(there)


def _taken(request: MemberRequest, followup: FollowUp) -> HttpResponse:
    messages.info(request, f"Somebody has done this with {followup.party.name} already.")
    return _there(request, reverse("person", args=[followup.party_id]))


def _there(request: MemberRequest, there: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(there)
    return redirect(there)


@members_only
@require_GET
def when(request: MemberRequest) -> HttpResponse:
    """GET /when/?when=next tue 10am: the date as the server, the only judge, understands it."""
    reading = reading_of(request.GET.get("when", "")[:500], request.member, clock.now())
    resting = request.GET.get("mode") == NOT_NOW
    who = request.GET.get("who", "")
    name = party_for(request.member, int(who)).name if who.isdecimal() and len(who) < 18 else ""
    return render(
        request, "components/parsed.html",
        {"reading": shown(reading, name, request.member, resting=resting)},
    )  # fmt: skip


@members_only
@require_GET
def why(request: MemberRequest, pk: int) -> HttpResponse:
    followup = followup_for(request.member, pk)
    found = explain(followup)
    zone = request.member.own_zone()
    return render(
        request, "followup/why.html",
        {
            "here": "today", "followup": followup, "found": found,
            "due": say.full(followup.due, zone),
            "causes": [(at, say.full(at, zone), text) for at, text in found.because],
            "settled": found.settled and (say.full(found.settled[0], zone), found.settled[1]),
        },
    )  # fmt: skip
