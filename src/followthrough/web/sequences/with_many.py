"""A plan with several people at once: their number first, then begun; taken back from all."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from followthrough.ledger import clock, enrolling
from followthrough.ledger.models import Party
from followthrough.ledger.opening import parties_for, sequence_for
from followthrough.ledger.place import id_in, ids_in
from followthrough.ledger.undo import name_to_tell
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.sequences.with_somebody import on_offer
from followthrough.web.tongue import tell
from followthrough.web.undo import undo_all_address

MOST = 200


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan_for_many(request: MemberRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    people = parties_for(request.member, ids_in(asked.getlist("party"))[:MOST])
    if not people:
        messages.error(request, _("Tick at least one of them first."))
        return redirect("people")
    if request.method == "POST":
        return _begun(request, people)
    context: dict[str, Any] = {
        "here": "people", "people": people, "n": len(people), "token": str(uuid4()),
        "names": say.shortened(", ".join(one.name for one in people), 300),
        "offered": on_offer(request.member, people),
    }  # fmt: skip
    return render(request, "sequences/with_many.html", context)


def _begun(request: MemberRequest, people: list[Party]) -> HttpResponse:
    sequence = sequence_for(request.member, id_in(request.POST.get("sequence", "")))
    token, now = request.POST.get("token", "")[:60] or str(uuid4()), clock.now()
    source = name_to_tell(
        request.member.workspace, f"plan:{request.member.pk}:{token}:{sequence.pk}"
    )
    refused = enrolling.enrol_all(people, sequence, by=request.member, at=now, source=source)
    out = {party.pk for party, _why in refused}
    begun = [one for one in people if one.pk not in out]
    if begun:
        said = ngettext(
            "“{name}” begins with {n} person.", "“{name}” begins with {n} people.", len(begun)
        ).format(name=tell(sequence.name), n=say.number(len(begun)))
        undo = undo_all_address([(one, f"{source}:{one.pk}") for one in begun])
        messages.success(request, said, extra_tags=undo)
    for why in dict.fromkeys(str(why) for _party, why in refused):
        names = ", ".join(party.name for party, its in refused if str(its) == why)
        messages.info(request, f"{say.shortened(names)}: {tell(why)}")
    return redirect("people")
