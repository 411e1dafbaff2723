"""The next two weeks: how much stands on which day, whose it is, and what stands there."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from followthrough.core.matter import PRIVATE
from followthrough.ledger import clock
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.opening import followups_for
from followthrough.ledger.place import ids_in
from followthrough.ledger.week import (
    SHOWN,
    Day,
    days_of,
    evened,
    fullest,
    may_move,
    roomy,
    rows_on,
)
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.promises.lines import busy
from followthrough.web.templatetags.icons import icon
from followthrough.web.templatetags.words import capped
from followthrough.web.tongue import tell
from followthrough.web.week.moving import day_in, whose
from followthrough.web.week.telling import PROMISES

Context = dict[str, Any]
TEAM = 12  # so many members stand below each other
FULL = 25  # a bar of so many fills its column, unless a day holds more
TALL = 100  # of the drawing
TONES = {1: "lake", 2: "ember", 3: "honey", 4: "pine"}


@members_only
@require_GET
def week(request: MemberRequest) -> HttpResponse:
    now = clock.now()
    member = whose(request, request.GET.get("member", ""))
    team = _team(request.member, member)
    loads = days_of(team, now, request.member)
    days = loads[member.pk]
    shown = _shown(day_in(request.GET.get("day", "")), days)
    rows = rows_on(member, shown.date, now, most=SHOWN + 1)
    context = {
        "here": "week", "who": member, "mine": member.pk == request.member.pk,
        "finding": _finding(days), "days": _columns(days, shown, member),
        "day": shown, "day_text": _full(shown.date), "day_value": shown.date.isoformat(),
        "rows": [_row(row, member, request.member) for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "targets": _targets(days, shown),
        "team": _grid(team, loads, member) if request.member.manages and len(team) > 1 else [],
        "token": str(uuid4()),
        **_asking(request),
        **_spreading(request, member, days, shown),
    }  # fmt: skip
    return render(request, "week/week.html", context)


def _team(viewer: Member, member: Member) -> list[Member]:
    """Whoever looks, first; all the others too where they manage."""
    if not viewer.manages:
        return [viewer]
    rows = Member.objects.filter(workspace=viewer.workspace_id, active=True)
    others = list(rows.exclude(pk=viewer.pk).select_related("workspace").order_by("name")[:TEAM])
    known = {one.pk for one in others} | {viewer.pk}
    return [viewer, *others, *([] if member.pk in known else [member])]


def _shown(asked: date | None, days: Sequence[Day]) -> Day:
    """The day that was pressed, else the fullest, else today."""
    pressed = next((day for day in days if day.date == asked), None)
    return pressed or fullest(days) or days[0]


# --- the picture -----------------------------------------------------------------------------


def _finding(days: Sequence[Day]) -> str:
    """What the picture shows, in one sentence."""
    top, room = fullest(days), roomy(days)
    if top is None:
        return _("No day stands out: nothing to move.")
    day = _weekday(top.date)
    if top.calls > top.count / 2:
        said = ngettext("{n} call on {day}.", "{n} calls on {day}.", top.calls)
        text = said.format(n=capped(top.calls), day=day)
    else:
        said = ngettext("{n} to do on {day}.", "{n} to do on {day}.", top.count)
        text = said.format(n=capped(top.count), day=day)
    if room is None or room.count >= top.count:
        return text
    return _("{finding} {day} has room.").format(finding=text, day=_weekday(room.date))


def _columns(days: Sequence[Day], shown: Day, member: Member) -> list[Context]:
    most = max([FULL, *(day.count for day in days)])
    return [
        {
            "value": day.date.isoformat(),
            "url": _address(member, day),
            "count": capped(day.count),
            "bar": round(TALL * day.count / most),
            "top": TALL - round(TALL * day.count / most),
            "weekday": say.dated(day.date, "EEE"),
            "number": say.dated(day.date, "d"),
            "note": _note(day),
            "free": day.free,
            "current": day.date == shown.date,
            "label": _label(day),
        }
        for day in days
    ]


def _address(member: Member, day: Day) -> str:
    return f"{reverse('week')}?member={member.pk}&day={day.date.isoformat()}"


def _note(day: Day) -> str:
    if day.away:
        return pgettext("a member, on a day", "away")
    return day.holiday or ("" if day.works else pgettext("a day", "closed"))


def _label(day: Day) -> str:
    said = ngettext("{day}: {n} to do", "{day}: {n} to do", day.count)
    text = said.format(day=_full(day.date), n=capped(day.count))
    return ", ".join(filter(None, [text, _note(day)]))


def _full(day: date) -> str:
    return say.dated(day, pgettext("date pattern of CLDR", "EEEE, d MMMM"))


def _weekday(day: date) -> str:
    return say.dated(day, "EEEE")


def _targets(days: Sequence[Day], shown: Day) -> list[tuple[str, str, bool]]:
    """Where to; the one with the most room is offered first."""
    others = [day for day in days if day.date != shown.date]
    best = roomy([days[0], *others])
    return [(one.date.isoformat(), _target(one), one is best) for one in others]


def _target(day: Day) -> str:
    name = say.dated(day.date, pgettext("date pattern of CLDR", "EEE d MMM"))
    return " · ".join(filter(None, [name, capped(day.count), _note(day)]))


def _grid(team: Sequence[Member], loads: dict[int, list[Day]], member: Member) -> list[Context]:
    return [
        {
            "name": one.name,
            "current": one.pk == member.pk,
            "url": f"{reverse('week')}?member={one.pk}",
            "days": [
                {"count": capped(day.count) if day.count else "", "free": day.free,
                 "full": min(4, day.count * 4 // FULL), "url": _address(one, day),
                 "label": f"{one.name}, {_label(day)}"}
                for day in loads[one.pk]
            ],
        }
        for one in team
    ]  # fmt: skip


# --- the list of the day ---------------------------------------------------------------------


def _row(row: FollowUp, member: Member, viewer: Member) -> Context:
    if row.matter.kind == PRIVATE and member.pk != viewer.pk:
        return busy(row, member)
    how, name = say.way(row.how)
    zone = member.own_zone()
    return {
        "pk": row.pk,
        "who": row.party.name,
        "detail": row.party.company or row.matter.title,
        "choose": _("Choose {name}").format(name=row.party.name),
        "url": f"{reverse('people')}{row.party_id}/",
        "what": tell(row.what),
        "icon": icon(name, how),
        "tone": TONES[row.band],
        "chip": "" if may_move(row) else _bound(row),
        "time": say.clock(row.due, zone) if row.band == 2 else "",
        "money": say.money(row.matter.value, member.workspace.currency),
    }


def _bound(row: FollowUp) -> str:
    return _("Your word") if row.band == 2 else _("They wait")


def _asking(request: MemberRequest) -> Context:
    """Those that were to move and may not silently: what was said to them, and to whom."""
    pks = ids_in(request.GET.get("asks", "").split(","))[:20]
    to = day_in(request.GET.get("to", ""))
    if not pks or to is None:
        return {}
    zone = request.member.own_zone()
    rows = [row for row in followups_for(request.member, pks) if not may_move(row)]
    return {
        "asks": ",".join(str(row.pk) for row in rows),
        "to": to.isoformat(),
        "to_text": _weekday(to),
        "asking": [
            {
                "pk": row.pk,
                "who": row.party.name,
                "first": say.first_name(row.party.name),
                "text": _question(row, row.due.astimezone(zone).date()),
                "word": row.rule in PROMISES,
                "sheet": reverse("outcome", args=[row.pk]),
            }
            for row in rows
        ],
    }


def _question(row: FollowUp, due: date) -> str:
    who = say.first_name(row.party.name)
    if row.band == 2:
        said = _("You gave {who} your word for {day}: tell them?")
        return said.format(who=who, day=_weekday(due))
    return _("{who} is waiting for your answer: tell them?").format(who=who)


def _spreading(request: MemberRequest, member: Member, days: Sequence[Day], day: Day) -> Context:
    """Offered where there is much and a day stands out; shown before it is done."""
    if day.count < 6 or fullest(days) is None:
        return {}
    offer = {"spread_url": f"{_address(member, day)}&spread=yes", "spread_count": capped(day.count)}
    if request.GET.get("spread") != "yes":
        return offer
    plan = evened(member, days, day.date, clock.now(), request.member)
    lines = [(_full(to), len(pks)) for to, pks in plan.to.items()]
    return {"plan": plan, "plan_lines": lines}
