"""The mail that may be their answer, and one press that says whether it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger import clock, doubting
from followthrough.ledger.doubting import NO, YES
from followthrough.ledger.models import Doubt, Fact, FollowUp, Member
from followthrough.ledger.opening import followup_for
from followthrough.ledger.opening_questions import doubt_for
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tongue import tell
from followthrough.web.whether.asked import asked_of

Context = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def whether(request: MemberRequest, pk: int) -> HttpResponse:
    followup = followup_for(request.member, pk)
    doubt = doubting.doubt_of(followup)
    said = doubting.said_in(doubt) if doubt else None
    if doubt is None or said is None or followup.settled_at:
        return _decided(request, followup)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in (YES, NO):
        done = doubting.decide(followup, answer, by=request.member, at=clock.now())
        return _said(request, followup, done) if done else _decided(request, followup)
    return render(request, "whether/whether.html", _context(followup, doubt, said, request.member))


@require_POST
@members_only
def back(request: MemberRequest, pk: int) -> HttpResponse:
    doubt = doubt_for(request.member, pk)
    if doubting.take_back(doubt, by=request.member, at=clock.now()):
        messages.success(request, _("Taken back."))
    else:
        messages.info(request, _("That was taken back already."))
    return redirect("person", doubt.party_id)


def _said(request: MemberRequest, followup: FollowUp, done: Doubt) -> HttpResponse:
    who = say.first_name(followup.party.name)
    yes = _("It is the answer of {who}. The plan has ended.")
    said = yes if done.answer == YES else _("It goes on with {who}.")
    undo = reverse("doubt_back", args=[done.pk])
    messages.success(request, said.format(who=who), extra_tags=undo)
    return redirect("today")


def _decided(request: MemberRequest, followup: FollowUp) -> HttpResponse:
    messages.info(request, _("Somebody has said so already."))
    return redirect("person", followup.party_id)


def _context(followup: FollowUp, doubt: Doubt, said: Fact, member: Member) -> Context:
    text = said.text
    return {
        "here": "today", "followup": followup, "party": followup.party, "doubt": doubt,
        "why": tell(followup.why), "asked": asked_of(followup),
        "title": text.title if text else "", "body": text.body if text else "",
        "when": say.moment(said.at, clock.now(), member.own_zone()),
    }  # fmt: skip
