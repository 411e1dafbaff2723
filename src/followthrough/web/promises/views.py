"""The list of words given; one more is given; and each is kept, or no longer binds."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.core.matter import PRIVATE
from followthrough.ledger import circle, clock
from followthrough.ledger.models import Member
from followthrough.ledger.opening import followup_for
from followthrough.ledger.place import as_named, place_in
from followthrough.ledger.promises import Asking, binding, due_until
from followthrough.ledger.record import record
from followthrough.ledger.today import capped, end_of_day
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.heard import source_of, typed_at
from followthrough.web.party import forms
from followthrough.web.promises.giving import LONGEST, THEY, Giving
from followthrough.web.promises.lines import CIRCLE_NAMES, days_of
from followthrough.web.undo import undo_address
from followthrough.web.when import as_typed, reading_of, shown

PER_PAGE = 30


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def promises(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        to = request.GET.get("to", "")[: LONGEST["to"]]
        given = Giving(circle=request.GET.get("give", circle.CUSTOMERS), to=to)
        return _page(request, given, str(uuid4()), clock.now())
    giving, now = Giving.of(request.POST), clock.now()
    token = request.POST.get("token", "")[:60] or str(uuid4())
    source = source_of(request, "promise", token)
    then = typed_at(request, now)
    kept = giving.keep(request.member, source, then)
    if kept is None:
        return _page(request, giving, token, now)
    party, news = kept
    said = _("The promise stands.") if news else _("That stands in the books already.")
    said = f"{said} {as_typed(giving.when, request.member, then, now) if news else ''}".strip()
    messages.success(request, said, extra_tags=undo_address(party, source))
    return redirect("promises")


@members_only
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """Kept, also where it is late, or it no longer binds."""
    followup, now = followup_for(request.member, pk), clock.now()
    released = request.POST.get("end") == "released"
    source = source_of(request, f"word:{pk}", request.POST.get("token", "")[:60])
    try:
        happened = forms.ending(
            followup.party, followup.because, released=released, member=request.member, now=now
        )
    except forms.CouldNotKeep as why:
        messages.info(request, str(why))
        return redirect("promises")
    record(followup.party, *happened, source=source, at=now)
    said = _("It no longer binds.") if released else _("Kept.")
    messages.success(request, said, extra_tags=undo_address(followup.party, source))
    return redirect("one" if request.POST.get("back") == "one" else "promises")


# --- the page ------------------------------------------------------------------------------


def _page(request: MemberRequest, giving: Giving, token: str, now: datetime) -> HttpResponse:
    member = request.member
    asking = _asking(request)
    given = binding(member, asking)
    shown_ones, more = given[: asking.limit], len(given) > asking.limit
    due = due_until(member, end_of_day(member, now))
    context = {
        "here": "promises", "giving": giving, "token": token,
        "days": days_of(shown_ones, member, now),
        "due": due, "due_said": capped(due), "first_page": asking.after is None,
        "more_url": _more(asking, shown_ones[-1].followup) if more else "",
        "filters": _filters(asking), "whose": _whose(asking),
        "givers": _givers(member), "circles": _circles(giving),
        "reading": shown(reading_of(giving.when, member, now), "", member, promised=True),
        "when_url": reverse("when"),
    }  # fmt: skip
    status = 422 if giving.errors else 200
    return render(request, "promises/promises.html", context, status=status)


def _asking(request: MemberRequest) -> Asking:
    where = request.GET.get("circle", "")
    return Asking(
        everybody=request.GET.get("whose") == "everybody",
        circle=where if where in circle.CIRCLES else "",
        after=place_in(request.GET.get("after", "")),
        limit=PER_PAGE,
    )


def _address(**query: str) -> str:
    asked = urlencode({name: value for name, value in query.items() if value})
    return reverse("promises") + (f"?{asked}" if asked else "")


def _more(asking: Asking, last: Any) -> str:
    after = as_named((last.due, last.pk))
    return _address(circle=asking.circle, whose=_said(asking), after=after)


def _said(asking: Asking) -> str:
    return "everybody" if asking.everybody else ""


def _filters(asking: Asking) -> list[dict[str, Any]]:
    return [
        {
            "label": label, "url": _address(circle=name, whose=_said(asking)),
            "here": name == asking.circle,
        }
        for name, label in CIRCLE_NAMES.items()
    ]  # fmt: skip


def _whose(asking: Asking) -> list[dict[str, Any]]:
    return [
        {"label": _("Mine"), "url": _address(circle=asking.circle), "here": not asking.everybody},
        {
            "label": _("Everybody’s"),
            "url": _address(circle=asking.circle, whose="everybody"),
            "here": asking.everybody,
        },
    ]


def _givers(member: Member) -> list[dict[str, str]]:
    team = Member.objects.filter(workspace=member.workspace_id, active=True).order_by("name")
    others = [{"value": str(one.pk), "label": one.name} for one in team if one.pk != member.pk]
    return [
        {"value": "", "label": _("I do")}, *others, {"value": THEY, "label": _("They do, to me")},
    ]  # fmt: skip


def _circles(giving: Giving) -> list[dict[str, Any]]:
    names = {
        circle.CUSTOMERS: _("A customer"), circle.TEAM: _("A colleague"), PRIVATE: _("Private"),
    }  # fmt: skip
    return [
        {"value": value, "label": label, "here": value == giving.circle}
        for value, label in names.items()
    ]
