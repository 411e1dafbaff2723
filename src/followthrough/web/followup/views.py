"""The finish sheet, the date reader and the listener behind it, and why a follow-up is there."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from followthrough.core.facts import Fact
from followthrough.core.followups import WAITING
from followthrough.ledger import clock, giving, queries
from followthrough.ledger.doubting import RULE as ASKED
from followthrough.ledger.explain import explain
from followthrough.ledger.locks import lock
from followthrough.ledger.models import FollowUp
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.opening import followup_for, party_for
from followthrough.ledger.place import id_in
from followthrough.ledger.record import Heard
from followthrough.web import say
from followthrough.web.answering.told import no_letter_to
from followthrough.web.followup.offered import ANSWER
from followthrough.web.followup.outcome import CLOSE, HELLO, LONGEST_NOTE, NOT_NOW, Sheet
from followthrough.web.followup.promised import promises_in
from followthrough.web.followup.sheet import context_of, taken_by
from followthrough.web.followup.touch import ANSWER_THEM
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import pressed, typed_at
from followthrough.web.sequences.going_on import PLAN, is_offered
from followthrough.web.tongue import tell
from followthrough.web.undo import undo_address
from followthrough.web.when import (
    as_typed,
    in_figures,
    reading_of,
    shown,
    with_what_stands_beside,
)

# Where one goes on after saving, beside Today.
BACK = ("one", "week", "waiting", "promises")


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: MemberRequest, pk: int) -> HttpResponse:
    followup, now = followup_for(request.member, pk), clock.now()
    if followup.party.kind in UNLISTED:  # one press on the page of words given ends these
        return _go_on(request, reverse("promises"))
    if followup.rule == ASKED and request.method != "POST" and "mode" not in request.GET:
        return _go_on(request, reverse("whether", args=[followup.pk]))
    if request.method == "POST":
        return _answered(request, followup, now)
    if followup.settled_at:
        return _taken(request, followup, now)
    sheet = Sheet.of(request.GET)
    if followup.what == ANSWER_THEM and not sheet.gifts:
        sheet.gifts = [str(ANSWER)]  # as a rule; what was not answered is unticked
    if "mode" not in request.GET and not sheet.when and is_offered(followup):
        sheet.mode = PLAN
    if followup.matter.key.startswith(HELLO) and "mode" not in request.GET:
        sheet.mode, sheet.reason = CLOSE, "settled"  # once is once
    return _sheet(request, followup, sheet, str(uuid4()), now)


def _answered(request: MemberRequest, followup: FollowUp, now: datetime) -> HttpResponse:
    """Recorded, or shown again with all that was typed and what there is to say about it."""
    sheet, token = Sheet.of(request.POST), request.POST.get("token", "")[:60]
    source = pressed(request, "outcome", token)
    heard = token and queries.heard_from(request.member.workspace, source)
    if heard and followup.settled_at:
        return _done(request, followup, sheet, source, now)
    then = _then(request, sheet, now)
    sheet.beside = sheet.beside and followup.settled_at is not None
    happened = sheet.facts(followup, request.member, then)
    if heard:
        again = _("This was kept, and taken back. Save once more to keep it after all.")
        sheet.errors["all"], token = again, ""
    if sheet.errors or not token:
        return _sheet(request, followup, sheet, token or str(uuid4()), now)
    if not kept(followup, sheet, happened, source, now):
        sheet.beside = True
        moved = _("This moved while you wrote. Save once more, and yours stands beside it.")
        sheet.errors["all"] = moved
        return _sheet(request, followup_for(request.member, followup.pk), sheet, token, now)
    return _done(request, followup, sheet, source, now)


def _then(request: MemberRequest, sheet: Sheet, now: datetime) -> datetime:
    """When it happened. A day that was typed without network is read as of then, and once."""
    then = typed_at(request, now)
    if then < now:
        read_at = then if "typed_at" in request.POST else now
        sheet.when = in_figures(sheet.when, request.member, read_at, now)
    return then


def kept(
    followup: FollowUp, sheet: Sheet, happened: list[Fact], source: str, now: datetime
) -> bool:
    """False: it was settled while they wrote, and they do not know yet."""
    with transaction.atomic():
        lock({followup.party_id})
        stands = FollowUp.objects.filter(pk=followup.pk, settled_at=None).exists()
        if not stands and not sheet.beside:
            return False
        heard = Heard(
            party=followup.party, source=source, facts=happened, words=sheet.words(happened)
        )
        return giving.record_with_gifts(heard, sheet.given, at=now)


def _sheet(
    request: MemberRequest, followup: FollowUp, sheet: Sheet, token: str, now: datetime
) -> HttpResponse:
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    # htmx swaps only what succeeds; a page says that it was refused.
    status = 422 if sheet.errors and not fragment else 200
    context = context_of(followup, sheet, request.member, now, token=token)
    name = "components/finish_sheet.html" if fragment else "followup/outcome.html"
    return render(request, name, context | {"page": not fragment}, status=status)


def _done(
    request: MemberRequest, followup: FollowUp, sheet: Sheet, source: str, now: datetime
) -> HttpResponse:
    who = say.first_name(followup.party.name)
    said = {
        CLOSE: _("Closed with {who}."),
        NOT_NOW: _("{who} comes back by itself."),
        PLAN: _("Kept. The plan goes on with {who}."),
    }.get(sheet.mode, _("Kept. {who} has a next step."))
    undo = undo_address(followup.party, source)
    when = sheet.when if "typed_at" in request.POST and sheet.mode != CLOSE else ""
    typed = as_typed(when, request.member, typed_at(request, now), now)
    messages.success(
        request, f"{said.format(who=who)}{_still_waits(followup)} {typed}".strip(), extra_tags=undo
    )
    return _go_on(request, reverse(sheet.back if sheet.back in BACK else "today"))


def _still_waits(followup: FollowUp) -> str:
    """What brings the line back at once, so that nobody wonders."""
    left = FollowUp.objects.filter(
        workspace=followup.workspace_id, matter=followup.matter_id, settled_at=None,
        band=WAITING, show_at__lte=clock.now(),
    )  # fmt: skip
    row = left.order_by("due", "pk").first()
    return f" {tell(row.reason)}." if row else ""


def _go_on(request: MemberRequest, there: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(there)
    return redirect(there)


def _taken(request: MemberRequest, followup: FollowUp, now: datetime) -> HttpResponse:
    done = _("Somebody has done this with {who} already.").format(who=followup.party.name)
    messages.info(request, f"{done} {taken_by(followup, request.member, now)}")
    return _go_on(request, reverse("person", args=[followup.party_id]))


@members_only
@require_GET
def when(request: MemberRequest) -> HttpResponse:
    """GET /when/?when=next tue 10am: the date as the server, the only judge, understands it."""
    asked, member = request.GET, request.member
    reading = reading_of(asked.get("when", "")[:500], member, clock.now())
    party = party_for(member, id_in(asked.get("who", ""))) if asked.get("who") else None
    resting, promised = (asked.get("mode") == mode for mode in (NOT_NOW, "promise"))
    who = party.name if party else ""
    parsed = shown(reading, who, member, resting=resting, promised=promised)
    parsed = with_what_stands_beside(parsed, reading, member, party, id_in(asked.get("but", "")))
    return render(request, "components/parsed.html", {"reading": parsed})


@members_only
@require_POST
def heard(request: MemberRequest) -> HttpResponse:
    """Our word in a note, while it is written: each is offered with its day."""
    note, ticked = request.POST.get("note", "")[:LONGEST_NOTE], request.POST.getlist("promise")
    found = promises_in(note, request.member, clock.now())
    return render(request, "components/heard.html", {"heard": found, "form": {"promises": ticked}})


@members_only
@require_GET
def why(request: MemberRequest, pk: int) -> HttpResponse:
    followup = followup_for(request.member, pk)
    found = explain(followup)
    zone = request.member.own_zone()
    return render(
        request, "followup/why.html",
        {
            "here": "today", "followup": followup, "found": found,
            "due": say.full(followup.due, zone), "no_letter": no_letter_to(followup),
            "causes": [(at, say.full(at, zone), text) for at, text in found.because],
            "settled": found.settled and (say.full(found.settled[0], zone), found.settled[1]),
        },
    )  # fmt: skip
