"""One press says what a mail is about that came under a new subject, and one takes it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.ledger import clock, topics
from followthrough.ledger.opening_questions import topic_for
from followthrough.web.gate import MemberRequest, members_only


@require_POST
@members_only
def topic(request: MemberRequest, pk: int) -> HttpResponse:
    asked, answer = topic_for(request.member, pk), request.POST.get("answer", "")
    there = "today" if request.POST.get("from") == "today" else "person"
    if topics.decide(asked, answer, by=request.member, at=clock.now()):
        messages.success(request, _said(answer), extra_tags=reverse("topic_back", args=[pk]))
    else:
        messages.info(request, _("Somebody has said so already."))
    return redirect(there) if there == "today" else redirect(there, asked.party_id)


@require_POST
@members_only
def back(request: MemberRequest, pk: int) -> HttpResponse:
    asked = topic_for(request.member, pk)
    if topics.take_back(asked, by=request.member, at=clock.now()):
        messages.success(request, _("Taken back."))
    else:
        messages.info(request, _("That was taken back already."))
    return redirect("person", asked.party_id)


def _said(answer: str) -> str:
    if answer == topics.NEW:
        return _("It is something new, and stands by itself.")
    return _("It stays where it is.") if answer == topics.SAME else _("It stands there now.")
