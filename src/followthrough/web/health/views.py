"""Uncovered: what would be dropped, straight from the books; what is late; and the machine."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from followthrough.core import facts
from followthrough.core.matter import PRIVATE
from followthrough.ledger import clock
from followthrough.ledger.audit import Audit, audit, check, standing, uncovered_matters
from followthrough.ledger.loads import late_by_member
from followthrough.ledger.models import Checked, Matter
from followthrough.ledger.opening import any_matter_for, parties_for
from followthrough.ledger.record import record
from followthrough.ledger.sweep import put_right
from followthrough.ledger.today import capped
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.health.machine import checks_of
from followthrough.web.health.outside import OutsideForm, card_of
from followthrough.web.health.watched import faults_of, parts_of
from followthrough.web.heard import source_of
from followthrough.web.kinds import kind_name
from followthrough.web.undo import undo_address
from followthrough.web.when import calendar_of, fixed, reading_of

SHOWN = 50  # so many at once; the next come up as these are taken up
Context = dict[str, Any]


@members_only
@require_GET
def health(request: MemberRequest) -> HttpResponse:
    return health_page(request, Asked())


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was not understood: `of` is whose next step, with what was typed and what to do; or the
    address outside."""

    of: int | None = None
    when: str = ""
    problem: str = ""
    outside: OutsideForm | None = None

    @property
    def status(self) -> int:
        return 422 if self.problem or self.outside else 200


def health_page(request: MemberRequest, asked: Asked) -> HttpResponse:
    member, now = request.member, clock.now()
    found = standing(member.workspace, at=now)
    dropped = uncovered_matters(found, member.workspace)
    matters = [one for one in dropped if one.kind != PRIVATE or one.owner_id == member.pk][:SHOWN]
    parties = parties_for(member, found.parties[:SHOWN])
    context = {
        "here": "health", "found": found, "token": str(uuid4()),
        "sentence": _sentence(request, found),
        "checked": say.full(found.at, member.own_zone()),
        "matters": [_line(request, matter, now) for matter in matters],
        "parties": parties,
        "more": max(0, found.uncovered - len(matters) - len(parties)),
        "asked": asked.of, "when": asked.when, "problem": asked.problem,
        "loads": _loads(request, now) if member.manages else [],
        "checks": [*faults_of(member, now), *checks_of(member.workspace, now)],
        "parts": parts_of(member, now),
        **(card_of(member, asked.outside) if member.administers else {}),
        "past": _past(request, now),
    }  # fmt: skip
    return render(request, "health/health.html", context, status=asked.status)


def _sentence(request: MemberRequest, found: Audit) -> str:
    open_now = say.number(found.open)
    if not found.uncovered:
        said = ngettext(
            "{n} open matter, and each has somebody, a next step and a date.",
            "{n} open matters, and each has somebody, a next step and a date.",
            found.open,
        )
        return said.format(n=open_now)
    said = _("{n} of {open} uncovered").format(n=say.number(found.uncovered), open=open_now)
    at_stake = say.money(found.money, request.member.workspace.currency)
    if at_stake:
        said = _("{said}, {money}").format(said=said, money=at_stake)
    if found.oldest:
        long = say.ago(found.oldest, found.at)
        said = _("{said}, the oldest {long} old").format(said=said, long=long)
    return _("{said}.").format(said=said)


def _line(request: MemberRequest, matter: Matter, now: datetime) -> Context:
    named = matter.title if matter.title != matter.party.name else ""
    return {
        "id": matter.pk,
        "who": matter.party.name,
        "first_name": say.first_name(matter.party.name),
        "what": named or kind_name(matter.kind),
        "owner": matter.owner.name if matter.owner else "",
        "closed": matter.closed_at is not None,
        "url": reverse("person", args=[matter.party_id]),
        "wait": say.ago(matter.opened_at, now),
        "money": say.money(matter.value, request.member.workspace.currency),
    }


def _loads(request: MemberRequest, now: datetime) -> list[Context]:
    """Facts and an offer: oneself first, the others by name."""
    return [
        {
            "said": ngettext("{n} past its day", "{n} past their day", one.late).format(
                n=capped(one.late)
            ),
            "name": _("You") if one.member_id == request.member.pk else one.name,
            "mine": one.member_id == request.member.pk,
            "url": f"{reverse('deals')}?view=list&stage=all&owner={one.member_id}",
        }
        for one in late_by_member(request.member, now)
    ]


def _past(request: MemberRequest, now: datetime) -> list[Context]:
    rows = Checked.objects.filter(workspace=request.member.workspace).order_by("-at")[:7]
    zone = request.member.own_zone()
    said = _("{open} open, {n} uncovered")
    return [
        {
            "text": said.format(open=say.number(one.open), n=say.number(one.uncovered)),
            "when": say.moment(one.at, now, zone), "at": one.at, "uncovered": one.uncovered,
        }
        for one in rows
    ]  # fmt: skip


# --- putting it right --------------------------------------------------------------------


@members_only
@require_POST
def check_now(request: MemberRequest) -> HttpResponse:
    """Audit, and decide those anew who are uncovered. Everybody is the worker's, at night."""
    workspace, now = request.member.workspace, clock.now()
    found = audit(workspace, at=now)
    dropped = {matter.party_id for matter in uncovered_matters(found, workspace)}
    wrong = put_right(dropped | set(found.parties), at=now)
    found = check(workspace, at=now)
    said = _("{open} open, {n} uncovered, checked {at}.").format(
        open=say.number(found.open), n=say.number(found.uncovered),
        at=say.clock(now, request.member.own_zone()),
    )  # fmt: skip
    if wrong:
        right = ngettext("{n} row put right.", "{n} rows put right.", wrong)
        said = _("{said} {more}").format(said=said, more=right.format(n=say.number(wrong)))
    messages.success(request, said)
    return redirect("health")


@members_only
@require_POST
def step(request: MemberRequest, pk: int) -> HttpResponse:
    """A next step for what would be dropped, given where it is listed."""
    member, now = request.member, clock.now()
    matter = any_matter_for(member, pk)
    when = request.POST.get("when", "")[:500]
    reading = reading_of(when, member, now)
    if reading.due is None:
        empty = _("Say what comes next, such as “call tomorrow 9am”.")
        problem = empty if reading.kind == "empty" else reading.sentence
        return health_page(request, Asked(of=pk, when=when, problem=problem))
    common: dict[str, Any] = {"at": now, "matter": matter.key, "by": str(member.pk)}
    taken_up = [facts.Reopened(**common)] if matter.closed_at else []
    planned = facts.Planned(
        how=reading.how or "call", **fixed(reading.due, calendar_of(member)), **common
    )  # fmt: skip
    source = source_of(request, "covered", request.POST.get("token", "")[:60] or str(uuid4()))
    record(matter.party, *taken_up, planned, source=source, at=now)
    said = _("Kept. {who} has a next step.").format(who=say.first_name(matter.party.name))
    messages.success(request, said, extra_tags=undo_address(matter.party, source))
    return redirect("health")
