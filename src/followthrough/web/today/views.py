"""Today, its parts that are fetched by themselves, and the panel beside it."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from followthrough.ledger import alarms, clock, queries
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.opening import alarm_for, followup_for
from followthrough.ledger.order_of_day import light
from followthrough.ledger.today import Today, band_page, look_of, pulse_of, rest_of_band
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.today import day
from followthrough.web.today.clear import clear_of
from followthrough.web.today.panel import panel_of
from followthrough.web.today.rows import band_of

PAGE = 30
Context = dict[str, Any]


@members_only
@require_GET
def today(request: MemberRequest) -> HttpResponse:
    now, member = clock.now(), request.member
    asked = request.GET.get("band", "")
    if asked in day.numbers_of_bands():
        return _band_alone(request, int(asked), now)
    context, found, addresses = day.day_of(member, _way(request), now)
    setattr(request, "due", found.due)  # noqa: B010 - for the rail, which shows it again
    context["here"] = "today"
    context |= _beside(found, addresses, member, now)
    context |= _when_clear(context, member, now)
    return render(request, "today/today.html", context)


@members_only
@require_GET
def changed(request: MemberRequest) -> HttpResponse:
    """The list anew, or word that nothing has changed: asked every few seconds, and cheap."""
    now, member = clock.now(), request.member
    pulse = pulse_of(light(look_of(member, now)))
    known = day.pulse_of(pulse, day.around(member, now), member, now)
    if request.headers.get("If-None-Match") == known:
        return HttpResponseNotModified(headers={"ETag": known})
    context, _, _ = day.day_of(member, _way(request), now)
    context |= _when_clear(context, member, now)
    response = render(request, "today/day.html", context)
    response.headers["ETag"] = context["pulse"]
    return response


@members_only
@require_GET
def further(request: MemberRequest, pk: int) -> HttpResponse:
    """What follows a line in its band: a page of it, or only the lines."""
    now, member, last = clock.now(), request.member, followup_for(request.member, pk)
    look = look_of(member, now, day.WAYS.get(_way(request), ()))
    band = rest_of_band(member, look, last, PAGE)
    context = _lines(band, member, now)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "today/further.html", context | {"further": True})
    return render(request, "today/band.html", context)


def _band_alone(request: MemberRequest, number: int, now: datetime) -> HttpResponse:
    member = request.member
    band = band_page(member, look_of(member, now), number, PAGE)
    return render(request, "today/band.html", _lines(band, member, now))


def _lines(band: Any, member: Member, now: datetime) -> Context:
    around = {"here": "today", "today": say.day_line(now, member.own_zone())}
    if not band.rows:
        return around | {"band": None, "bands": []}
    addresses = day.addresses_of([row.followup.party for row in band.rows], member)
    first = queries.blocking(member, now)
    ways = day.links_of([row.followup for row in band.rows], addresses, first, member)
    shown = band_of(band, ways, member, now)
    return around | {"band": shown, "bands": [shown]}


def _way(request: MemberRequest) -> str:
    asked = request.GET.get("way", "")
    return asked if asked in day.WAYS else ""


def _beside(found: Today, addresses: list[Any], member: Member, now: datetime) -> Context:
    """The panel of the first line."""
    row = next((row.followup for band in found.bands for row in band.rows), None)
    if row is None:
        return {}
    row.party.workspace = member.workspace
    reach = day.reach_by_party([row.party], addresses)[row.party_id]
    return panel_of(row, reach, found.first, member, now)


def _when_clear(context: Context, member: Member, now: datetime) -> Context:
    if context["bands"] or context["only"]:
        return {}
    return {"clear": clear_of(member, context["done"], now)}


@members_only
@require_GET
def panel(request: MemberRequest, pk: int) -> HttpResponse:
    followup, now = followup_for(request.member, pk), clock.now()
    first = queries.blocking(request.member, now)
    context = panel_of(followup, reach_to(followup, request.member), first, request.member, now)
    return render(request, "components/panel.html", context)


def reach_to(followup: FollowUp, member: Member) -> dict[str, str]:
    party = followup.party
    return day.reach_by_party([party], day.addresses_of([party], member))[party.pk]


@members_only
@require_POST
def seen(request: MemberRequest, pk: int) -> HttpResponse:
    alarms.see_all_of(alarm_for(request.member, pk), at=clock.now())
    return redirect("today")
