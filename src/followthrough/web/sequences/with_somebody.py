"""A plan with one person: begun, a step left out, stopped; and how it stands on their page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from followthrough.core.enrolments import LIVE
from followthrough.ledger import clock, enrolling, sequence_people
from followthrough.ledger.models import Member, Party
from followthrough.ledger.opening import party_for, sequence_for
from followthrough.ledger.person import PersonPage
from followthrough.ledger.place import id_in
from followthrough.ledger.plans import plans_of
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import HEARD, source_of
from followthrough.web.sequences.last_mail import forecast_for, if_begun
from followthrough.web.sequences.showing import how_long, why_waits
from followthrough.web.tongue import tell
from followthrough.web.undo import undo_address

Context = dict[str, Any]
RULE = "ask_again"
ACTS: dict[str, tuple[Callable[..., bool], Promise]] = {
    "skip": (enrolling.skip, gettext_lazy("Left out. The next step stands.")),
    "stop": (enrolling.stop, gettext_lazy("The plan has ended.")),
    "hand": (enrolling.by_hand, gettext_lazy("It stands on your list now.")),
}


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose one; a POST begins it, or skips or stops what runs."""
    party = party_for(request.member, pk)
    if request.method == "POST":
        return _done(request, pk)
    context = {
        "here": "people", "party": party, "token": str(uuid4()),
        "first_name": say.first_name(party.name),
        "offered": on_offer(request.member, [party]),
    }  # fmt: skip
    return render(request, "sequences/with_somebody.html", context)


def on_offer(member: Member, people: list[Party]) -> list[Context]:
    forecast = forecast_for(member.workspace, clock.now())
    return [
        {
            "pk": one.pk, "name": tell(its.name), "told": how_long(its), "steps": _steps(its),
            "last": if_begun(forecast, people, its),
        }
        for one, its, _earned in sequence_people.shelves(member.workspace)
        if not one.retired_at
    ]  # fmt: skip


def _steps(its: Any) -> str:
    return " · ".join(tell(step.what) or say.way(step.how)[0] for step in its.steps)


def _done(request: MemberRequest, pk: int) -> HttpResponse:
    party, now, member = party_for(request.member, pk), clock.now(), request.member
    does, matter = request.POST.get("do", ""), request.POST.get("matter", "")[:80]
    source = source_of(request, "plan", request.POST.get("token", "")[:60] or str(uuid4()))
    if does in ACTS:
        act, words = ACTS[does]
        news, said = act(party, matter, by=member, at=now, source=source), str(words)
    else:
        sequence = sequence_for(member, id_in(request.POST.get("sequence", "")))
        why = enrolling.enrol(party, sequence, by=member, at=now, source=source)
        if why:
            messages.error(request, tell(why))
            return redirect("person", party.pk)
        news = True
        said = _("“{name}” begins with {who}.").format(
            name=tell(sequence.name), who=say.first_name(party.name)
        )
    shown = messages.success if news else messages.info
    shown(request, said if news else HEARD, extra_tags=undo_address(party, source) if news else "")
    return redirect("today") if request.POST.get("back") == "today" else redirect("person", pk)


# --- on their page -------------------------------------------------------------------------


def plans_on(page: PersonPage, member: Member, now: datetime) -> list[Context]:
    """What runs with them: how far it has come, and the day of its next step."""
    live = [one for one in page.matters if one.plan_state in LIVE and one.closed_at is None]
    known = plans_of(member.workspace_id, {one.plan for one in live}) if live else {}
    due = {row.matter_id: row.due for row in page.followups if row.rule == RULE}
    alone = {row.matter_id for row in page.followups if row.sender_id}
    return [
        {
            "matter": one.key,
            "name": tell(known[one.plan].name),
            "at": _("step {n} of {of}").format(
                n=min(one.plan_step + 1, len(known[one.plan].steps)), of=len(known[one.plan].steps)
            ),
            "alone": one.pk in alone,
            "next": say.in_words(due[one.pk], now, member.own_zone()) if one.pk in due else "",
            "why": "" if one.pk in due else why_waits(one.plan_why),
        }
        for one in live
        if one.plan in known
    ]
