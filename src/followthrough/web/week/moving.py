"""Moving what stands on a day: by a person, with their words where we gave ours, or evenly."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from followthrough.core import facts
from followthrough.core.calendar import Calendar
from followthrough.core.facts import Fact
from followthrough.ledger import clock
from followthrough.ledger import spreading as load
from followthrough.ledger.models import Fact as Told
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.opening import colleague_for, followup_for, followups_for
from followthrough.ledger.place import id_in, ids_in
from followthrough.ledger.record import Heard, record, record_many
from followthrough.ledger.undo import name_to_tell
from followthrough.ledger.week import days_of, evened, may_move
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of
from followthrough.web.tokens import opened, signed
from followthrough.web.undo import undo_all_address
from followthrough.web.when import calendar_of

SALT = "followthrough.spread"
PROMISES = {"keep_promises", "call_when_we_said"}
LONGEST = 500


def whose(request: MemberRequest, said: str) -> Member:
    """One's own weeks; those who manage may look at everybody's."""
    if request.member.manages and id_in(said):
        return colleague_for(request.member, id_in(said))
    return request.member


def day_in(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def back_to(member: Member, day: date | None, **more: str) -> HttpResponse:
    asks = {"member": str(member.pk), "day": day.isoformat() if day else "", **more}
    return redirect(f"{reverse('week')}?{urlencode({k: v for k, v in asks.items() if v})}")


@members_only
@require_POST
def moves(request: MemberRequest) -> HttpResponse:
    """Our own steps go to the chosen day at once; of those that count on us, we ask first."""
    member, now = whose(request, request.POST.get("member", "")), clock.now()
    day, to = day_in(request.POST.get("day", "")), day_in(request.POST.get("to", ""))
    rows = _chosen(request, member)
    if not rows or to is None or to < now.astimezone(member.own_zone()).date():
        missing = (
            _("Choose a day from today on.") if rows else _("Tick at least one of them first.")
        )
        messages.error(request, missing)
        return back_to(member, day)
    loose = [row for row in rows if may_move(row)]
    if loose:
        _move(request, loose, to, member, now)
    bound = [str(row.pk) for row in rows if not may_move(row)]
    return back_to(member, day, asks=",".join(bound), to=to.isoformat() if bound else "")


def _chosen(request: MemberRequest, member: Member) -> list[FollowUp]:
    ticked = ids_in(request.POST.getlist("followup"))
    rows = followups_for(request.member, ticked[:200])
    return [row for row in rows if row.member_id == member.pk]


def _move(
    request: MemberRequest, rows: Sequence[FollowUp], to: date, member: Member, now: datetime
) -> None:
    calendar, token = calendar_of(member), request.POST.get("token", "")[:60] or str(uuid4())
    source = f"moved:{request.member.pk}:{token}"
    load.chosen_by_hand(rows)
    heard = [
        Heard(
            party=row.party, source=name_to_tell(row.party.workspace, f"{source}:{row.pk}:{to}"),
            facts=[_put_off(row, to, calendar, request.member, now)],
        )
        for row in rows
    ]  # fmt: skip
    record_many(heard, at=now)
    said = ngettext("{n} moved to {day}.", "{n} moved to {day}.", len(rows))
    undo = undo_all_address([(one.party, one.source) for one in heard])
    day = say.in_words(calendar.day_start(to), now, member.own_zone()).partition(",")[0]
    messages.success(request, said.format(n=len(rows), day=day), extra_tags=undo)


def _put_off(row: FollowUp, to: date, calendar: Calendar, by: Member, now: datetime) -> Fact:
    until = max(now, moment_on(to, row.due, calendar))
    return facts.PutOff(at=now, what=row.key, until=until, by=str(by.pk))


def moment_on(day: date, like: datetime, calendar: Calendar) -> datetime:
    """At the same time of day, where that is within the hours of work."""
    clock_time = calendar.local(like).time()
    inside = calendar.start <= clock_time < calendar.end
    return calendar.instant(datetime.combine(day, clock_time if inside else calendar.start))


# --- what they count on ----------------------------------------------------------------------


@members_only
@require_POST
def told(request: MemberRequest, pk: int) -> HttpResponse:
    """They know of the new day: our word is given anew, or what they wait for is put off with
    the reason."""
    row, now = followup_for(request.member, pk), clock.now()
    to = day_in(request.POST.get("to", ""))
    note = request.POST.get("note", "").replace("\x00", "").strip()[:LONGEST]
    if row.party.kind in UNLISTED:  # among ourselves the new day is enough
        return redirect("promise_later", row.pk)
    member = whose(request, str(row.member_id))
    day = day_in(request.POST.get("day", ""))
    if row.settled_at or to is None:
        messages.info(request, _("That has been done meanwhile."))
        return back_to(member, day)
    if not note:
        messages.error(request, _("Write what you told them, in a few words."))
        return back_to(member, day, asks=str(pk), to=to.isoformat())
    _told(request, row, to, note, now)
    rest = [str(one) for one in ids_in(request.POST.get("asks", "").split(",")) if one != pk]
    return back_to(member, day, asks=",".join(rest), to=to.isoformat() if rest else "")


def _told(request: MemberRequest, row: FollowUp, to: date, note: str, now: datetime) -> None:
    member = row.member or request.member
    calendar = calendar_of(member)
    happened, words = _anew(row, to, note, request.member, now)
    source = source_of(
        request, f"told:{row.pk}", request.POST.get("token", "")[:60] or str(uuid4())
    )
    record(row.party, *happened, source=source, at=now, words=words)
    undo = undo_all_address([(row.party, source)])
    who = say.first_name(row.party.name)
    day = say.in_words(calendar.day_start(to), now, member.own_zone()).partition(",")[0]
    said = _("{who} knows, and it stands on {day}.").format(who=who, day=day)
    messages.success(request, said, extra_tags=undo)


def _anew(
    row: FollowUp, to: date, note: str, by: Member, now: datetime
) -> tuple[list[Fact], list[tuple[str, str]]]:
    """A promise is given anew, in its own words; anything else is put off with the reason."""
    common: dict[str, Any] = {"at": now, "by": str(by.pk)}
    calendar = calendar_of(row.member or by)
    if row.rule not in PROMISES:
        return [_put_off(row, to, calendar, by, now)], [(note[:120], note)]
    due, how = moment_on(to, row.due, calendar), row.how if row.rule == "call_when_we_said" else ""
    given = facts.WePromised(
        due=due, how=how, wall=calendar.local(due).strftime("%Y-%m-%d %H:%M"), zone=calendar.zone,
        matter=row.matter.key, **common,
    )  # fmt: skip
    released = facts.PromiseReleased(promise=row.because, matter=row.matter.key, **common)
    noted = facts.Noted(matter=row.matter.key, **common)
    return [given, released, noted], [_words_of(row), ("", ""), (note[:120], note)]


def _words_of(row: FollowUp) -> tuple[str, str]:
    rows = Told.objects.filter(
        workspace=row.workspace_id, source=row.because.partition(".")[0], name=row.because
    )
    text = rows.select_related("text").first()
    return (text.text.title, text.text.body) if text and text.text else ("", "")


# --- spread by the machine -------------------------------------------------------------------


@members_only
@require_POST
def spread(request: MemberRequest) -> HttpResponse:
    """As the preview said; the day on which each is due stays."""
    member, now = whose(request, request.POST.get("member", "")), clock.now()
    day = day_in(request.POST.get("day", ""))
    plan = (
        evened(member, days_of([member], now, request.member)[member.pk], day, now) if day else None
    )
    if plan is None or not plan.moves:
        messages.info(request, _("That day is as even as it gets."))
        return back_to(member, day)
    calendar = calendar_of(member)
    days = {calendar.day_start(to): pks for to, pks in plan.to.items()}
    before = load.spread_to(days, member.workspace)
    token = signed(before, SALT)
    said = ngettext("{n} spread over the week.", "{n} spread over the week.", len(before))
    undo = reverse("week_unspread", args=[token])
    messages.success(request, said.format(n=len(before)), extra_tags=undo)
    return back_to(member, day)


@members_only
@require_POST
def unspread(request: MemberRequest, token: str) -> HttpResponse:
    before = opened(token, SALT, request.member)
    back = load.unspread([tuple(one) for one in before], request.member.workspace)
    said = ngettext("{n} back on its day.", "{n} back on their day.", back)
    messages.success(request, said.format(n=back))
    return redirect("week")
