"""Somebody rang: name, number, what they want, whose it is, and the next step. Five fields, as a
sheet over any page or as a page of its own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from followthrough.ledger import clock, queries
from followthrough.ledger.models import Member, Party
from followthrough.web import say
from followthrough.web.capture import one_line
from followthrough.web.capture.keeping import NEW, keep, known, picked
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of, typed_at
from followthrough.web.undo import undo_address
from followthrough.web.when import as_typed, day_in, in_figures, reading_of, shown

FIELDS = ("name", "reach", "wants", "owner", "when", "party")
MOST = {"name": 200, "reach": 254, "wants": 4000, "owner": 12, "when": 500, "party": 18}
LONGEST_LINE = 1000
LEAST_REACH = 5  # letters or digits that say who it is
SHOWN = 3
Context = dict[str, Any]


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def capture(request: MemberRequest) -> HttpResponse:
    member, now = request.member, clock.now()
    then = typed_at(request, now)
    values = _values(request, then)
    if request.method != "POST":
        return _page(request, values, {}, str(uuid4()), now)
    token = request.POST.get("token", "")[:60] or str(uuid4())
    source = source_of(request, "capture", token)
    errors = _errors(values, member, then)
    if errors:
        values["when"] = in_figures(values["when"], member, then, now)
        return _page(request, values, errors, token, now)
    party, news = keep(values, member, source, then)
    said = _("Kept. {who} has a next step.") if news else _("{who} was kept already.")
    typed = as_typed(values["when"], member, then, now) if news else ""
    told = f"{said.format(who=say.first_name(party.name))} {typed}".strip()
    messages.success(request, told, extra_tags=undo_address(party, source))
    htmx = request.htmx  # type: ignore[attr-defined]
    if htmx:  # where one was, one goes on
        return HttpResponseClientRedirect(htmx.current_url_abs_path or reverse("today"))
    return redirect("person", party.pk)


@members_only
@require_POST
def known_already(request: MemberRequest) -> HttpResponse:
    """While it is typed: who that may be, and what a whole line was understood as."""
    member, now = request.member, clock.now()
    values, line = _values(request, now), _line(request, now)
    reading = shown(reading_of(values["when"][:500], member, now), values["name"], member)
    people = _like(values, member)
    context = {
        "people": people, "chosen": _chosen(values, people, member), "line": line,
        "step": reading["sentence"] if line.get("when") else "",
    }  # fmt: skip
    return render(request, "capture/known.html", context)


def _values(request: MemberRequest, now: datetime) -> dict[str, str]:
    given = request.POST if request.method == "POST" else request.GET
    values = {name: given.get(name, "").strip() for name in FIELDS}
    return values | _line(request, now)


def _line(request: MemberRequest, now: datetime) -> dict[str, str]:
    """A name that is a whole line, where nothing else was filled in."""
    given = request.POST
    told = given.get("name", "").strip()
    if len(told) > LONGEST_LINE or any(given.get(name) for name in ("reach", "wants", "when")):
        return {}
    return one_line.split(told, lambda end: day_in(end, request.member, now))


def _like(values: dict[str, str], member: Member) -> list[Context]:
    """By their number first: it tells more than a name."""
    found: dict[int, Party] = {}
    for words in (values["reach"], values["name"]):
        if len(words) > 2:
            rows = queries.people_like(member.workspace, words[:200], limit=SHOWN)
            found |= {party.pk: party for party in rows if party.pk not in found}
    return [
        {
            "pk": party.pk,
            "name": party.name,
            "detail": " · ".join(
                filter(None, [party.company, party.owner.name if party.owner else ""])
            ),
        }
        for party in list(found.values())[:SHOWN]
    ]


def _chosen(values: dict[str, str], people: list[Context], member: Member) -> str:
    """What was pressed; else whoever has this number or address, else nothing."""
    pks = [str(one["pk"]) for one in people]
    if values["party"] in (NEW, *pks):
        return values["party"]
    theirs = queries.people_like(member.workspace, values["reach"][:200], limit=1)
    return str(theirs[0].pk) if len(values["reach"]) > LEAST_REACH and theirs else ""


def _errors(values: dict[str, str], member: Member, now: datetime) -> dict[str, str]:
    too_long = _("That is longer than we can keep: {n} letters at most.")
    errors = {
        name: too_long.format(n=say.number(most))
        for name, most in MOST.items()
        if len(values[name]) > most
    }
    if errors:
        return errors
    if not values["name"] and not values["reach"] and not values["party"]:
        errors["name"] = _("A name or a number: one of them is enough.")
    if values["reach"] and not known(values).emails and not known(values).phones:
        errors["reach"] = _("Write a number such as 089 1234567, or a mail address.")
    if values["owner"] and picked(values, member) is None:
        errors["owner"] = _("Choose who looks after them.")
    reading = reading_of(values["when"], member, now)
    if reading.due is None:
        nobody = _("Nobody is kept without a next step. Try “call tomorrow 9am”.")
        errors["when"] = nobody if reading.kind == "empty" else reading.sentence
    return errors


def _page(
    request: MemberRequest, values: dict[str, str], errors: dict[str, str], token: str,
    now: datetime,
) -> HttpResponse:  # fmt: skip
    fragment, member = bool(request.htmx), request.member  # type: ignore[attr-defined]
    team = Member.objects.filter(workspace=member.workspace_id, active=True)
    whoever = _("Whoever looks after them already, else me")
    context = {
        "here": "capture", "values": values, "errors": errors, "token": token,
        "owners": [{"value": "", "label": whoever}, *_choices(team.order_by("name"), member)],
        "people": _like(values, member) if errors else [],
        "reading": shown(reading_of(values["when"][:500], member, now), values["name"], member),
        "when_url": reverse("when"),
    }  # fmt: skip
    name = "capture/sheet.html" if fragment else "capture/capture.html"
    # htmx swaps only what succeeds; a page says that it was refused.
    return render(request, name, context, status=422 if errors and not fragment else 200)


def _choices(team: Iterable[Member], me: Member) -> list[dict[str, str]]:
    return [{"value": str(one.pk), "label": _named(one, me)} for one in team]


def _named(member: Member, me: Member) -> str:
    name = _("Me") if member.pk == me.pk else member.name
    return f"{name} · {member.line}" if member.line else name
