"""Waiting on them: who is to move, since when, and when we ask by ourselves."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from followthrough.core.facts import PutOff
from followthrough.ledger import clock, queries
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.opening import followup_for
from followthrough.ledger.place import Place, as_named, place_in
from followthrough.ledger.record import record
from followthrough.ledger.today import end_of_day
from followthrough.ledger.waiting import RULES, SUPPLY, Asked, Page
from followthrough.ledger.waiting import waiting as waiting_on
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of
from followthrough.web.today.day import addresses_of, links_of
from followthrough.web.undo import undo_all_address
from followthrough.web.waiting.rows import row_of
from followthrough.web.writing.told import chips_of

PAGE = 50
WEEK = timedelta(days=6)
KINDS = {
    "": gettext_lazy("All"),
    "word": gettext_lazy("Their word"),
    "quote": gettext_lazy("Quotes and questions"),
    "call": gettext_lazy("They owe us a call"),
    SUPPLY: gettext_lazy("Orders"),
    "talk": gettext_lazy("After a talk"),
}
GROUPS = (
    ("today", gettext_lazy("Today we ask"), gettext_lazy("if nothing comes"), "honey"),
    ("week", gettext_lazy("This week"), gettext_lazy("we ask by ourselves"), "lake"),
    ("later", gettext_lazy("Later"), gettext_lazy("there is time"), "pine"),
)


@members_only
@require_GET
def waiting(request: MemberRequest) -> HttpResponse:
    member, now = request.member, clock.now()
    asked = _asked(request.GET)
    page = waiting_on(member, asked, now, limit=PAGE)
    context = {
        "here": "waiting",
        "kinds": [(kind, text, kind == asked.kind) for kind, text in KINDS.items()],
        "kind": asked.kind,
        "groups": _groups(page, member, now),
        "token": str(uuid4()),
        "previous": _address(asked, "before", page.before),
        "next": _address(asked, "after", page.after),
    }
    return render(request, "waiting/waiting.html", context)


def _asked(data: QueryDict) -> Asked:
    kind = data.get("kind", "")
    kind = kind if kind in RULES or kind == SUPPLY else ""
    for name in ("after", "before"):
        place = place_in(data.get(name, ""))
        if place:
            return Asked(kind=kind, place=place, back=name == "before")
    return Asked(kind=kind)


def _address(asked: Asked, name: str, place: Place | None) -> str:
    if place is None:
        return ""
    asks = QueryDict(mutable=True)
    if asked.kind:
        asks["kind"] = asked.kind
    asks[name] = as_named(place)
    return asks.urlencode()


def _groups(page: Page, member: Member, now: datetime) -> list[dict[str, Any]]:
    """Due today, in the next seven days, later; an empty one vanishes."""
    first = queries.blocking(member, now)
    addresses = addresses_of([row.party for row in page.rows], member)
    ways = links_of(page.rows, addresses, first, member)
    truths = chips_of(page.rows, member, now)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name, *_ in GROUPS}
    for number, row in enumerate(page.rows):
        shown = row_of(row, member, now) | ways[row.pk] | {"current": number == 0}
        shown |= truths.get(row.pk, {})
        rows[_group(row, member, now)].append(shown)
    return [
        {"name": title, "hint": hint, "tone": tone, "rows": rows[name]}
        for name, title, hint, tone in GROUPS if rows[name]
    ]  # fmt: skip


def _group(row: FollowUp, member: Member, now: datetime) -> str:
    end = end_of_day(member, now)
    if row.show_at < end:
        return "today"
    return "week" if row.show_at < end + WEEK else "later"


@members_only
@require_POST
def sooner(request: MemberRequest, pk: int) -> HttpResponse:
    """The step moves to today; until then they had time, and now somebody wants to know."""
    followup, now = followup_for(request.member, pk), clock.now()
    source = source_of(request, f"sooner:{pk}", request.POST.get("token", "")[:60] or str(uuid4()))
    if followup.settled_at is None:
        moved = PutOff(at=now, what=followup.key, until=now, by=str(request.member.pk))
        record(followup.party, moved, source=source, at=now)
        who = say.first_name(followup.party.name)
        undo = undo_all_address([(followup.party, source)])
        messages.success(request, _("{who} is on today’s list.").format(who=who), extra_tags=undo)
    else:
        messages.info(request, _("That has been done meanwhile."))
    return redirect("waiting")
