"""Who is on a list, and what became of our last word to each: on the page, and to take along."""

from collections.abc import Container, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from followthrough.core.became import NOTHING, SILENT, SPOKE
from followthrough.ledger import clock, list_people, queries
from followthrough.ledger.list_people import Asked, Listed, On, Page
from followthrough.ledger.lists import named
from followthrough.ledger.models import Party, Workspace
from followthrough.ledger.pieces import harmless
from followthrough.ledger.place import as_named, place_in
from followthrough.web.downloads import download, lines_of
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.lists import showing
from followthrough.web.sequences.with_many import MOST

PAGE = 50
MANY, FOUND = (
    200,
    8,
)  # of so many by that name; whom one may put on the list, of those whose name was typed
SHOWN = {"silent": SILENT, "spoke": SPOKE, "nothing": frozenset({NOTHING})}
Context = dict[str, Any]


@members_only
@require_GET
def lists(request: MemberRequest) -> HttpResponse:
    begun = named(request.GET.get("called", "")[:200])
    if begun:
        return redirect("list_people", begun)
    counted = list_people.lists_of(request.member.workspace)
    lines = [
        {"called": called, "n": counted[called], "url": reverse("list_people", args=[called])}
        for called in sorted(counted, key=lambda one: (-counted[one], one))
    ]
    return render(request, "lists/lists.html", {"here": "people", "lines": lines})


@members_only
@require_GET
def people(request: MemberRequest, called: str) -> HttpResponse:
    workspace, now = request.member.workspace, clock.now()
    asked, show = asked_of(request)
    on, after = list_people.on_list(workspace, called), place_in(request.GET.get("after", ""))
    page = list_people.page_of(workspace, on, asked, after, PAGE)
    adding = request.GET.get("add", "").strip()[:80]
    context = {
        "here": "people", "called": called, "n": len(on),
        "people": [showing.line_of(one, request.member, now) for one in page.people],
        "name": asked.words, "show": show, "narrowed": bool(asked.words or show),
        "tabs": _tabs(called, show), "further": page.further, "next": _next(request, page),
        "adding": adding, "token": str(uuid4()), "here_url": request.get_full_path(),
        "found": _not_on_it(workspace, on, adding) if adding else [],
        **_to_write_to(page),
    }  # fmt: skip
    return render(request, "lists/people.html", context)


def asked_of(request: MemberRequest) -> tuple[Asked, str]:
    show = request.GET.get("show", "")
    words = request.GET.get("name", "").strip()[:80]
    asked = Asked(words=words, states=SHOWN.get(show, frozenset()))
    return asked, show if show in SHOWN else ""


def _tabs(called: str, show: str) -> list[Context]:
    there = reverse("list_people", args=[called])
    named = {
        "": _("Everybody on it"), "silent": _("Said nothing yet"), "spoke": _("Heard from them"),
        "nothing": _("Not written to yet"),
    }  # fmt: skip
    return [
        {"name": name, "url": f"{there}?show={key}" if key else there, "current": key == show}
        for key, name in named.items()
    ]


def _next(request: MemberRequest, page: Page) -> str:
    if page.after is None:
        return ""
    asked = {key: request.GET[key] for key in ("name", "show") if request.GET.get(key)}
    return urlencode({**asked, "after": as_named(page.after)})


def _to_write_to(page: Page) -> Context:
    """Those on this page who may have mail: a plan can begin with them at once."""
    ids = [one.party.pk for one in page.people if one.takes_mail][:MOST]
    address = urlencode([("party", pk) for pk in ids])
    return {"to_write_to": len(ids), "plan_url": f"{reverse('plan_for_many')}?{address}"}


def _not_on_it(workspace: Workspace, on: Container[int], words: str) -> list[Party]:
    known = queries.people_like(workspace, words, limit=MANY)
    return [party for party in known if party.pk not in on][:FOUND]


# --- to take along ---------------------------------------------------------------------------


@members_only
@require_GET
def as_file(request: MemberRequest, called: str) -> HttpResponseBase:
    """All that the page would show, page after page; what a spreadsheet would run is made text."""
    asked, _show = asked_of(request)
    on = list_people.on_list(request.member.workspace, called)
    name = f"{slugify(called) or 'list'}.csv"
    return download(name, lines_of(_rows(request, on, asked)))


def _rows(request: MemberRequest, on: On, asked: Asked) -> Iterator[list[str]]:
    yield showing.heads()
    slice_: list[Listed] = []
    for one in list_people.everybody(request.member.workspace, on, asked):
        if not asked.states or one.became.what in asked.states:
            slice_.append(one)
        if len(slice_) == list_people.SLICE:
            yield from _harmless(slice_, request)
            slice_ = []
    yield from _harmless(slice_, request)


def _harmless(slice_: list[Listed], request: MemberRequest) -> Iterator[list[str]]:
    for row in showing.rows_of(slice_, request.member):
        yield [harmless(cell) for cell in row]
