"""A template as somebody would read it: anybody in the books, with what is really known of them."""

from typing import Any

from followthrough.ledger import clock, templates
from followthrough.ledger.finding import find
from followthrough.ledger.models import Party, Template
from followthrough.ledger.opening import party_for
from followthrough.ledger.place import id_in
from followthrough.web.gate import MemberRequest
from followthrough.web.palette.recent import recent
from followthrough.web.words.known import About
from followthrough.web.words.suggested import TONE_NAMES, Proposed, proposed

MOST = 6
LONGEST = 80
Context = dict[str, Any]


def as_read_by(request: MemberRequest, one: Template) -> Context:
    """For whoever is asked for, else for whom this member looked at last; each tone beside it."""
    asked = request.GET.get("who", "").strip()[:LONGEST]
    people = _people(request, asked)
    party = people[0] if people else None
    if asked.isdecimal():
        party = party_for(request.member, id_in(asked))
    context: Context = {
        "asked": "" if asked.isdecimal() else asked,
        "people": [{"pk": it.pk, "name": it.name} for it in people if it != party],
        "who": party,
    }
    if party is None:
        return context | {"nobody": bool(asked)}
    about = About(party=party, member=request.member, now=clock.now())
    return context | {"reads": _shown(proposed(one, about)), "tones": _tones(one, about)}


def _people(request: MemberRequest, asked: str) -> list[Party]:
    if asked and not asked.isdecimal():
        return [hit.party for hit in find(request.member, asked, limit=MOST)]
    return list(recent(request, request.member))[:MOST]


def _tones(one: Template, about: About) -> list[Context]:
    """The other tones of the same words, for the same person."""
    if one.snippet:
        return []
    found = templates.offered_for(about.member.workspace, [one.occasion], one.language)
    others = {it.tone: it for it in reversed(found) if it.tone != one.tone}
    return [
        {
            "tone": TONE_NAMES[tone], "key": templates.name_of(others[tone]),
            **_shown(proposed(others[tone], about)),
        }
        for tone in TONE_NAMES if tone in others
    ]  # fmt: skip


def _shown(words: Proposed) -> Context:
    return {"subject": words.subject, "text": words.text, "gaps": ", ".join(words.gaps)}
