"""How near they are to a yes, how warm, what they are to us: derived, with the reasons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.core.history import History
from followthrough.core.roles import CUSTOMER, PROSPECT, REFERRER, ROLES, SUPPLIER
from followthrough.core.score import ABLE, LEAST, WEIGHTS, Part, score
from followthrough.core.temperature import Change
from followthrough.ledger.models import Member, Party, Role, Text
from followthrough.ledger.person import PersonPage
from followthrough.ledger.statements import select
from followthrough.web import say
from followthrough.web.party.timeline import BY_LEVEL, reason_of

Context = dict[str, Any]
PARTS = {
    "price": gettext_lazy("Asked for a price"),
    "yes": gettext_lazy("A strong yes"),
    "met": gettext_lazy("Met in person"),
    "referred": gettext_lazy("Sent by somebody"),
    "ordered": gettext_lazy("Has bought before"),
    "need": gettext_lazy("Need known"),
    "budget": gettext_lazy("Budget named"),
    "authority": gettext_lazy("Decides alone"),
    "date": gettext_lazy("Has a date"),
}
# What somebody may write down by hand.
BY_HAND = ("price", "need", "budget", "authority", "date")
LABELS = {
    PROSPECT: gettext_lazy("Prospect"),
    CUSTOMER: gettext_lazy("Customer"),
    SUPPLIER: gettext_lazy("Supplier"),
    REFERRER: gettext_lazy("Sends others"),
}


def nearness_of(history: History, member: Member, now: datetime) -> Context:
    points = score(history.known, history.open_matters())
    words = _words(points.parts)
    zone = member.own_zone()
    return {
        "score": points,
        "base": LEAST,
        "parts": [
            {
                "label": PARTS[part.name],
                "points": part.points,
                "able": part.side == ABLE,
                "said": words.get(part.because.text, ""),
                "when": say.day(part.because.at, now, zone),
            }
            for part in points.parts
        ],
        "part_choices": [
            {"name": name, "label": PARTS[name], "points": WEIGHTS[name][1]} for name in BY_HAND
        ],
    }


def _words(parts: Sequence[Part]) -> dict[str, str]:
    """Only what was written down on purpose: a mail's words stand in the timeline."""
    ids = {part.because.text for part in parts if part.because.text and part.name in BY_HAND}
    rows = Text.objects.filter(pk__in=[int(pk) for pk in ids]) if ids else ()
    return {str(row.pk): say.shortened(row.body, 90) for row in rows}


def temperature_of(turns: list[Change], member: Member, now: datetime) -> Context:
    """The word at the top, and since when it holds."""
    if not turns:
        return {"temperature": None}
    last, zone = turns[-1], member.own_zone()
    label, _icon, tone = BY_LEVEL[last.level]
    since = _("since {day}: {why}").format(day=say.day(last.at, now, zone), why=reason_of(last))
    return {"temperature": {"label": label, "tone": tone, "why": since}}


def roles_of(page: PersonPage, family: set[int]) -> list[Context]:
    """Each role that they may play; `on` where they do, `by_itself` where the books say so."""
    theirs = {"workspace": [page.party.workspace_id], "party": family}
    by_hand = {name for (name,) in select(Role, ("name",), theirs, "AND by_hand")}
    played = set(page.party.plays.split())
    return [
        {
            "name": name,
            "label": LABELS[name],
            "on": name in by_hand | played,
            "by_itself": name in played,
        }
        for name in ROLES
    ]


def set_roles(party: Party, names: Sequence[str]) -> list[str]:
    """By hand they play just these; what they played by hand before."""
    theirs = Role.objects.filter(workspace=party.workspace_id, party=party, by_hand=True)
    before = sorted(theirs.values_list("name", flat=True))
    theirs.exclude(name__in=names).delete()
    Role.objects.bulk_create(
        Role(workspace_id=party.workspace_id, party=party, name=name, by_hand=True)
        for name in ROLES
        if name in names and name not in before
    )
    return before
