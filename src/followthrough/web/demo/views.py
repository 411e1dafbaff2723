"""Look around first: one press in, one press out, one press and it is gone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger import clock
from followthrough.ledger.demo import workspace
from followthrough.ledger.models import Member
from followthrough.web.demo import door
from followthrough.web.gate import MemberRequest, members_only


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    if not door.may_look(request):
        return redirect("account_login")
    member: Member | None = getattr(request, "member", None)
    if request.method != "POST":
        inside = bool(member and member.workspace.demo)
        context = {"here": "demo", "inside": inside, "there_is_one": workspace.guide() is not None}
        return render(request, "demo/demo.html" if member else "demo/first.html", context)
    if member and member.workspace.demo:
        return redirect("today")
    workspace.make(like=member.workspace if member else None, at=clock.now())
    door.go_in(request)
    messages.success(request, _("Welcome to the sign shop. You are Bob; press what you like."))
    return redirect("today")


@members_only
@require_POST
def out(request: MemberRequest) -> HttpResponse:
    """It stays as it is, and can be entered again."""
    door.go_out(request)
    return redirect("today")


@members_only
@require_POST
def away(request: MemberRequest) -> HttpResponse:
    """All of it is gone. From outside an administrator may do so too."""
    if not request.member.workspace.demo and not request.member.administers:
        raise PermissionDenied(_("Go into the demo, or ask an administrator to take it away."))
    door.go_out(request)
    workspace.take_away()
    messages.success(request, _("The demo is gone, all of it."))
    return redirect("today")
