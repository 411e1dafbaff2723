"""The tabs above the list of people: saved, renamed, moved, shared, deleted and brought back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followthrough.ledger import clock, saved_views
from followthrough.ledger.models import SavedView
from followthrough.ledger.opening import gone_view_for, view_for
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.party.asking import cleaned
from followthrough.web.tongue import tell

STEPS = {"left": -1, "right": 1}


@members_only
@require_POST
def views_kept(request: MemberRequest) -> HttpResponse:
    query, shared = cleaned(request.POST.get("query", "")), request.POST.get("shared") == "yes"
    try:
        view = saved_views.save(request.member, request.POST.get("title", ""), query, shared=shared)
    except saved_views.CouldNotSave as could_not:
        messages.error(request, tell(could_not.why))
        return _to_the_list(query)
    messages.success(request, _("Saved: {name}.").format(name=view.name))
    return _to_the_list(query)


@members_only
@require_POST
def view_kept(request: MemberRequest, pk: int) -> HttpResponse:
    """What was pressed: left, right, delete, back, or (nothing of these) its new name."""
    pressed = request.POST.get("do", "")
    if request.GET.get("do") == "back":
        view = gone_view_for(request.member, pk)
        _bring_back(request, view)
        return _to_the_list(view.query)
    view = view_for(request.member, pk)
    if pressed in STEPS:
        saved_views.move(view, STEPS[pressed])
    elif pressed == "delete":
        saved_views.take_away(view, at=clock.now())
        back = f"{reverse('view_kept', args=[view.pk])}?do=back"
        messages.success(request, _("{name} is gone.").format(name=view.name), extra_tags=back)
        return redirect("people")
    else:
        _rename(request, view)
    return _to_the_list(view.query)


def _bring_back(request: MemberRequest, view: SavedView) -> None:
    try:
        saved_views.bring_back(view)
    except saved_views.CouldNotSave as could_not:
        messages.error(request, tell(could_not.why))
    else:
        messages.success(request, _("{name} is back.").format(name=view.name))


def _rename(request: MemberRequest, view: SavedView) -> None:
    try:
        saved_views.rename(
            view, request.POST.get("title", ""), shared=request.POST.get("shared") == "yes"
        )
    except saved_views.CouldNotSave as could_not:
        messages.error(request, tell(could_not.why))


def _to_the_list(query: str) -> HttpResponse:
    return redirect(f"{reverse('people')}?{query}" if query else reverse("people"))
