"""Moving a deal asks what comes next, inside its card. Nothing moves without an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.followups import WAITING
from followthrough.core.stages import RESTING
from followthrough.ledger import clock
from followthrough.ledger.after_a_yes import thanks_for
from followthrough.ledger.deals import Lane
from followthrough.ledger.models import FollowUp, Matter, Member
from followthrough.ledger.opening import matter_for
from followthrough.ledger.record import record
from followthrough.web import say
from followthrough.web.deals.cards import CLOSE, lane_name
from followthrough.web.deals.views import every_lane, of_matter
from followthrough.web.followup.offered import REASONS
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of, typed_at
from followthrough.web.tongue import tell
from followthrough.web.undo import undo_address
from followthrough.web.when import as_typed, calendar_of, fixed, reading_of, shown

Context = dict[str, Any]
SILENT_TOO_LONG = timedelta(days=14)  # so long without a word of ours, and it was we who let go


@dataclass(kw_only=True)
class Ask:
    """Where it goes, and what comes next; `errors` say what to do."""

    to: str = ""
    when: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request: MemberRequest) -> "Ask":
        given = request.POST if request.method == "POST" else request.GET
        to, when, reason = (given.get(name, "").strip()[:500] for name in ("to", "when", "reason"))
        return cls(to=to, when=when, reason=reason)

    def facts(
        self, matter: Matter, lanes: Sequence[Lane], member: Member, now: datetime
    ) -> list[Fact]:
        """[] and `errors` filled where something is missing."""
        common: dict[str, Any] = {"at": now, "matter": matter.key, "by": str(member.pk)}
        lane = next((one for one in lanes if one.key == self.to), None)
        if matter.closed_at:
            self.errors["to"] = _("This has ended meanwhile. Open it again on their page.")
        elif self.to == CLOSE:
            return self._closing(matter, common)
        elif lane is None:
            self.errors["to"] = _("Choose where it goes.")
        else:
            return self._going(matter, lane, member, common)
        return []

    def _closing(self, matter: Matter, common: dict[str, Any]) -> list[Fact]:
        if self.reason not in REASONS:
            self.errors["reason"] = _("Say why it ends. One press is enough.")
            return []
        outcome, reason = REASONS[self.reason]
        closing: list[Fact] = [facts.Closed(outcome=outcome, reason=str(reason), **common)]
        closing += thanks_for(matter, self.reason, common)
        if self.reason == "stop":
            closing.append(facts.OptedOut(**(common | {"matter": ""})))
        return closing

    def _going(
        self, matter: Matter, lane: Lane, member: Member, common: dict[str, Any]
    ) -> list[Fact]:
        reading = reading_of(self.when, member, common["at"])
        if reading.due is None:
            empty = _("A deal moves with its next step. Try “call tomorrow 9am”.")
            self.errors["when"] = empty if reading.kind == "empty" else reading.sentence
            return []
        if lane.stage is None:
            return self._resting(matter, reading.due, common)
        step = facts.Planned(
            how=reading.how or "call", **fixed(reading.due, calendar_of(member)), **common
        )  # fmt: skip
        stage = lane.stage
        moved = facts.Staged(stage=stage.key, called=str(stage), chance=stage.chance, **common)
        return [moved, step]

    def _resting(self, matter: Matter, until: datetime, common: dict[str, Any]) -> list[Fact]:
        """Who waits for our word is answered first: nobody rests unheard."""
        if FollowUp.objects.filter(matter=matter, settled_at=None, band=WAITING).exists():
            who = say.first_name(matter.party.name)
            self.errors["when"] = _(
                "{who} waits for your answer. Answer first, then let it rest."
            ).format(who=who)
            return []
        return [facts.NotNow(until=until, **common)]


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: MemberRequest, pk: int) -> HttpResponse:
    member, now = request.member, clock.now()
    matter, lanes, ask = matter_for(member, pk), every_lane(member), Ask.of(request)
    if request.method != "POST":
        ask.reason = ask.reason or _ours(matter, now)
        return _asked(request, matter, ask, lanes, str(uuid4()))
    token = request.POST.get("token", "")[:60] or str(uuid4())
    then = typed_at(request, now)
    happened = ask.facts(matter, lanes, member, then)
    if ask.errors:
        return _asked(request, matter, ask, lanes, token)
    source = source_of(request, "deal", token)
    titles = [(matter.title if isinstance(one, facts.Opened) else "", "") for one in happened]
    record(matter.party, *happened, source=source, at=now, words=titles)
    typed = as_typed("" if ask.to == CLOSE else ask.when, member, then, now)
    said = f"{_said(matter, ask, lanes)} {typed}".strip()
    messages.success(request, said, extra_tags=undo_address(matter.party, source))
    return redirect(back_to(request, matter.pk))


def _ours(matter: Matter, now: datetime) -> str:
    """Where they never had a word from us, or none for long, the reason is ours (S12)."""
    word = matter.party.our_word_at
    return "dropped" if now - (word or matter.opened_at) > SILENT_TOO_LONG else ""


def _said(matter: Matter, ask: Ask, lanes: Sequence[Lane]) -> str:
    who = say.first_name(matter.party.name)
    if ask.to == CLOSE:
        return _("Closed with {who}.").format(who=who)
    if ask.to == RESTING:
        return _("{who} comes back by itself.").format(who=who)
    return _("{who}: {lane}, with a next step.").format(who=who, lane=lane_name(ask.to, lanes))


def back_to(request: MemberRequest, just: int) -> str:
    """The page it was pressed on, with the focus on what has changed."""
    back = request.POST.get("back", "")
    if not (back.startswith("/deals/") and url_has_allowed_host_and_scheme(back, None)):
        back = reverse("deals")
    path, _mark, asked = back.partition("?")
    kept = [part for part in asked.split("&") if part and not part.startswith("just=")]
    return f"{path}?{'&'.join([*kept, f'just={just}'])}"


def _asked(
    request: MemberRequest, matter: Matter, ask: Ask, lanes: Sequence[Lane], token: str
) -> HttpResponse:
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    card = of_matter(request.member, matter, lanes)
    context = {
        "here": "deals", "card": card, "moving": _moving(request, matter, ask, lanes),
        "token": token, "back": back_of(request), "page": not fragment,
    }  # fmt: skip
    name = "deals/card.html" if fragment else "deals/one.html"
    response = render(request, name, context, status=422 if ask.errors and not fragment else 200)
    return at_its_card(response, matter.pk) if fragment else response


def at_its_card(response: HttpResponse, pk: int) -> HttpResponse:
    """A form that goes for the whole board is answered inside its card where something lacks."""
    response["HX-Retarget"] = response["HX-Reselect"] = f"#deal-{pk}"
    response["HX-Reswap"] = "outerHTML"
    return response


def back_of(request: MemberRequest) -> str:
    """htmx says on which page it was pressed."""
    given = request.POST.get("back") or request.GET.get("back", "")
    current: str = getattr(request.htmx, "current_url_abs_path", "") or ""  # type: ignore[attr-defined]
    return given or current


def _moving(request: MemberRequest, matter: Matter, ask: Ask, lanes: Sequence[Lane]) -> Context:
    who = say.first_name(matter.party.name)
    reading = reading_of(ask.when, request.member, clock.now())
    resting = ask.to == RESTING
    return {
        "to": ask.to, "when": ask.when, "reason": ask.reason, "errors": ask.errors,
        "name": _("the end") if ask.to == CLOSE else lane_name(ask.to, lanes) if ask.to else "",
        "closing": ask.to == CLOSE, "resting": resting,
        "who": who,
        "was": _("{who} was here").format(who=who),
        "places": [
            *({"value": lane.key, "label": lane_name(lane.key, lanes)} for lane in lanes),
            {"value": CLOSE, "label": _("It ends")},
        ],
        "reasons": [{"value": key, "label": tell(said)} for key, (_out, said) in REASONS.items()],
        "reading": shown(reading, who, request.member, resting=resting),
        "when_url": f"{reverse('when')}?who={matter.party_id}",
    }  # fmt: skip
