"""Moving what stands on a day: by a person, or evenly."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from followthrough.core import facts
from followthrough.core.calendar import Calendar
from followthrough.core.facts import Fact
from followthrough.ledger import clock
from followthrough.ledger import spreading as load
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.opening import colleague_for, followups_for, party_for
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.undo import names_to_tell
from followthrough.ledger.undo import undo as take_back
from followthrough.ledger.week import days_of, evened, may_move
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tokens import opened, signed
from followthrough.web.undo import undo_all_address
from followthrough.web.when import calendar_of

SALT = "followthrough.spread"
NO_DAY = gettext_lazy("Choose a day from today on.")
FARTHEST = timedelta(days=3660)


def whose(request: MemberRequest, said: str) -> Member:
    """One's own weeks; those who manage may look at everybody's."""
    if request.member.manages and said.isdecimal() and len(said) < 18:
        return colleague_for(request.member, int(said))
    return request.member


def day_in(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def day_ahead(said: str, member: Member, now: datetime) -> date | None:
    """A day to which something may move: from today on, where the member is."""
    day, today = day_in(said), now.astimezone(member.own_zone()).date()
    return day if day and today <= day <= today + FARTHEST else None


def back_to(member: Member, day: date | None, **more: str) -> HttpResponse:
    asks = {"member": str(member.pk), "day": day.isoformat() if day else "", **more}
    return redirect(f"{reverse('week')}?{urlencode({k: v for k, v in asks.items() if v})}")


@members_only
@require_POST
def moves(request: MemberRequest) -> HttpResponse:
    """Our own steps go to the chosen day at once; of those that count on us, we ask first."""
    member, now = whose(request, request.POST.get("member", "")), clock.now()
    day, to = (
        day_in(request.POST.get("day", "")),
        day_ahead(request.POST.get("to", ""), member, now),
    )
    rows = _chosen(request, member)
    if not rows or to is None:
        missing = NO_DAY if rows else gettext_lazy("Tick at least one of them first.")
        messages.error(request, missing)
        return back_to(member, day)
    loose = [row for row in rows if may_move(row)]
    if loose:
        _move(request, loose, to, member, now)
    bound = [str(row.pk) for row in rows if not may_move(row)]
    return back_to(member, day, asks=",".join(bound), to=to.isoformat() if bound else "")


def _chosen(request: MemberRequest, member: Member) -> list[FollowUp]:
    ticked = {int(pk) for pk in request.POST.getlist("followup") if pk.isdecimal() and len(pk) < 18}
    rows = followups_for(request.member, sorted(ticked)[:200])
    return [row for row in rows if row.member_id == member.pk]


def _move(
    request: MemberRequest, rows: Sequence[FollowUp], to: date, member: Member, now: datetime
) -> None:
    calendar, token = calendar_of(member), request.POST.get("token", "")[:60] or str(uuid4())
    source = f"moved:{request.member.pk}:{token}:{to}"
    names = names_to_tell(member.workspace, [f"{source}:{row.pk}" for row in rows])
    heard = [
        Heard(
            party=row.party, source=names[f"{source}:{row.pk}"],
            facts=[put_off(row, to, calendar, request.member, now)],
        )
        for row in rows
    ]  # fmt: skip
    with transaction.atomic():
        before = load.chosen_by_hand(rows)
        record_many(heard, at=now)
    said = ngettext("{n} moved to {day}.", "{n} moved to {day}.", len(rows))
    undo = _unmoved_address(heard, before)
    day = say.in_words(calendar.day_start(to), now, member.own_zone()).partition(",")[0]
    messages.success(request, said.format(n=len(rows), day=day), extra_tags=undo)


def _unmoved_address(heard: Sequence[Heard], before: Sequence[load.Spread]) -> str:
    told = [(one.party, one.source) for one in heard]
    if not before:
        return undo_all_address(told)
    named = [[party.pk, source] for party, source in told]
    return reverse("week_unmoved", args=[signed([named, before], SALT)])


@members_only
@require_POST
def unmoved(request: MemberRequest, token: str) -> HttpResponse:
    """Undo of a move of what a load had been spread over: it stands where it was spread to."""
    named, before = opened(token, SALT, request.member)
    now = clock.now()
    with transaction.atomic():
        load.spread_again([tuple(one) for one in before], request.member.workspace)
        for pk, source in named:
            take_back(party_for(request.member, pk), source=source, by=request.member, at=now)
    messages.success(request, _("Taken back."))
    return redirect("week")


def put_off(row: FollowUp, to: date, calendar: Calendar, by: Member, now: datetime) -> Fact:
    until = max(now, moment_on(to, row.due, calendar))
    return facts.PutOff(at=now, what=row.key, until=until, by=str(by.pk))


def moment_on(day: date, like: datetime, calendar: Calendar) -> datetime:
    """At the same time of day, where that is within the hours of work."""
    clock_time = calendar.local(like).time()
    inside = calendar.start <= clock_time < calendar.end
    return calendar.instant(datetime.combine(day, clock_time if inside else calendar.start))


# --- spread by the machine -------------------------------------------------------------------


@members_only
@require_POST
def spread(request: MemberRequest) -> HttpResponse:
    """As the preview said; the day on which each is due stays."""
    member, now = whose(request, request.POST.get("member", "")), clock.now()
    day = day_in(request.POST.get("day", ""))
    days_ahead = days_of([member], now, request.member)[member.pk]
    plan = evened(member, days_ahead, day, now, request.member) if day else None
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
