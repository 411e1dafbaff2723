"""The pages of the settings. Everybody sees them; administrators change them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from followthrough.ledger import changing, clock, imagining
from followthrough.ledger.calendars import named_holidays
from followthrough.ledger.changing import CouldNotChange
from followthrough.ledger.models import Change
from followthrough.ledger.opening import change_for
from followthrough.web.gate import MemberRequest, administrators_only, members_only
from followthrough.web.settings import numbers, preview
from followthrough.web.settings.forms import ClosedDayForm, DaysForm, TeamForm, Wanted
from followthrough.web.tongue import tell

AT_ONCE = 0.6  # seconds that a person waits; the worker looks on
Page = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def team(request: MemberRequest) -> HttpResponse:
    form = _form(request, TeamForm)
    if form.is_bound and form.is_valid() and (done := _wished(request, form.wanted(), form)):
        return done
    return _page(request, "settings/team.html", {"tab": "team", "form": form}, refused=form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def days(request: MemberRequest) -> HttpResponse:
    form = _form(request, DaysForm)
    if form.is_bound and form.is_valid() and (done := _wished(request, form.wanted(), form)):
        return done
    return _days_page(request, form=form)


@require_POST
@administrators_only
def closed_day(request: MemberRequest) -> HttpResponse:
    """A day added, or one opened again."""
    if opened := request.POST.get("open", ""):
        form = ClosedDayForm({"day": opened})
        wanted: Wanted = {"closed_days": {opened: None}}
    else:
        form = ClosedDayForm(request.POST)
        wanted = form.wanted() if form.is_valid() else {}
    if form.is_valid() and (done := _wished(request, wanted, form)):
        return done
    return _days_page(request, closed_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def all_numbers(request: MemberRequest) -> HttpResponse:
    given = request.POST.dict() if request.method == "POST" else None
    if given is not None:
        _only_administrators(request)
        wanted = numbers.wanted(given)
        if wanted is not None and (done := _wished(request, wanted, None)):
            return done
    context = {
        "tab": "numbers",
        "promises": numbers.promises_of(request.member.workspace, given),
        "others": numbers.without_numbers(),
    }
    return _page(request, "settings/numbers.html", context, refused=given is not None)


# --- what it would move ---------------------------------------------------------------


@require_GET
@administrators_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    wished = change_for(request.member, pk)
    if wished.made_at:
        return redirect(_back(wished))
    context = preview.context_of(wished, request.member, clock.now())
    part = request.htmx  # type: ignore[attr-defined]
    return _page(request, f"settings/{'moves' if part else 'change'}.html", context)


@require_POST
@administrators_only
def change_made(request: MemberRequest, pk: int) -> HttpResponse:
    return _make(request, change_for(request.member, pk))


@require_POST
@administrators_only
def change_dropped(request: MemberRequest, pk: int) -> HttpResponse:
    """Not yet: nothing was changed, and nothing is."""
    wished = change_for(request.member, pk)
    back = _back(wished)
    if not wished.made_at:
        wished.delete()
    return redirect(back)


@require_POST
@administrators_only
def change_undone(request: MemberRequest, pk: int) -> HttpResponse:
    done = change_for(request.member, pk)
    if changing.take_back(done, at=clock.now()):
        messages.success(request, _("Taken back."))
    else:
        messages.info(request, _("That was taken back already."))
    return redirect(_back(done))


# --- how it is done -------------------------------------------------------------------


def _wished(request: MemberRequest, wanted: Wanted, form: Any) -> HttpResponse | None:
    """On to what it would move; at once where it moves nothing; None where it cannot be."""
    now = clock.now()
    try:
        wished = changing.wish(request.member, wanted, at=now)
    except CouldNotChange as why:
        if form is None:
            messages.error(request, tell(why.args[0]))
        else:
            form.add_error(None, tell(why.args[0]))
        return None
    if wished is None:
        messages.info(request, _("That is so already."))
        return redirect("settings_days" if isinstance(form, ClosedDayForm) else request.path)
    if not wished.looking:
        return _make(request, wished)
    imagining.look_on(wished, at=now, seconds=AT_ONCE)
    return redirect("change", wished.pk)


def _make(request: MemberRequest, wished: Change) -> HttpResponse:
    try:
        made = changing.make(wished, at=clock.now())
    except CouldNotChange as why:
        messages.error(request, tell(why.args[0]))
    else:
        undo = reverse("change_undone", args=[wished.pk])
        said = _("Saved.") if made else _("That was saved already.")
        messages.success(request, said, extra_tags=undo)
    return redirect(_back(wished))


def _form(request: MemberRequest, kind: Any) -> Any:
    initial = kind.initial_of(request.member.workspace)
    if request.method != "POST":
        return kind(initial=initial)
    _only_administrators(request)
    return kind(request.POST, initial=initial)


def _only_administrators(request: MemberRequest) -> None:
    if not request.member.administers:
        raise PermissionDenied(_("Only an administrator of your team can do this."))


def _back(change: Change) -> str:
    if "knobs" in change.wanted:
        return reverse("settings_numbers")
    moves = change.wanted.keys() - changing.MOVES_NOTHING
    return reverse("settings_days" if moves else "settings")


def _days_page(request: MemberRequest, **forms: Any) -> HttpResponse:
    ours = request.member.workspace
    today = clock.now().astimezone(request.member.own_zone()).date()
    tongue = getattr(request, "LANGUAGE_CODE", "en")
    context = {
        "tab": "days",
        "form": DaysForm(initial=DaysForm.initial_of(ours)),
        "closed_form": ClosedDayForm(),
        "own": [day for day in changing.own_days(ours) if day >= today],
        "holidays": [
            (year, named_holidays(ours.country, ours.region, year, tongue))
            for year in ((today.year, today.year + 1) if ours.country else ())
        ],
    } | forms
    return _page(
        request, "settings/days.html", context, refused=any(f.errors for f in forms.values())
    )


def _page(
    request: MemberRequest, template: str, context: dict[str, Any], *, refused: Any = False
) -> HttpResponse:
    whole = {"here": "settings", "may": request.member.administers, **context}
    return render(request, template, whole, status=422 if refused else 200)
