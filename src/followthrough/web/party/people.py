"""Everybody, by name or by how long it has been silent; and who once asked for something."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from followthrough.ledger import clock, likenesses
from followthrough.ledger.models import Member, Party
from followthrough.ledger.people import (
    NEVER,
    Looking,
    Place,
    last_contacts,
    last_contacts_of_firms,
)
from followthrough.ledger.people import people as everybody
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.party.asked import who_asked
from followthrough.web.party.contact import last_contact

PAGE = 50
SILENT = {
    "30": "Silent for 30 days",
    "90": "Silent for 90 days",
    "180": "Silent for 180 days",
    NEVER: "No contact yet",
}
DOORS = [
    {"icon": "upload", "text": "Bring in a mailbox or a list", "url": "/import/"},
    {"icon": "plus", "text": "Add somebody by hand", "url": "/capture/"},
]


@members_only
@require_GET
def people(request: MemberRequest) -> HttpResponse:
    member, now, looking = request.member, clock.now(), _looking(request)
    rows = list(
        everybody(member.workspace, looking, now=now, after=_place(request), limit=PAGE + 1)
    )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "here": "people", "looking": looking, "name": looking.words,
        "narrowed": looking != Looking(), "silences": SILENT, "doors": DOORS,
        "people": _lines(rows[:PAGE], member, now),
        "firm": _firm(rows, now) if looking.firm else None,
        "next": _next(looking, last) if last else "",
        "twice": 0 if looking != Looking() else likenesses.how_many(member.workspace),
        **(who_asked(member.workspace, looking.words, member, now) if looking.words else {}),
    }  # fmt: skip
    return render(request, "party/people.html", context)


def _looking(request: MemberRequest) -> Looking:
    asked = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in QUESTIONS}
    return Looking(
        words=asked["name"][:80],
        firm=asked["firm"][:200],
        silent=asked["silent"] if asked["silent"] in SILENT else "",
        longest_first=asked["order"] == "silence",
    )


QUESTIONS = ("name", "firm", "silent", "order")


def _place(request: MemberRequest) -> Place | None:
    said, _, pk = request.GET.get("after", "").replace("\x00", "").rpartition("~")
    if not (pk.isdecimal() and len(pk) < 18):
        return None
    if request.GET.get("order") == "silence" and said:
        try:
            datetime.fromisoformat(said)
        except ValueError:
            return None
    return said, int(pk)


def _next(looking: Looking, last: Party) -> str:
    """Where the page after this one begins."""
    at = last.last_contact_at
    said = (at.isoformat() if at else "") if looking.longest_first else last.name
    order = "silence" if looking.longest_first else ""
    asked = {
        "name": looking.words, "firm": looking.firm, "silent": looking.silent, "order": order,
        "after": f"{said}~{last.pk}",
    }  # fmt: skip
    return urlencode(asked)


def _lines(rows: Sequence[Party], member: Member, now: datetime) -> list[dict[str, Any]]:
    if not rows:
        return []
    own, firms = last_contacts(rows), last_contacts_of_firms(rows)
    lines = []
    for party in rows:
        mine, theirs = own.get(party.pk), firms.get(party.firm)
        later = theirs is not None and (mine is None or theirs.at > mine.at)
        owner = party.owner.name if party.owner else ""
        lines.append(
            {
                "party": party,
                "contact": last_contact(mine, now),
                "firm_contact": last_contact(theirs, now) if later else "",
                "owner": "you" if party.owner_id == member.pk else owner,
            }
        )
    return lines


def _firm(rows: Sequence[Party], now: datetime) -> dict[str, str] | None:
    """The company whose people these are, with the newest contact over all of them."""
    if not rows:
        return None
    named = next((party for party in rows if party.company), rows[0])
    newest = last_contacts_of_firms(rows).get(named.firm)
    return {"name": named.company or named.name, "contact": last_contact(newest, now)}
