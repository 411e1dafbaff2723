"""Everybody: narrowed, ordered, and as somebody likes to look at them; and who asked for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from followthrough.ledger import clock, likenesses
from followthrough.ledger.finding import in_notes
from followthrough.ledger.fitting import BY_HAND, NOBODY
from followthrough.ledger.looking import Page, look
from followthrough.ledger.models import Intake, Member, Party
from followthrough.ledger.models.intake import CALLED_OFF, READY
from followthrough.ledger.models.parties import NEVER
from followthrough.ledger.people import Step, last_contacts, last_contacts_of_firms, next_steps
from followthrough.ledger.saved_views import views_of
from followthrough.ledger.statements import select
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.kinds import KINDS
from followthrough.web.party.asked import who_asked
from followthrough.web.party.asking import (
    BUILT_IN,
    ME,
    PLAYS,
    SILENCES,
    SORTS,
    STANDINGS,
    Asking,
    Words,
    asking_of,
    page_address,
)
from followthrough.web.party.contact import last_contact
from followthrough.web.templatetags.icons import icon
from followthrough.web.templatetags.words import initials, tone_of
from followthrough.web.tongue import tell

PAGE = 50
IMPORTS = 20  # of the newest can be chosen from
NOTES = 10
DOORS = [
    {"icon": "upload", "text": gettext_lazy("Bring in a mailbox or a list"), "url": "/import/"},
    {"icon": "plus", "text": gettext_lazy("Add somebody by hand"), "url": "/capture/"},
]


@members_only
@require_GET
def people(request: MemberRequest) -> HttpResponse:
    member, now = request.member, clock.now()
    asking = asking_of(request.GET, member, now)
    looking = asking.looking
    page = look(member.workspace, looking, now=now, turn=asking.turn, limit=PAGE)
    names = _names(member)
    context = {
        "here": "people", "hidden": _hidden(asking), "name": looking.words, "doors": DOORS,
        "narrowed": looking.narrows, "query": asking.query,
        "people": _lines(page.people, member, names, now),
        "firm": _firm(page.people, now) if looking.firm else None,
        **_sides(asking, page),
        **_choices(member, asking, names),
        **_tabs(member, asking),
        "twice": 0 if looking.narrows else likenesses.how_many(member.workspace),
        **(_asked(member, looking.words, now) if looking.words else {}),
    }  # fmt: skip
    response = render(request, "party/people.html", context)
    response["HX-Push-Url"] = f"{request.path}?{asking.query}" if asking.query else request.path
    return response


def _asked(member: Member, words: str, now: datetime) -> dict[str, Any]:
    """Who once wanted what was typed, and whose notes and mails it stands in."""
    zone = member.own_zone()
    noted = [
        {
            "party": hit.party,
            "before": hit.said[: hit.begins],
            "word": hit.said[hit.begins : hit.ends],
            "after": hit.said[hit.ends :],
            "day": say.day(hit.at, now, zone) if hit.at else "",
        }
        for hit in in_notes(member, words)[:NOTES]
    ]
    return {"noted": noted, **who_asked(member.workspace, words, member, now)}


def _hidden(asking: Asking) -> dict[str, str]:
    """What the form carries along, and nobody chooses there."""
    return {name: asking.asked[name] for name in ("firm",) if asking.asked[name]}


def _sides(asking: Asking, page: Page) -> dict[str, Any]:
    return {
        "further": page.further,
        "previous": page_address(asking, "before", page.before),
        "next": page_address(asking, "after", page.after),
    }


# --- what can be chosen ----------------------------------------------------------------------

# What failed or was called off brought nobody.
CAME_IN = (
    "AND phase NOT IN (%s, %s) AND (finished_at IS NULL OR problem = '')"
    f" ORDER BY id DESC LIMIT {IMPORTS}"
)


def _names(member: Member) -> dict[int, str]:
    ours = {"workspace": [member.workspace_id]}
    return dict(select(Member, ("id", "name"), ours, "AND active ORDER BY name, id"))


def _choices(member: Member, asking: Asking, names: dict[int, str]) -> dict[str, Any]:
    owners = {ME: _("Looked after by you"), NOBODY: _("Looked after by nobody")}
    owners |= {
        str(pk): _("Looked after by {name}").format(name=name)
        for pk, name in names.items() if pk != member.pk
    }  # fmt: skip
    ours = {"workspace": [member.workspace_id]}
    brought = dict(select(Intake, ("id", "file_name"), ours, CAME_IN, [CALLED_OFF, READY]))
    sources = {BY_HAND: _("Added by hand")} | {str(pk): name for pk, name in brought.items()}
    return {
        "filters": [
            _filter(asking, "owner", _("Looked after by"), _("Anybody’s"), owners),
            _filter(asking, "kind", _("Something open"), _("Open or not"), KINDS),
            _filter(asking, "silent", _("Silent for"), _("Silent or not"), SILENCES),
            _filter(asking, "standing", _("How it stands"), _("Any standing"), STANDINGS),
            _filter(asking, "role", _("What they are to us"), _("Any role"), PLAYS),
            _filter(asking, "source", _("Where they come from"), _("Any source"), sources),
        ],
        "orders": [(value, text, value == asking.asked["order"]) for value, text in SORTS.items()],
        "colleagues": list(names.items()),
    }


def _filter(asking: Asking, name: str, label: str, anything: str, words: Words) -> dict[str, Any]:
    chosen = asking.asked[name]
    options = [("", anything, not chosen)]
    options += [(value, str(text), value == chosen) for value, text in words.items()]
    return {"name": name, "label": label, "options": options, "chosen": bool(chosen)}


def _tabs(member: Member, asking: Asking) -> dict[str, Any]:
    tabs: list[dict[str, Any]] = [
        {"query": query, "name": name, "current": query == asking.query}
        for query, name in BUILT_IN.items()
    ]
    current = None
    for view in views_of(member):
        here = view.query == asking.query and not any(tab["current"] for tab in tabs)
        theirs = view.member.name if view.member_id != member.pk else ""
        current = view if here and not theirs else current
        tabs.append({"query": view.query, "name": view.name, "by": theirs, "current": here})
    return {"tabs": tabs, "view": current}


# --- the lines -------------------------------------------------------------------------------


def _lines(
    rows: Sequence[Party], member: Member, names: dict[int, str], now: datetime
) -> list[dict[str, Any]]:
    if not rows:
        return []
    own, firms, steps = last_contacts(rows), last_contacts_of_firms(rows), next_steps(rows)
    choose, theirs, there = _("Choose {name}"), _("Looked after by {name}"), reverse("people")
    lines = []
    for party in rows:
        mine, firm = own.get(party.pk), firms.get(party.firm)
        later = firm is not None and (mine is None or firm.at > mine.at)
        owner = names.get(party.owner_id or 0, "") if party.owner_id != member.pk else ""
        lines.append(
            {
                "pk": party.pk,
                "name": party.name,
                "company": party.company,
                "initials": initials(party.name),
                "tone": tone_of(party.name),
                "url": f"{there}{party.pk}/",
                "choose": choose.format(name=party.name),
                "contact": last_contact(mine, now),
                "firm_contact": last_contact(firm, now) if later else "",
                "owner": theirs.format(name=owner) if owner else "",
                "money": say.money(party.worth, member.workspace.currency),
                **_step(steps.get(party.pk), member, now),
            }
        )
    return lines


def _step(step: Step | None, member: Member, now: datetime) -> dict[str, Any]:
    """What comes next, in its words, and on which day."""
    if step is None or step.due >= NEVER:
        return {}
    _label, name = say.way(step.how)
    day = say.day(step.due, now, member.own_zone())
    return {"step": tell(step.what), "step_icon": icon(name), "step_day": day}


def _firm(rows: Sequence[Party], now: datetime) -> dict[str, str] | None:
    """The company whose people these are, with the newest contact over all of them."""
    if not rows:
        return None
    named = next((party for party in rows if party.company), rows[0])
    newest = last_contacts_of_firms(rows).get(named.firm)
    return {"name": named.company or named.name, "contact": last_contact(newest, now)}
