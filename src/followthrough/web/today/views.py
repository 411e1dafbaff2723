"""Today, and the panel beside it."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from followthrough.ledger import alarms, clock, queries
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Address, Alarm, FollowUp, Member, Party
from followthrough.ledger.opening import alarm_for, followup_for
from followthrough.ledger.today import BANDS, Today
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.today.first import ways_to
from followthrough.web.today.panel import panel_of
from followthrough.web.today.rows import bands_of, reach_of

PER_BAND, WHOLE_BAND = 7, 60
MINUTES_EACH = 5
SHOWN_ALARMS = 5
DOORS = [
    {"icon": "upload", "text": "Bring in a mailbox or a list", "note": "", "url": "/import/"},
    {"icon": "plus", "text": "Somebody just called", "note": "", "url": "/capture/"},
    {"icon": "users", "text": "Look at your people", "note": "", "url": "/people/"},
]


@members_only
@require_GET
def today(request: MemberRequest) -> HttpResponse:
    now, member = clock.now(), request.member
    asked = request.GET.get("band", "")
    only = int(asked) if asked in map(str, BANDS) else None
    found = queries.today(member, now, per_band=WHOLE_BAND if only else PER_BAND)
    setattr(request, "due", found.due)  # noqa: B010 - for the rail, which shows it again
    context = {
        "here": "today",
        "only": only is not None,
        "alarms": _alarms(member, now),
        "doors": DOORS,
        "today": say.day_line(now, member.own_zone()),
        **_progress(member, found, now),
        **_list(found, only, member, now),
    }
    return render(request, "today/today.html", context)


def _list(found: Today, only: int | None, member: Member, now: datetime) -> dict[str, Any]:
    """The bands, and the panel of the first line beside them."""
    bands = [band for band in found.bands if only in (None, band.number)]
    rows = [row.followup for band in bands for row in band.rows]
    shown = Today(bands=bands, due=found.due, by_channel=found.by_channel)
    reach = _reach([row.party for row in rows], member)
    first = _first_of_all(found, member, now)
    ways = {row.pk: ways_to(row, reach[row.party_id], first) for row in rows}
    context: dict[str, Any] = {"bands": bands_of(shown, ways, member, now)}
    if rows:
        rows[0].party.workspace = member.workspace
        context["bands"][0]["rows"][0]["current"] = True
        context |= panel_of(rows[0], reach[rows[0].party_id], first, member, now)
    return context


def _first_of_all(found: Today, member: Member, now: datetime) -> FollowUp | None:
    """Who asked three times in vain; the books are asked only where somebody did."""
    return queries.blocking(member, now) if found.blocks else None


@members_only
@require_GET
def panel(request: MemberRequest, pk: int) -> HttpResponse:
    followup, now = followup_for(request.member, pk), clock.now()
    party = followup.party
    reach = _reach([party], request.member)[party.pk]
    first = queries.blocking(request.member, now)
    context = panel_of(followup, reach, first, request.member, now)
    return render(request, "components/panel.html", context)


@members_only
@require_POST
def seen(request: MemberRequest, pk: int) -> HttpResponse:
    alarms.see_all_of(alarm_for(request.member, pk), at=clock.now())
    return redirect("today")


def _reach(parties: list[Party], member: Member) -> dict[int, dict[str, str]]:
    """How to reach each party of the page and whom it speaks for, in one query as a rule."""
    by_party: dict[int, list[Address]] = defaultdict(list)
    speaker = {pk: party.pk for party in parties for pk in family_of(party)}
    ours = {"workspace": member.workspace_id, "dead_by": ""}
    for address in Address.objects.filter(**ours, party__in=speaker):
        by_party[speaker[address.party_id]].append(address)
    return {party.pk: reach_of(by_party[party.pk], party.refuses) for party in parties}


def _progress(member: Member, found: Today, now: datetime) -> dict[str, Any]:
    day = now.astimezone(member.own_zone()).date()
    done = len(queries.done_today(member, day))
    left = found.total
    about = min(found.due, 12) * MINUTES_EACH
    text = f"{done} done · {left} to go"
    if found.due:
        text += (
            f" · about {about} minutes" if found.due <= 12 else " · an hour does the first twelve"
        )
    return {"done": done, "total": done + found.due, "progress_text": text}


def _alarms(member: Member, now: datetime) -> list[dict[str, Any]]:
    """The newest of each duty, a handful: the lines themselves stand below."""
    newest: dict[int, Alarm] = {}
    for alarm in alarms.unseen(member, at=now).order_by("-at", "-pk")[: SHOWN_ALARMS * 4]:
        newest.setdefault(alarm.followup_id or -alarm.pk, alarm)
    return [
        {
            "pk": alarm.pk,
            "what": alarm.what,
            "party": alarm.followup.party if alarm.followup else None,
            "when": say.ago(alarm.at, now),
        }
        for alarm in list(newest.values())[:SHOWN_ALARMS]
    ]
