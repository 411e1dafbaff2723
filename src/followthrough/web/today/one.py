"""One at a time: the call card of one person, and nothing else."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from followthrough.ledger import clock, queries
from followthrough.ledger.models import FollowUp
from followthrough.ledger.opening import followup_for
from followthrough.ledger.order_of_day import ids_in_order, whole
from followthrough.ledger.today import look_of
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.today.card import card_of
from followthrough.web.today.clear import clear_of
from followthrough.web.today.first import ways_to
from followthrough.web.today.views import reach_to

MOST = 60  # so many in one sitting
TICKS = 24  # of the progress; beyond, the figures are enough
Context = dict[str, Any]


@members_only
@require_GET
def one(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """Without a number it is whoever comes first."""
    now, member = clock.now(), request.member
    line = ids_in_order(look_of(member, now), MOST)
    if pk is None and not line:
        done = len(queries.done_today(member, now.astimezone(member.own_zone()).date()))
        return render(request, "today/one_clear.html", {"clear": clear_of(member, done, now)})
    followup = followup_for(member, pk if pk is not None else line[0])
    if followup.settled_at is not None:
        return redirect("one")
    context = {"here": "today", **_place(followup, line), **_card(request, followup, now)}
    return render(request, "today/one.html", context)


def _card(request: MemberRequest, followup: FollowUp, now: datetime) -> Context:
    member = request.member
    reach = reach_to(followup, member)
    first = queries.blocking(member, now)
    return card_of(followup, reach, member, now) | ways_to(followup, reach, first, member)


def _place(followup: FollowUp, line: list[int]) -> Context:
    """Where in the day this one stands, and who is before and after it."""
    if followup.pk not in line:
        return {"next_url": reverse("one")}
    at = line.index(followup.pk)
    before = reverse("one", args=[line[at - 1]]) if at else ""
    after = reverse("one", args=[line[at + 1]]) if at + 1 < len(line) else ""
    return {
        "at": at + 1,
        "of": len(line),
        "ticks": [n <= at for n in range(len(line))] if len(line) <= TICKS else [],
        "before_url": before,
        "next_url": after,
        "next_name": _name_of(line[at + 1]) if after else "",
    }


def _name_of(pk: int) -> str:
    return whole([pk])[0].party.name
