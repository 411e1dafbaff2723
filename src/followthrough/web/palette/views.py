"""Find or do: people by any of their words, places, and somebody new when nobody is found."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from followthrough.ledger.finding import NOTE, Hit
from followthrough.ledger.finding import find as find_people
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.palette.recent import recent
from followthrough.web.places import places

SHOWN, PAGE = 7, 25
LONGEST = 80


@members_only
@require_GET
def find(request: MemberRequest) -> HttpResponse:
    """A part of the palette while somebody types in it, else a page of its own."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    part = bool(request.htmx)  # type: ignore[attr-defined]
    most = SHOWN if part else PAGE
    context = {"here": "find", "asked": asked, **_people(request, asked, most)}
    if not part:
        context["places"] = _places(asked)
    return render(request, "palette/people.html" if part else "palette/find.html", context)


def _people(request: MemberRequest, asked: str, most: int) -> dict[str, Any]:
    member = request.member
    if not asked:
        return {"people": [{"party": party} for party in recent(request, member)]}
    found = find_people(member, asked, limit=most + 1)
    return {
        "people": [_line(hit) for hit in found[:most]],
        "more_url": f"{reverse('people')}?{urlencode({'name': asked})}" if found[most:] else "",
        "add_url": "" if found else _adding(asked),
    }


def _line(hit: Hit) -> dict[str, Any]:
    """With the sentence of the note, where that is what holds the words."""
    if hit.where != NOTE:
        return {"party": hit.party}
    return {
        "party": hit.party,
        "before": hit.said[: hit.begins],
        "word": hit.said[hit.begins : hit.ends],
        "after": hit.said[hit.ends :],
    }


def _adding(asked: str) -> str:
    """What looks like a number or a mail address goes into its own field."""
    reach = "@" in asked or sum(map(str.isdecimal, asked)) >= 4
    return f"{reverse('capture')}?{urlencode({'reach' if reach else 'name': asked})}"


def _places(asked: str) -> list[Any]:
    there = [place for part in places().values() for place in part]
    return [place for place in there if asked.casefold() in str(place.label).casefold()]
