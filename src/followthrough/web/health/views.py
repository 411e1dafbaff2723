"""Uncovered: what would be dropped, straight from the books; and whether the machine runs."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from followthrough.ledger import clock
from followthrough.ledger.audit import Audit, audit, check, uncovered_matters
from followthrough.ledger.models import Checked, Heartbeat, Intake, Party, Piece
from followthrough.ledger.sweep import CouldNotDecide, sweep
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only

STALE = timedelta(minutes=5)


@members_only
@require_GET
def health(request: MemberRequest) -> HttpResponse:
    workspace, now = request.member.workspace, clock.now()
    found = audit(workspace, at=now)
    return render(
        request, "health/health.html",
        {
            "here": "health",
            "found": found,
            "sentence": _sentence(request, found),
            "checked": say.full(now, request.member.own_zone()),
            "matters": [
                _line(request, matter, now) for matter in uncovered_matters(found, workspace)
            ],
            "parties": Party.objects.filter(workspace=workspace, pk__in=found.parties),
            "checks": _checks(request),
            "past": Checked.objects.filter(workspace=workspace).order_by("-at")[:7],
        },
    )  # fmt: skip


@members_only
@require_POST
def check_now(request: MemberRequest) -> HttpResponse:
    """Decide everybody anew, then audit: what can be put right is."""
    workspace, now = request.member.workspace, clock.now()
    try:
        wrong = sweep(workspace, at=now)
    except CouldNotDecide as why:
        messages.error(request, f"{why} All others are decided anew.")
        wrong = 0
    found = check(workspace, at=now)
    put_right = f" {say.many(wrong, 'row')} put right." if wrong else ""
    messages.success(request, f"{found}.{put_right}")
    return redirect("health")


def _sentence(request: MemberRequest, found: Audit) -> str:
    if not found.uncovered:
        return (
            f"{say.many(found.open, 'open matter')}, and each has somebody, a next step and a date."
        )
    at_stake = say.money(found.money, request.member.workspace.currency)
    oldest = f", the oldest {say.ago(found.oldest, found.at)} old" if found.oldest else ""
    return (
        f"{found.uncovered} of {found.open} uncovered{', ' + at_stake if at_stake else ''}{oldest}."
    )


def _line(request: MemberRequest, matter: Any, now: Any) -> dict[str, Any]:
    return {
        "matter": matter,
        "url": reverse("person", args=[matter.party_id]),
        "wait": say.ago(matter.opened_at, now),
        "money": say.money(matter.value, request.member.workspace.currency),
    }


def _checks(request: MemberRequest) -> list[dict[str, Any]]:
    """Each a sentence: what runs, what is only half set up, what needs a look."""
    workspace = request.member.workspace
    unread = Piece.objects.filter(workspace=workspace, outcome="quarantined").count()
    waiting = Intake.objects.filter(workspace=workspace, finished_at=None).count()
    return [
        _turning(request),
        _fine("Everything brought in could be read")
        if not unread
        else _look(
            f"{say.many(unread, 'piece')} of your imports could not be read",
            "They are kept as they are, and listed with their import.",
        ),
        _fine(f"{say.many(waiting, 'import')} being read" if waiting else "No import is waiting"),
        _fine("Mail about passwords is sent")
        if "smtp" in settings.EMAIL_BACKEND
        else _look("Mail about passwords goes to a folder", "Set EMAIL_URL to have it sent."),
    ]


def _turning(request: MemberRequest) -> dict[str, Any]:
    """Whether the loop that rings, reads and checks has turned its handle of late."""
    now = clock.now()
    beats = Heartbeat.objects.filter(workspace=request.member.workspace_id)
    ill = beats.exclude(problem="").order_by("-at").first()
    if ill:
        return _look(f"The worker stumbled over “{ill.name}”", ill.problem)
    newest = beats.order_by("-at").first()
    if newest is None or now - newest.at > STALE:
        return _look("The worker is not turning", "Start it: make run, or manage.py work.")
    return _fine(f"The worker turned its handle {say.ago(newest.at, now)} ago")


def _fine(text: str) -> dict[str, Any]:
    return {"icon": "circle-check", "text": text}


def _look(text: str, note: str) -> dict[str, Any]:
    return {"icon": "circle-alert", "tone": "honey", "text": text, "note": note}
