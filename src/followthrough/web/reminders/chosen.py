"""How a member wants to be reminded: during the day, and in the morning."""

from datetime import time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.ledger.models import Member
from followthrough.web.account.page import profile_page
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.reminders.form import OWN, form_of
from followthrough.web.tokens import opened, signed

SALT = "followthrough.reminders"


@members_only
@require_POST
def chosen(request: MemberRequest) -> HttpResponse:
    member = request.member
    form = form_of(member, request.POST)
    if not form.is_valid():
        return profile_page(request, reminders_form=form, status=422)
    before = _kept(member)
    for name in OWN:
        setattr(member, name, form.cleaned_data[name])
    member.save(update_fields=OWN)
    after = _kept(member)
    changed = {name: [before[name], after[name]] for name in OWN if before[name] != after[name]}
    if changed:
        messages.success(request, _("Saved."), extra_tags=undo_of(changed, member))
    return redirect(f"{reverse('profile')}#reminders")


def undo_of(changed: dict[str, Any], member: Member) -> str:
    """The address that sets back what was changed, with what it was and what it is."""
    return reverse("reminders_undone", args=[signed(changed, SALT, member)])


@members_only
@require_POST
def undone(request: MemberRequest, token: str) -> HttpResponse:
    member, changed = request.member, opened(token, SALT, request.member)
    now = _kept(member)
    back = {name: was for name, (was, ours) in changed.items() if now.get(name) == ours}
    for name, was in back.items():
        setattr(member, name, was or None if name == "digest_at" else was)
    member.save(update_fields=list(back))
    messages.success(request, _("Taken back."))
    return redirect("profile")


def _kept(member: Member) -> dict[str, Any]:
    """As JSON holds it."""
    at: time | None = member.digest_at
    return {
        "reminds": member.reminds, "shows_names": member.shows_names, "digest": member.digest,
        "digest_at": f"{at:%H:%M}" if at else "", "feed": member.feed,
    }  # fmt: skip
