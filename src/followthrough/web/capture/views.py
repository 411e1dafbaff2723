"""Somebody rang: name, number, what they want, whose it is, and the next step. Five fields."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from followthrough.ledger import clock
from followthrough.ledger.models import Member
from followthrough.web import say
from followthrough.web.capture.keeping import keep, known, picked
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of
from followthrough.web.undo import undo_address
from followthrough.web.when import reading_of, shown

WHOEVER = "Whoever looks after them already, else me"
FIELDS = ("name", "reach", "wants", "owner", "when")
MOST = {"name": 200, "reach": 254, "wants": 4000, "owner": 12, "when": 500}


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def capture(request: MemberRequest) -> HttpResponse:
    member, now = request.member, clock.now()
    values = _values(request)
    if request.method != "POST":
        return _page(request, values, {}, str(uuid4()), now)
    token = request.POST.get("token", "")[:60] or str(uuid4())
    source = source_of(request, "capture", token)
    errors = _errors(values, member, now)
    if errors:
        return _page(request, values, errors, token, now)
    party, news = keep(values, member, source, now)
    who = say.first_name(party.name)
    said = f"Kept. {who} has a next step." if news else f"{who} was kept already."
    messages.success(request, said, extra_tags=undo_address(party, source))
    return redirect("person", party.pk)


def _values(request: MemberRequest) -> dict[str, str]:
    given = request.POST if request.method == "POST" else request.GET
    return {name: given.get(name, "").replace("\x00", "").strip() for name in FIELDS}


def _errors(values: dict[str, str], member: Member, now: datetime) -> dict[str, str]:
    errors = {
        name: f"That is longer than we can keep: {most:,} letters at most."
        for name, most in MOST.items()
        if len(values[name]) > most
    }
    if errors:
        return errors
    if not values["name"] and not values["reach"]:
        errors["name"] = "A name or a number: one of them is enough."
    if values["reach"] and not known(values).emails and not known(values).phones:
        errors["reach"] = "Write a number such as 089 1234567, or a mail address."
    if values["owner"] and picked(values, member) is None:
        errors["owner"] = "Choose who looks after them."
    reading = reading_of(values["when"], member, now)
    if reading.due is None:
        errors["when"] = (
            "Nobody is kept without a next step. Try “call tomorrow 9am”."
            if reading.kind == "empty"
            else reading.sentence
        )
    return errors


def _page(
    request: MemberRequest, values: dict[str, str], errors: dict[str, str], token: str,
    now: datetime,
) -> HttpResponse:  # fmt: skip
    team = Member.objects.filter(workspace=request.member.workspace_id, active=True)
    reading = reading_of(values["when"][:500], request.member, now)
    context = {
        "here": "capture", "values": values, "errors": errors, "token": token,
        "owners": [
            {"value": "", "label": WHOEVER},
            *_choices(team.order_by("name"), request.member),
        ],
        "reading": shown(reading, values["name"], request.member),
        "when_url": reverse("when"),
    }  # fmt: skip
    return render(request, "capture/capture.html", context, status=422 if errors else 200)


def _choices(team: Iterable[Member], me: Member) -> list[dict[str, str]]:
    return [{"value": str(one.pk), "label": _named(one, me)} for one in team]


def _named(member: Member, me: Member) -> str:
    name = "Me" if member.pk == me.pk else member.name
    return f"{name} · {member.line}" if member.line else name
