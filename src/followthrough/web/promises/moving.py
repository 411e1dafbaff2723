"""It will be later: tell them before the hour, and a new day stands in the same press."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followthrough.ledger import clock
from followthrough.ledger.opening import followup_for
from followthrough.ledger.promises import with_words
from followthrough.ledger.sealing import CouldNotSeal
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of
from followthrough.web.promises.later import Later
from followthrough.web.promises.lines import line_of
from followthrough.web.undo import undo_address
from followthrough.web.when import reading_of, shown


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def later(request: MemberRequest, pk: int) -> HttpResponse:
    [given] = with_words(request.member, [followup_for(request.member, pk)])
    now, token = clock.now(), request.POST.get("token", "")[:60] or str(uuid4())
    if request.method != "POST":
        return _page(request, Later(given=given), token, now)
    form, source = Later.of(request.POST, given), source_of(request, f"later:{pk}", token)
    try:
        moved = form.keep(request.member, source, now)
    except CouldNotSeal as why:
        form.errors["when"], moved = str(why), False
    if not moved:
        return _page(request, form, token, now)
    said = _("Moved, and they know.") if form.telling else _("Moved.")
    messages.success(request, said, extra_tags=undo_address(given.followup.party, source))
    return redirect("promises")


def _page(request: MemberRequest, form: Later, token: str, now: datetime) -> HttpResponse:
    member = request.member
    context = {
        "here": "promises", "line": line_of(form.given, member, now), "form": form, "token": token,
        "reading": shown(reading_of(form.when, member, now), "", member, promised=True),
        "when_url": f"{reverse('when')}?mode=promise",
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "promises/later.html", context, status=status)
