"""A new deal with somebody who is known: what, how much, where it stands, and what comes next."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger import clock, queries
from followthrough.ledger.models import Member, Party
from followthrough.ledger.names import hashed
from followthrough.ledger.opening import party_for
from followthrough.ledger.place import id_in
from followthrough.ledger.record import record
from followthrough.ledger.stages import stages_of
from followthrough.web import say
from followthrough.web.deals.changing import money_in, problems
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of, typed_at
from followthrough.web.tongue import tell
from followthrough.web.undo import undo_address
from followthrough.web.when import as_typed, calendar_of, fixed, reading_of, shown

NAMES = ("who", "person", "title", "value", "expected", "stage", "when")
OFFERED = 8  # people of that name to choose from
Values = dict[str, str]


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    member, now = request.member, clock.now()
    given = request.POST if request.method == "POST" else request.GET
    values = {name: given.get(name, "").strip()[:500] for name in NAMES}
    people = _people(member, values)
    if request.method != "POST":
        return _page(request, values, {}, people, str(uuid4()))
    token = request.POST.get("token", "")[:60] or str(uuid4())
    then = typed_at(request, now)
    errors = _errors(values, people, member, then)
    if errors:
        return _page(request, values, errors, people, token)
    source = source_of(request, "new deal", token)
    told = _told(values, member, then, hashed(source))
    record(people[0], *told, source=source, at=now, words=[(values["title"], "")])
    said = _("Kept. {who} has a next step.").format(who=say.first_name(people[0].name))
    said = f"{said} {as_typed(values['when'], member, then, now)}".strip()
    messages.success(request, said, extra_tags=undo_address(people[0], source))
    return redirect("deals")


def _people(member: Member, values: Values) -> list[Party]:
    """Who was chosen, else all who are called so."""
    chosen = values["person"]
    if id_in(chosen):
        return [party_for(member, id_in(chosen))]
    return queries.people_like(member.workspace, values["who"], OFFERED) if values["who"] else []


def _errors(values: Values, people: list[Party], member: Member, now: datetime) -> dict[str, str]:
    errors = problems(values, member)
    if not people:
        errors["who"] = (
            _("Nobody is called so. Add them first, with “Add someone”.")
            if values["who"]
            else _("Write whom it is with.")
        )
    elif len(people) > 1:
        errors["who"] = _("Choose who it is.")
    if not values["title"]:
        errors["title"] = _("Write what it is about, in a word or two.")
    reading = reading_of(values["when"], member, now)
    if reading.due is None:
        empty = _("No deal begins without a next step. Try “call tomorrow 9am”.")
        errors["when"] = empty if reading.kind == "empty" else reading.sentence
    return errors


def _told(values: Values, member: Member, now: datetime, name: str) -> list[Fact]:
    """It is open, where it stands, and the step that comes next."""
    common: dict[str, Any] = {"at": now, "matter": f"deal-{name}", "by": str(member.pk)}
    stages = stages_of(member.workspace)
    stage = next((one for one in stages if one.key == values["stage"]), stages[0])
    worth = money_in(values["value"], member) or 0
    reading, calendar = reading_of(values["when"], member, now), calendar_of(member)
    due = reading.due or now
    told: list[Fact] = [
        facts.Opened(kind="deal", owner=str(member.pk), value=worth, chance=stage.chance, **common),
        facts.Staged(stage=stage.key, called=str(stage), chance=stage.chance, **common),
        facts.Planned(
            how=reading.how or "call", **fixed(due, calendar), **common
        ),
    ]  # fmt: skip
    if values["expected"]:
        told.append(facts.Estimated(expected=values["expected"], **common))
    return told


def _page(
    request: MemberRequest, values: Values, errors: dict[str, str], people: list[Party], token: str
) -> HttpResponse:
    member = request.member
    reading = reading_of(values["when"], member, clock.now())
    chosen = people[0] if values["person"] else None
    who = chosen.name if chosen else values["who"]
    context = {
        "here": "deals", "values": values, "errors": errors, "token": token, "chosen": chosen,
        "people": people if len(people) > 1 else [],
        "currency": member.workspace.currency,
        "stages": [
            {"value": one.key, "label": tell(one.name)} for one in stages_of(member.workspace)
        ],
        "reading": shown(reading, who, member), "when_url": reverse("when"),
    }  # fmt: skip
    return render(request, "deals/new.html", context, status=422 if errors else 200)
