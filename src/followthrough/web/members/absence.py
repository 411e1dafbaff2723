"""An absence: looked at before, saved, what goes over and with which words, and back again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger import membership
from followthrough.ledger.absences import GoesOver, goes_over
from followthrough.ledger.clock import now
from followthrough.ledger.membership import CouldNotChangeTeam
from followthrough.ledger.models import FollowUp, Member
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.introduction import day_of, introduced
from followthrough.web.members.forms import AbsenceForm
from followthrough.web.members.views import member_page, oneself_or_any_for_administrators
from followthrough.web.tokens import opened, signed
from followthrough.web.tongue import tell

SALT = "followthrough.absence"
Context = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def absence(request: MemberRequest, pk: int) -> HttpResponse:
    them = oneself_or_any_for_administrators(request, pk)
    if request.method != "POST":
        return _standing(request, them)
    form = AbsenceForm(request.POST, member=them)
    if form.is_valid() and "look" in request.POST:
        form = _refused(form, them)
    if not form.is_valid():
        return member_page(request, them, {"absence_form": form})
    if "look" in request.POST:
        return _page(request, them, form.cleaned_data, form)
    before = _kept(them)
    try:
        membership.send_away(them, **form.cleaned_data)
    except CouldNotChangeTeam as why:
        form.add_error(None, tell(why.args[0]))
        return member_page(request, them, {"absence_form": form})
    messages.success(request, _("Saved for {who}.").format(who=them.name),
                     extra_tags=_undo(request, them, before))  # fmt: skip
    return redirect("absence", them.pk)


def _refused(form: AbsenceForm, them: Member) -> AbsenceForm:
    """Looking ahead is refused for the same reasons as saving."""
    try:
        days = {name: form.cleaned_data[name] for name in ("first", "last", "stand_in")}
        membership.can_be_away(them, **days)
    except CouldNotChangeTeam as why:
        form.add_error(None, tell(why.args[0]))
    return form


def _standing(request: MemberRequest, them: Member) -> HttpResponse:
    if not (them.away_from and them.away_until and them.stand_in):
        return redirect("member", them.pk)
    said = {"first": them.away_from, "last": them.away_until, "stand_in": them.stand_in}
    return _page(request, them, said, None)


def _page(
    request: MemberRequest, them: Member, said: dict[str, Any], form: AbsenceForm | None
) -> HttpResponse:
    """`form` is filled where nothing is saved yet."""
    first, last, stand_in = said["first"], said["last"], said["stand_in"]
    over = goes_over(them, first, last, stand_in)
    page = {
        "here": "members", "colleague": them, "form": form,
        "stand_in": stand_in.name, "days": _days(first, last),
        "calls": [_call(duty, them, stand_in, last) for duty in over.calls],
        "others": _others(over, stand_in),
        "back": day_of(last),
    }  # fmt: skip
    return render(request, "members/absence.html", page)


def _days(first: date, last: date) -> str:
    return _("{first} to {last}").format(first=day_of(first), last=day_of(last))


def _call(duty: FollowUp, them: Member, stand_in: Member, last: date) -> Context:
    return {
        "who": duty.party.name,
        "url": reverse("person", args=[duty.party_id]),
        "when": say.moment(duty.due, now(), stand_in.own_zone()),
        "words": introduced(duty, them, stand_in, last),
    }


def _others(over: GoesOver, stand_in: Member) -> str:
    said = ngettext("{n} follow-up of these days goes to {who}.",
                    "{n} follow-ups of these days go to {who}.", over.others)  # fmt: skip
    return said.format(n=say.number(over.others), who=stand_in.name) if over.others else ""


# --- back again -------------------------------------------------------------------------------


@require_POST
@members_only
def presence(request: MemberRequest, pk: int) -> HttpResponse:
    """Back from an absence, or back in the team."""
    them = oneself_or_any_for_administrators(request, pk)
    undo = ""
    if them.active:
        before = _kept(them)
        membership.call_back(them)
        undo = _undo(request, them, before) if before[0] else ""
    else:
        membership.welcome_back(them)
    messages.success(request, _("{who} is back.").format(who=them.name), extra_tags=undo)
    return redirect("members")


def _kept(them: Member) -> list[Any]:
    """As JSON holds it."""
    first, last = them.away_from, them.away_until
    days = [first.isoformat() if first else "", last.isoformat() if last else ""]
    return [*days, them.stand_in_id, them.plans_wait]


def _undo(request: MemberRequest, them: Member, before: list[Any]) -> str:
    told = [them.pk, before, _kept(them)]
    return reverse("absence_undone", args=[signed(told, SALT, request.member)])


@require_POST
@members_only
def undone(request: MemberRequest, token: str) -> HttpResponse:
    """As it was before, unless somebody has changed it since."""
    pk, before, ours = opened(token, SALT, request.member)
    them = oneself_or_any_for_administrators(request, pk)
    if _kept(them) != ours:
        messages.info(request, _("That was changed again since then, and stays."))
        return redirect("members")
    try:
        _set_back(them, *before)
    except CouldNotChangeTeam as why:
        messages.error(request, tell(why.args[0]))
    else:
        messages.success(request, _("Taken back."))
    return redirect("members")


def _set_back(them: Member, first: str, last: str, stand_in: int | None, *rest: bool) -> None:
    if stand_in is None:
        membership.call_back(them)
        return
    membership.send_away(
        them, first=date.fromisoformat(first), last=date.fromisoformat(last),
        stand_in=Member.objects.get(workspace=them.workspace_id, pk=stand_in),
        plans_wait=any(rest),  # an Undo of an earlier release does not say
    )  # fmt: skip
