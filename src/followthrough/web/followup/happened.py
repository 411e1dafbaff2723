"""Something else happened: a market, a visit, a card, also on a day gone by (S32)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.when import Reading
from followthrough.ledger import clock, giving
from followthrough.ledger.books import history_of
from followthrough.ledger.models import Member, Party
from followthrough.ledger.opening import party_for
from followthrough.ledger.record import Heard
from followthrough.web import say
from followthrough.web.followup.offered import MET, NOTHING, SPOKE
from followthrough.web.followup.sheet import choices, gifts_of, outcomes_of
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import HEARD, source_of, typed_at
from followthrough.web.undo import undo_address
from followthrough.web.when import as_typed, calendar_of, fixed, reading_of, shown

LONGEST_NOTE = 20_000
LONG_AGO = timedelta(days=3650)
OFFERED = (
    MET,
    SPOKE,
    ("wrote", gettext_lazy("I wrote a mail"), "send"),
    ("texted", gettext_lazy("I sent a text"), "message-square"),
    ("posted", gettext_lazy("I posted a card"), "mailbox"),
    ("came", gettext_lazy("They wrote"), "reply"),
)
MAKERS: dict[str, Callable[..., Fact]] = {
    "met": facts.Met,
    "spoke": facts.WeCalled,
    "wrote": facts.WeWrote,
    "texted": lambda **more: facts.WeWrote(channel="sms", **more),
    "posted": facts.CardPosted,
    "came": lambda given="", **more: facts.TheyWrote(**more),  # noqa: ARG005
}


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def happened(request: MemberRequest, pk: int) -> HttpResponse:
    party, now = party_for(request.member, pk), clock.now()
    then = typed_at(request, now)
    asked = request.POST if request.method == "POST" else request.GET
    form: dict[str, Any] = {
        "outcome": asked.get("outcome", "met")[:20],
        "note": asked.get("note", "").strip(),
        "gifts": [gift[:80] for gift in asked.getlist("gift")[:12]],
        "when": asked.get("when", "").strip()[:500],
        "day": asked.get("day", f"{calendar_of(request.member).local(now).date()}")[:10],
    }
    token = request.POST.get("token", "")[:60] or str(uuid4())
    if request.method != "POST":
        return _page(request, party, form, token, now)
    told = _told(form, party, request.member, then)
    if form.get("errors"):
        return _page(request, party, form, token, now)
    source = source_of(request, "happened", token)
    words = [(form["note"][:120], form["note"])]
    heard = Heard(party=party, source=source, facts=told, words=words)
    news = giving.record_with_gifts(heard, form["gifts"], at=now)
    said = _("Kept. It stands in {who}’s story.").format(who=say.first_name(party.name))
    said = f"{said} {as_typed(form['when'], request.member, then, now)}".strip()
    tell = messages.success if news else messages.info
    tell(request, said if news else HEARD, extra_tags=undo_address(party, source))
    return redirect("person", party.pk)


def _told(form: dict[str, Any], party: Party, member: Member, now: datetime) -> list[Fact]:
    """[] and `errors` filled where something is missing."""
    at, reading = _moment(form["day"], member, now), reading_of(form["when"], member, now)
    form["errors"] = _errors(form, at, reading)
    if form["errors"] or at is None:
        return []
    talk = history_of(party).open_talk
    common: dict[str, Any] = {"matter": talk.name if talk else "", "by": str(member.pk)}
    given = "" if NOTHING in form["gifts"] else ", ".join(form["gifts"])
    told = [MAKERS[form["outcome"]](at=at, given=given, **common)]
    if reading.due:
        due = fixed(reading.due, calendar_of(member))
        told.append(facts.Planned(at=now, how=reading.how or "call", **due, **common))
    return told


def _errors(form: dict[str, Any], at: datetime | None, reading: Reading) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    if form["outcome"] not in MAKERS:
        errors["outcome"] = _("Say what happened: one press is enough.")
    if at is None:
        errors["day"] = _("Pick the day on which it was: today or before.")
    if len(form["note"]) > LONGEST_NOTE:
        too_long = _("That is longer than we can keep: {n} letters.")
        errors["note"] = too_long.format(n=say.number(LONGEST_NOTE))
    if form["when"] and reading.due is None:
        errors["when"] = reading.sentence
    return errors


def _moment(day: str, member: Member, now: datetime) -> datetime | None:
    """Today it was just now; on a day gone by, at noon."""
    calendar = calendar_of(member)
    today = calendar.local(now).date()
    try:
        then = date.fromisoformat(day)
    except ValueError:
        return None
    if then == today:
        return now
    return calendar.instant(datetime.combine(then, time(12))) if _in_reach(then, today) else None


def _in_reach(then: date, today: date) -> bool:
    return today - LONG_AGO <= then < today


def _page(
    request: MemberRequest, party: Party, form: dict[str, Any], token: str, now: datetime
) -> HttpResponse:
    member = request.member
    reading = reading_of(form["when"], member, now)
    context = {
        "here": "people", "party": party, "form": form, "token": token,
        "first_name": say.first_name(party.name),
        "today": f"{calendar_of(member).local(now).date()}",
        "outcomes": outcomes_of(OFFERED),
        "reading": shown(reading, party.name, member),
        "when_url": f"{reverse('when')}?who={party.pk}",
        **gifts_of(party, form["gifts"]),
        "suggestions": choices()["suggestions"],
    }  # fmt: skip
    status = 422 if form.get("errors") else 200
    return render(request, "followup/happened.html", context, status=status)
