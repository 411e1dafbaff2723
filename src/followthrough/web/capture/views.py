"""Somebody rang: name, number, what they want, whose it is, and the next step. Five fields."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger import clock, queries
from followthrough.ledger.models import Member, Party
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.record import record
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.party.forms import open_matter
from followthrough.web.undo import undo_address
from followthrough.web.when import calendar_of, reading_of, shown

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
    errors = _errors(values, member, now)
    if errors:
        return _page(request, values, errors, token, now)
    party = _keep(values, member, token, now)
    messages.success(
        request, f"Kept. {say.first_name(party.name)} has a next step.",
        extra_tags=undo_address(party, f"capture:{member.pk}:{token}"),
    )  # fmt: skip
    return redirect("person", party.pk)


def _values(request: MemberRequest) -> dict[str, str]:
    given = request.POST if request.method == "POST" else request.GET
    values = {name: given.get(name, "").replace("\x00", "").strip() for name in FIELDS}
    values["owner"] = values["owner"] or str(request.member.pk)
    return values


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
    if values["reach"] and not _known(values).emails and not _known(values).phones:
        errors["reach"] = "Write a number such as 089 1234567, or a mail address."
    if _owner(values, member) is None:
        errors["owner"] = "Choose who looks after them."
    reading = reading_of(values["when"], member, now)
    if reading.due is None:
        errors["when"] = (
            "Nobody is kept without a next step. Try “call tomorrow 9am”."
            if reading.kind == "empty"
            else reading.sentence
        )
    return errors


def _known(values: dict[str, str]) -> Known:
    reach = values["reach"]
    if "@" in reach:
        try:
            validate_email(reach)
        except ValidationError:
            return Known(name=values["name"])
        return Known(name=values["name"], emails=(reach,))
    digits = sum(letter.isdigit() for letter in reach)
    return Known(name=values["name"], phones=(reach,) if digits > 3 else ())


def _owner(values: dict[str, str], member: Member) -> Member | None:
    if not values["owner"].isdecimal():
        return None
    team = Member.objects.filter(workspace=member.workspace_id, active=True)
    return team.filter(pk=int(values["owner"])).first()


def _keep(values: dict[str, str], member: Member, token: str, now: datetime) -> Party:
    """Pressed twice, it is kept once, also where a name alone tells nobody apart."""
    owner, source = _owner(values, member) or member, f"capture:{member.pk}:{token}"
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        if kept := queries.heard_from(member.workspace, source):
            return kept
        party = find_or_add(member.workspace, _known(values), owner=owner, at=now)
        happened, words = _facts(values, party, owner, member, now)
        record(party, *happened, source=source, at=now, words=words)
    return party


def _facts(
    values: dict[str, str], party: Party, owner: Member, member: Member, now: datetime
) -> tuple[list[Fact], list[tuple[str, str]]]:
    """They enquired; each line that asks is owed an answer; and the step that comes next."""
    matter = open_matter(party) or f"enquiry-{now:%Y%m%d%H%M%S%f}"
    common: dict[str, Any] = {"at": now, "matter": matter, "by": str(member.pk)}
    calendar = calendar_of(member)
    reading = reading_of(values["when"], member, now)
    due = reading.due or now
    title, wants = say.shortened(values["wants"].split("\n")[0], 80), values["wants"]
    questions = [line.strip() for line in wants.split("\n") if line.strip().endswith("?")]
    happened: list[Fact] = [
        facts.TheyEnquired(channel="phone", **common),
        *(facts.Asked(wants="answer", **common) for _ in questions),
        facts.Planned(
            due=due, how=reading.how or "call", zone=calendar.zone,
            wall=calendar.local(due).strftime("%Y-%m-%d %H:%M"), **common,
        ),
    ]  # fmt: skip
    words = [(title, wants), *((say.shortened(one, 80), one) for one in questions), ("", "")]
    if not open_matter(party):
        happened.insert(0, facts.Opened(kind="enquiry", owner=str(owner.pk), **common))
        words.insert(0, (title, ""))
    elif party.owner_id != owner.pk:
        happened.append(facts.HandedOver(to=str(owner.pk), **common))
    return happened, words


def _page(
    request: MemberRequest, values: dict[str, str], errors: dict[str, str], token: str,
    now: datetime,
) -> HttpResponse:  # fmt: skip
    team = Member.objects.filter(workspace=request.member.workspace_id, active=True)
    reading = reading_of(values["when"][:500], request.member, now)
    context = {
        "here": "capture", "values": values, "errors": errors, "token": token,
        "owners": [
            {"value": str(one.pk), "label": _named(one, request.member)}
            for one in team.order_by("name")
        ],
        "reading": shown(reading, values["name"], request.member),
        "when_url": reverse("when"),
    }  # fmt: skip
    return render(request, "capture/capture.html", context, status=422 if errors else 200)


def _named(member: Member, me: Member) -> str:
    name = "Me" if member.pk == me.pk else member.name
    return f"{name} · {member.line}" if member.line else name
