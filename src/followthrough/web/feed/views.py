"""The calendar itself, and a new address for it."""

import secrets
from hashlib import blake2b

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from followthrough.ledger import clock
from followthrough.ledger.agenda import agenda_of
from followthrough.web.feed.events import calendar_of
from followthrough.web.feed.secret import whose
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.reminders.chosen import undo_of
from followthrough.web.tongue import tongue_for

MOST = 2**31 - 1  # of what the column holds


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Asked by programs, which carry no cookie: whoever knows the address reads it."""
    member, now = whose(secret), clock.now()
    if member is None:
        raise Http404(_("This calendar has another address now, or none."))
    with override(tongue_for(member)):
        body = calendar_of(agenda_of(member, now), member)
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    headers["Content-Disposition"] = 'inline; filename="followthrough.ics"'
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


@members_only
@require_POST
def renewed(request: MemberRequest) -> HttpResponse:
    """The first address, or another one: the one before ends."""
    member = request.member
    before = member.feed
    # By chance, and never the next in a row: after an Undo that would be one that has ended.
    member.feed = secrets.randbelow(MOST) + 1
    member.save(update_fields=["feed"])
    said = _("The old address no longer works.") if before else _("Your calendar has an address.")
    undo = undo_of({"feed": [before, member.feed]}, member)
    messages.success(request, said, extra_tags=undo)
    return redirect(f"{reverse('profile')}#calendar")
