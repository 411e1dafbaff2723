"""The stages themselves: called, ordered and weighed as the team likes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger.models import Workspace
from followthrough.ledger.stages import (
    LONGEST,
    MOST,
    CouldNotChangeStages,
    Wanted,
    change_stages,
    stages_of,
)
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tokens import opened, signed
from followthrough.web.tongue import tell

SALT = "followthrough.stages"
SPARE = 2  # empty lines for new ones


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def stages(request: MemberRequest) -> HttpResponse:
    _only_who_manages(request)
    workspace = request.member.workspace
    if request.method != "POST":
        return _page(request, _lines_of(workspace), "")
    lines = _lines_in(request)
    undone = _as_it_is(workspace)
    try:
        change_stages(workspace, _wanted(lines))
    except CouldNotChangeStages as could_not:
        return _page(request, lines, tell(could_not.why))
    messages.success(request, _("The stages are kept."), extra_tags=undone)
    return redirect("deals")


@members_only
@require_POST
def back(request: MemberRequest, token: str) -> HttpResponse:
    """Undo: the stages as they were."""
    _only_who_manages(request)
    before = opened(token, SALT, request.member)
    undone = _as_it_is(request.member.workspace)
    try:
        change_stages(
            request.member.workspace, [Wanted(key=k, name=n, chance=c) for k, n, c in before]
        )
    except CouldNotChangeStages as could_not:
        messages.error(request, tell(could_not.why))
    else:
        messages.success(request, _("Taken back."), extra_tags=undone)
    return redirect("deals")


def _only_who_manages(request: MemberRequest) -> None:
    if not request.member.manages:
        raise PermissionDenied(_("Whoever manages your team can change the stages."))


def _as_it_is(workspace: Workspace) -> str:
    """The address that brings the stages back as they are now."""
    now = [[one.key, str(one.name), one.chance] for one in stages_of(workspace)]
    return reverse("stages_restored", args=[signed(now, SALT)])


def _lines_of(workspace: Workspace) -> list[dict[str, Any]]:
    rows = stages_of(workspace)
    spare = min(SPARE, MOST - len(rows))
    return [
        *(
            {"key": one.key, "name": tell(one.name), "chance": one.chance, "place": n}
            for n, one in enumerate(rows, 1)
        ),
        *({"key": "", "name": "", "chance": 50, "place": len(rows) + n + 1} for n in range(spare)),
    ]


def _lines_in(request: MemberRequest) -> list[dict[str, Any]]:
    """What was filled in, in the order of its numbers."""
    told = [
        request.POST.getlist(name)[: MOST + SPARE] for name in ("key", "name", "chance", "place")
    ]
    free = {one.key for one in stages_of(request.member.workspace)}
    lines = [
        {
            "key": _taken_once(key, free),
            "name": name.strip()[:LONGEST],
            "chance": _number(chance, 50),
            "place": _number(place, 99),
        }
        for key, name, chance, place in zip(*told, strict=False)
    ]
    return sorted(lines, key=lambda line: line["place"])


def _taken_once(key: str, free: set[str]) -> str:
    if key not in free:
        return ""
    free.remove(key)
    return key


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else otherwise


def _wanted(lines: list[dict[str, Any]]) -> list[Wanted]:
    return [Wanted(key=one["key"], name=one["name"], chance=one["chance"]) for one in lines]


def _page(request: MemberRequest, lines: list[dict[str, Any]], problem: str) -> HttpResponse:
    context = {"here": "deals", "lines": lines, "problem": problem}
    return render(request, "deals/stages.html", context, status=422 if problem else 200)
