"""Why this order, in words; and what was done today, each with its way back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from followthrough.core.why_order import reasons
from followthrough.ledger import clock
from followthrough.ledger.done import done_today, told_of
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.opening import followup_for
from followthrough.ledger.undo import undo_heard
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.today.rows import BANDS, why
from followthrough.web.tongue import tell

MOST_DONE = 100
Context = dict[str, Any]


@members_only
@require_GET
def order(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    now, member = clock.now(), request.member
    followup = followup_for(member, pk) if pk is not None else None
    context = {
        "here": "today",
        "bands": [
            {"name": name, "hint": hint, "tone": tone} for name, hint, tone in BANDS.values()
        ],
        "line": _line(followup, member, now) if followup else None,
        "page": not request.htmx,  # type: ignore[attr-defined]
    }
    name = "today/order_words.html" if request.htmx else "today/order.html"  # type: ignore[attr-defined]
    return render(request, name, context)


def _line(followup: FollowUp, member: Member, now: datetime) -> Context:
    name = BANDS[followup.band][0]
    parts = [tell(one) for one in reasons(followup.rank, followup.tag)]
    if followup.matter.value:
        worth = _("It is worth {money}; that times how likely it is orders the rest.")
        parts.append(
            worth.format(money=say.money(followup.matter.value, member.workspace.currency))
        )
    due = say.in_words(followup.due, now, member.own_zone())
    parts.append(_("Of what weighs the same, the longest due comes first: this since {time}.")
                 .format(time=due) if followup.due <= now else
                 _("It is due {time}.").format(time=due))  # fmt: skip
    return {
        "who": followup.party.name, "why": why(followup, now), "band": name, "parts": parts,
        "proof_url": reverse("why", args=[followup.pk]),
    }  # fmt: skip


@members_only
@require_GET
def done(request: MemberRequest) -> HttpResponse:
    now, member = clock.now(), request.member
    every = done_today(member, now)
    told = told_of(member, every[:MOST_DONE])
    rows = [
        {
            "pk": one.followup.pk,
            "who": one.followup.party.name,
            "url": reverse("person", args=[one.followup.party_id]),
            "what": tell(one.said),
            "why": why(one.followup, now),
            "by": "" if one.by is None or one.by.pk == member.pk else one.by.name,
            "at": one.at,
            "when": say.clock(one.at, member.own_zone()),
            "ours": one.by is not None,
        }
        for one in told
    ]
    context = {"here": "today", "rows": rows, "more": len(every) > MOST_DONE, "count": len(every)}
    return render(request, "today/done.html", context)


@members_only
@require_POST
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """All that was told together with what settled this one."""
    followup, now = followup_for(request.member, pk), clock.now()
    if not followup.settled_by:
        raise Http404("Nothing has settled this.")
    source = followup.settled_by.partition(".")[0]
    if undo_heard(followup.party, hashed=source, by=request.member, at=now):
        messages.success(request, _("Taken back."))
    else:
        messages.info(request, _("That was taken back already."))
    return redirect("done_today")
