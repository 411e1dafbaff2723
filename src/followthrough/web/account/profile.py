"""Your own page: name, zone, language, look, absence, and the keys to the door."""

from typing import Any

from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.ledger import membership
from followthrough.ledger.models import Member
from followthrough.web.account.page import profile_page
from followthrough.web.account.yours import OWN, ProfileForm, own_of
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tokens import opened, signed
from followthrough.web.tongue import tongue_of

SALT = "followthrough.profile"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def profile(request: MemberRequest) -> HttpResponse:
    member = request.member
    form = ProfileForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        before = own_of(member)
        changed = {n: [was, form.cleaned_data[n]] for n, was in before.items()
                   if was != form.cleaned_data[n]}  # fmt: skip
        if changed:
            _save(member, {name: new for name, (_was, new) in changed.items()})
            token = signed(changed, SALT, member)
            with override(tongue_of(request)):
                undo = reverse("profile_undone", args=[token])
                messages.success(request, _("Saved."), extra_tags=undo)
        return redirect("profile")
    return profile_page(request, status=422 if form.errors else 200, form=form)


@require_POST
@members_only
def undone(request: MemberRequest, token: str) -> HttpResponse:
    changed = opened(token, SALT, request.member)
    member = request.member
    now, mine = own_of(member), set(OWN) - (set() if member.administers else {"line"})
    back = {
        name: was for name, (was, ours) in changed.items() if name in mine and now[name] == ours
    }
    _save(member, back)
    with override(tongue_of(request)):
        messages.success(request, _("Taken back."))
    return redirect("profile")


@require_POST
@members_only
def elsewhere(request: MemberRequest) -> HttpResponse:
    """Signed out on every other device: whoever has lost one need not know which."""
    mine = str(request.member.user_id)
    others = [
        session.pk
        for session in Session.objects.exclude(pk=request.session.session_key).iterator()
        if session.get_decoded().get("_auth_user_id") == mine
    ]
    ended = Session.objects.filter(pk__in=others).delete()[0]
    said = ngettext("Signed out on {n} other device.", "Signed out on {n} other devices.", ended)
    messages.success(request, said.format(n=ended))
    return redirect("profile")


def theme(request: HttpRequest) -> dict[str, str]:
    """For every page: the look that whoever reads has chosen."""
    member: Member | None = getattr(request, "member", None)
    return {"theme": member.theme} if member else {}


def _save(member: Member, said: dict[str, Any]) -> None:
    """Another zone moves when things are due."""
    moved = member.zone != said.get("zone", member.zone)
    for name, value in said.items():
        setattr(member, name, value)
    member.save(update_fields=list(said))
    if moved:
        membership.terms_changed(member.workspace)
