"""The one question about what changed terms made late, and its three answers."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from followthrough.ledger import clock, made_late
from followthrough.ledger.models import Member
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tokens import opened, signed

SALT = "followthrough.made_late"
NAMED = 5


def question_of(member: Member | None) -> dict[str, Any]:
    """Nothing to ask as a rule: the gate has looked already."""
    if member is None or not getattr(member, "made_late", False):
        return {}
    now = clock.now()
    question = made_late.question_for(member, at=now)
    if question is None:
        return {}
    names, count = question.names, question.count
    said = ngettext(
        "A change of the team’s settings makes {n} follow-up late.",
        "A change of the team’s settings makes {n} follow-ups late.", count,
    )  # fmt: skip
    if question.more:
        said = _("A change of the team’s settings makes more than {n} follow-ups late.")
    return {
        "said": said.format(n=say.number(count)),
        "names": names[:NAMED],
        "more": len(names) - NAMED if len(names) > NAMED else 0,
        "listed": question.on_the_list,
        "asks": question.on_the_list < count,
    }


@require_POST
@members_only
def answered(request: MemberRequest) -> HttpResponse:
    now = clock.now()
    count = made_late.answer(request.member, request.POST.get("answer", ""), at=now)
    if count:
        token = signed(now.isoformat(), SALT, request.member)
        done = ngettext("{n} follow-up arranged.", "{n} follow-ups arranged.", count)
        undo = reverse("late_undone", args=[token])
        messages.success(request, done.format(n=say.number(count)), extra_tags=undo)
    return redirect("today")


@require_POST
@members_only
def undone(request: MemberRequest, token: str) -> HttpResponse:
    stamp = opened(token, SALT, request.member)
    told = datetime.fromisoformat(stamp)
    back = made_late.unanswer(request.member, answered_at=told, at=clock.now())
    messages.success(request, _("Taken back.") if back else _("That was taken back already."))
    return redirect("today")
