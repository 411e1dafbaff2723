"""An administrator names the address outside, and takes it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.ledger import pings
from followthrough.web.gate import MemberRequest, administrators_only
from followthrough.web.health.outside import OutsideForm
from followthrough.web.health.views import Asked, health_page
from followthrough.web.tokens import opened, signed

SALT = "followthrough.outside"


@administrators_only
@require_POST
def outside(request: MemberRequest) -> HttpResponse:
    form = OutsideForm(request.POST)
    if not form.is_valid():
        return health_page(request, Asked(outside=form))
    workspace = request.member.workspace
    before = pings.of(workspace)
    was, now = [before.address, before.minutes], list(form.cleaned_data.values())
    if was != now:
        pings.name(workspace, *now)
        undo = reverse("outside_undone", args=[signed([was, now], SALT, request.member)])
        messages.success(request, _("Saved."), extra_tags=undo)
    return redirect(f"{reverse('health')}#outside")


@administrators_only
@require_POST
def undone(request: MemberRequest, token: str) -> HttpResponse:
    was, ours = opened(token, SALT, request.member)
    now = pings.of(request.member.workspace)
    if [now.address, now.minutes] == ours:
        pings.name(request.member.workspace, *was)
    messages.success(request, _("Taken back."))
    return redirect("health")
