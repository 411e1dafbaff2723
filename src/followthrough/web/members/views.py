"""The team's page and what an administrator does there."""

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from followthrough.ledger import membership, queries
from followthrough.ledger.clock import now
from followthrough.ledger.membership import CouldNotChangeTeam
from followthrough.ledger.models import Invitation, Member
from followthrough.ledger.models.members import ADMINISTRATOR, MANAGER, MEMBER
from followthrough.web import say
from followthrough.web.gate import MemberRequest, administrators_only, members_only
from followthrough.web.members.forms import (
    AbsenceForm,
    DepartureForm,
    InvitationForm,
    LineForm,
    RoleForm,
    away_of,
)
from followthrough.web.tongue import tell

LINK = "invitation_link"
ROLES = {
    MEMBER: gettext_lazy("Member"),
    MANAGER: gettext_lazy("Manager"),
    ADMINISTRATOR: gettext_lazy("Administrator"),
}


@require_GET
@members_only
def members(request: MemberRequest) -> HttpResponse:
    return team_page(request, InvitationForm())


def team_page(request: MemberRequest, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    team = Member.objects.filter(workspace=request.member.workspace).select_related(
        "user", "stand_in"
    )
    ours = membership.open_invitations(now=now()).filter(workspace=request.member.workspace)
    page = {
        "here": "members",
        "team": [_shown(one) for one in team.filter(active=True).order_by("name", "pk")],
        "gone": team.filter(active=False).order_by("name", "pk"),
        "invitations": [_until(one) for one in ours.order_by("at")],
        "form": form,
        "link": request.session.pop(LINK, ""),  # shown once: only its hash is kept
    }
    return render(request, "members/members.html", page, status=status)


def _until(invitation: Invitation) -> Invitation:
    zone = ZoneInfo(invitation.workspace.zone)
    day = invitation.expires_at.astimezone(zone).date()
    setattr(invitation, "until", say.dated(day, pgettext("date pattern of CLDR", "d MMMM")))  # noqa: B010
    return invitation


def _shown(member: Member) -> Member:
    """With what they are to the team, and when they are away, in words."""
    said = str(ROLES.get(member.role, member.role))
    if member.line:
        said = _("{role}, {line}").format(role=said, line=member.line)
    if member.away_from and member.away_until and member.stand_in:
        said = _("{role}. Away {first} to {last}, {who} stands in").format(
            role=said, first=_day(member.away_from), last=_day(member.away_until),
            who=member.stand_in.name,
        )  # fmt: skip
    setattr(member, "said", said)  # noqa: B010
    return member


def _day(day: date) -> str:
    return say.dated(day, pgettext("date pattern of CLDR", "d MMM"))


@require_POST
@administrators_only
def invitations(request: MemberRequest) -> HttpResponse:
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            token = membership.invite(**form.cleaned_data, by=request.member, at=now())
        except CouldNotChangeTeam as why:
            form.add_error("email", tell(why.args[0]))
        else:
            request.session[LINK] = request.build_absolute_uri(reverse("join", args=[token]))
            return redirect("members")
    return team_page(request, form, status=422)


@require_POST
@administrators_only
def withdrawal(request: MemberRequest, pk: int) -> HttpResponse:
    mine = Invitation.objects.filter(workspace=request.member.workspace, accepted_at=None)
    get_object_or_404(mine, pk=pk).delete()
    messages.success(request, _("That link no longer opens the door."))
    return redirect("members")


@require_GET
@members_only
def member(request: MemberRequest, pk: int) -> HttpResponse:
    return member_page(request, oneself_or_any_for_administrators(request, pk), {})


def oneself_or_any_for_administrators(request: MemberRequest, pk: int) -> Member:
    """Each may say when they are away; an administrator may say it for anybody."""
    if pk != request.member.pk and not request.member.administers:
        raise PermissionDenied(_("Only an administrator can do this for somebody else."))
    return member_for(request, pk)


def member_for(request: MemberRequest, pk: int) -> Member:
    return get_object_or_404(Member, workspace=request.member.workspace, pk=pk)


def member_page(
    request: MemberRequest, member: Member, refused: dict[str, forms.Form]
) -> HttpResponse:
    page = {
        "here": "members",
        "colleague": member,
        "role_form": RoleForm(initial={"role": member.role}),
        "line_form": LineForm(initial={"line": member.line}),
        "absence_form": AbsenceForm(member=member, initial=away_of(member)),
        **refused,
    }
    return render(request, "members/member.html", page, status=422 if refused else 200)


@require_POST
@administrators_only
def role(request: MemberRequest, pk: int) -> HttpResponse:
    them, form = member_for(request, pk), RoleForm(request.POST)
    return change(
        request, them, {"role_form": form}, lambda said: membership.give_role(them, said["role"])
    )


@require_POST
@administrators_only
def line(request: MemberRequest, pk: int) -> HttpResponse:
    them, form = member_for(request, pk), LineForm(request.POST)
    return change(
        request, them, {"line_form": form}, lambda said: membership.give_line(them, said["line"])
    )


@require_http_methods(["GET", "POST"])
@administrators_only
def departure(request: MemberRequest, pk: int) -> HttpResponse:
    them, at = member_for(request, pk), now()
    successors = membership.successors(them, today=at.date())
    form = DepartureForm(request.POST if request.method == "POST" else None, successors=successors)
    if request.method == "POST" and form.is_valid():
        try:
            to = form.cleaned_data["to"]
            membership.let_go(them, to=to, by=request.member, at=at)
        except CouldNotChangeTeam as why:
            form.add_error(None, tell(why.args[0]))
        else:
            said = _("{who} has left. {to} has everything now.")
            messages.success(request, said.format(who=them.name, to=to.name))
            return redirect("members")
    page = {"here": "members", "colleague": them, "form": form, "left": queries.open_items_of(them)}
    return render(request, "members/departure.html", page, status=422 if form.errors else 200)


def change(
    request: MemberRequest,
    member: Member,
    forms_by_name: dict[str, forms.Form],
    do: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """Do it, or show the member's page again with what stands in the way."""
    [form] = forms_by_name.values()
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except CouldNotChangeTeam as why:
            form.add_error(None, tell(why.args[0]))
        else:
            messages.success(request, _("Saved for {who}.").format(who=member.name))
            return redirect("members")
    return member_page(request, member_for(request, member.pk), dict(forms_by_name))
