"""What is pressed in a mail: a page that asks once, and then does it through the same sheet.

The address acts for one member and one follow-up only, and ages. Opening it changes nothing: mail
programs and scanners open what they find.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.core.followups import WAITING, WORD
from followthrough.core.matter import PRIVATE
from followthrough.ledger import clock
from followthrough.ledger.books import history_of
from followthrough.ledger.models import Fact, FollowUp, Member
from followthrough.ledger.names import hashed
from followthrough.ledger.opening import followup_for, listener_for
from followthrough.ledger.undo import name_to_tell
from followthrough.ledger.undo import undo as take_back
from followthrough.web import say
from followthrough.web.followup.offered import OUTCOMES
from followthrough.web.followup.outcome import NEXT, NOT_NOW, Sheet
from followthrough.web.followup.sheet import choices, outcomes_of, taken_by
from followthrough.web.followup.views import kept
from followthrough.web.site import absolute
from followthrough.web.today.rows import why
from followthrough.web.tongue import tell, tongue_for

SALT, UNDO = "followthrough.pressed", "followthrough.pressed.undo"
AGE = 7 * 24 * 60 * 60  # seconds
DONE, LATER = "done", "later"
Context = dict[str, Any]


def addresses_of(duty: FollowUp, member: Member) -> Context:
    """Where the links of a mail lead to."""
    token = signing.dumps([member.pk, duty.pk], salt=SALT)
    private = duty.party.kind == PRIVATE
    there = reverse("promises") if private else reverse("person", args=[duty.party_id])
    pressed = {} if private else {
        "done_url": absolute(reverse("pressed", args=[token, DONE])),
        "later_url": absolute(reverse("pressed", args=[token, LATER])),
    }  # fmt: skip
    return {"open_url": absolute(there), **pressed}


class CouldNotOpen(Exception):
    """Said to the person as it stands."""


def _opened(token: str, salt: str) -> tuple[Member, Any]:
    try:
        whose, told = signing.loads(token, salt=salt, max_age=AGE)
    except signing.SignatureExpired as late:
        old = _("This link is older than a week. Today shows what there is now.")
        raise CouldNotOpen(old) from late
    except signing.BadSignature as broken:
        cut = _("This link is not one of ours. Perhaps a part of it was cut off.")
        raise CouldNotOpen(cut) from broken
    rows = Member.objects.select_related("workspace", "user")
    member = rows.filter(pk=whose, active=True, user__is_active=True).first()
    if member is None:
        raise CouldNotOpen(_("This link belonged to somebody who has left the team."))
    return member, told


def _spoken(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """In the language of whom the mail was for; kept nowhere and told to no other site."""

    @wraps(view)
    def spoken(request: HttpRequest, token: str, **what: str) -> HttpResponse:
        try:
            member, told = _opened(token, SALT if what else UNDO)
        except CouldNotOpen as why_not:
            page = {"title": _("This cannot be opened"), "said": str(why_not)}
            return render(request, "reminders/pressed_done.html", page, status=404)
        with override(tongue_for(member)):
            response = view(request, member, told, token, **what)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return spoken


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@_spoken
def pressed(request: HttpRequest, member: Member, told: Any, token: str, what: str) -> HttpResponse:
    duty, now = _as_it_stands(followup_for(member, told)), clock.now()
    if what not in (DONE, LATER) or duty.party.kind == PRIVATE:
        raise Http404(_("What is private is done where you are signed in."))
    sheet = Sheet.of(request.POST) if request.method == "POST" else _filled(duty, what)
    sheet.mode = NEXT if what == DONE else NOT_NOW
    press = f"pressed:{sha256(f'{token}:{what}'.encode()).hexdigest()[:32]}"
    source = name_to_tell(member.workspace, press)
    if request.method == "POST":
        happened = sheet.facts(duty, member, now)
        if not sheet.errors and kept(duty, sheet, happened, source, now):
            return _thanks(request, member, duty, source)
    if not sheet.errors and (request.method == "POST" or duty.settled_at or _told(duty, source)):
        return _over(request, member, duty, now)
    return _asks(request, member, duty, sheet, what)


def _as_it_stands(duty: FollowUp) -> FollowUp:
    """What settled it may have been taken back: then it is owed again, in a row of its own."""
    if not duty.settled_at or any(
        fact.name == duty.settled_by for fact in history_of(duty.party).facts
    ):
        return duty
    debt = {name: getattr(duty, name) for name in ("workspace", "matter", "rule", "occasion")}
    return FollowUp.objects.filter(**debt, settled_at=None).first() or duty


def _told(duty: FollowUp, source: str) -> bool:
    """Pressed before: what is put off stays owed, and is not put off twice by one link."""
    heard = Fact.objects.filter(workspace=duty.workspace_id, source=hashed(source))
    return heard.exists()


def _filled(duty: FollowUp, what: str) -> Sheet:
    """So that one press is enough: what is usual by this way, and a next step."""
    if what == LATER:
        return Sheet(when=str(_("tomorrow")))
    offered = OUTCOMES.get(duty.how, OUTCOMES["call"])
    return Sheet(outcome=offered[0][0], when=choices()["suggestions"][1]["text"])


def _asks(
    request: HttpRequest, member: Member, duty: FollowUp, sheet: Sheet, what: str
) -> HttpResponse:
    who, done = say.first_name(duty.party.name), what == DONE
    title = _("Done with {who}?") if done else _("Not now with {who}?")
    offered = outcomes_of(OUTCOMES.get(duty.how, OUTCOMES["call"]))
    page = {
        **_about(member, duty), "title": title.format(who=who), "form": sheet, "done": done,
        "why": why(duty, clock.now()), "outcomes": offered if done else [],
        "asks_why": not done and duty.band in (WAITING, WORD),
    }  # fmt: skip
    return render(request, "reminders/pressed.html", page, status=422 if sheet.errors else 200)


def _about(member: Member, duty: FollowUp) -> Context:
    return {
        "theme": member.theme, "who": duty.party.name, "detail": duty.party.company,
        "what": tell(duty.what), "person_url": reverse("person", args=[duty.party_id]),
    }  # fmt: skip


def _thanks(request: HttpRequest, member: Member, duty: FollowUp, source: str) -> HttpResponse:
    back = signing.dumps([member.pk, [duty.party_id, source]], salt=UNDO)
    who = say.first_name(duty.party.name)
    page = {
        **_about(member, duty), "title": _("Kept. {who} has a next step.").format(who=who),
        "undo_url": reverse("pressed_undone", args=[back]),
    }  # fmt: skip
    return render(request, "reminders/pressed_done.html", page)


def _over(request: HttpRequest, member: Member, duty: FollowUp, now: datetime) -> HttpResponse:
    duty = followup_for(member, duty.pk)
    back = _("It comes back {day}.").format(day=say.in_words(duty.due, now, member.own_zone()))
    said = taken_by(duty, member, now) if duty.settled_at else back
    page = {**_about(member, duty), "title": _("That is done already."), "said": said}
    return render(request, "reminders/pressed_done.html", page)


@login_not_required
@require_POST
@_spoken
def undone(request: HttpRequest, member: Member, told: Any, _token: str) -> HttpResponse:
    pk, source = told
    party = listener_for(member, pk)
    news = take_back(party, source=source, by=member, at=clock.now())
    page = {
        "theme": member.theme, "who": party.name, "detail": party.company,
        "person_url": reverse("person", args=[party.pk]),
        "title": _("Taken back.") if news else _("That was taken back already."),
    }  # fmt: skip
    return render(request, "reminders/pressed_done.html", page)
