"""Beside the list: the evidence, why it is welcome, what to say, and the last words."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from followthrough.core.decide import RULES
from followthrough.core.facts import OURS, THEIRS, unpack
from followthrough.core.order import taken_back
from followthrough.ledger import details
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Fact, FollowUp, Member
from followthrough.ledger.today import sentence_of
from followthrough.web import say
from followthrough.web.readable import readable
from followthrough.web.today.first import ways_to
from followthrough.web.today.rows import gap, why

WAY_OF_WORDS = {"call": "call", "email": "mail", "sms": "text"}
# What they said weighs more than what the rule knows.
COURAGE = {
    "begging": "They want to buy from you. A yes is all they are waiting for.",
    "upset": "Who is angry still cares. An honest sorry, soon, brings most of them back.",
}
SHOWN = 4  # so many things to speak about
Context = dict[str, Any]


def panel_of(
    followup: FollowUp, reach: dict[str, str], first: FollowUp | None, member: Member, now: datetime
) -> Context:
    party = followup.party
    recent = _recent(followup)
    rule = RULES.get(followup.rule)
    sheet = reverse("outcome", args=[followup.pk])
    return {
        "person": _person(followup),
        "facts": evidence(followup, recent, member, now),
        "courage": COURAGE.get(followup.tag) or (rule.courage if rule else ""),
        "words": words_for(followup, member),
        "words_first": WAY_OF_WORDS.get(followup.how, ""),
        "gap": gap(followup, now),
        **_known(followup, member, now),
        "talk": last_words(recent, party.name, member, now),
        "phone": reach.get("phone", ""),
        "sheet_url": sheet,
        "not_now_url": f"{sheet}?mode=not_now",
        **ways_to(followup, reach, first),
    }


def _known(followup: FollowUp, member: Member, now: datetime) -> Context:
    """What to speak about today, and what helps to find words."""
    today = now.astimezone(member.own_zone()).date()
    talk = details.for_the_talk(details.of_party(followup.party), today)
    common = [one.text for one in talk if one.kind == details.COMMON_GROUND]
    own = [one.text for one in talk if one.kind == details.PERSONAL]
    return {
        "personal": [say.shortened(text, 90) for text in own[:SHOWN]],
        "in_common": say.shortened("; ".join(common[:SHOWN]), 120),
    }


def _person(followup: FollowUp) -> Context:
    party = followup.party
    return {
        "name": party.name,
        "detail": " · ".join(filter(None, [party.company, followup.matter.title])),
        "url": reverse("person", args=[party.pk]),
    }


def _recent(followup: FollowUp) -> list[Fact]:
    party = followup.party
    rows = Fact.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
    newest = list(rows.select_related("text").order_by("-at", "-pk")[:40])
    # What takes a fact back is newer than the fact.
    gone = taken_back(
        [unpack(row.kind, {"at": row.at, "name": row.name}, row.own) for row in newest]
    )
    return [row for row in newest if row.name not in gone and row.kind != "Retracted"]


def said(row: Fact) -> str:
    return str(unpack(row.kind, {"at": row.at}, row.own))


def evidence(
    followup: FollowUp, recent: list[Fact], member: Member, now: datetime
) -> list[Context]:
    """The facts that it rests on, in their order, and what follows from them."""
    names = {followup.because, *followup.evidence}
    zone = member.own_zone()
    chain = [row for row in reversed(recent) if row.name in names or _is_touch(row)][-6:]
    lines = [
        {
            "at": row.at,
            "when_text": say.short_day(row.at, now, zone),
            "text": _with_words(row),
            "tone": "good" if row.own.get("given") else "",
        }
        for row in chain
    ]
    reason = {"at": now, "when_text": "Today", "text": why(followup, now), "tone": "now"}
    return [*lines, reason]


def _is_touch(row: Fact) -> bool:
    return unpack(row.kind, {"at": row.at}, row.own).turn in (OURS, THEIRS)


def _with_words(row: Fact) -> str:
    if row.text is None:
        return said(row)
    sentence = sentence_of(row)
    words = sentence or readable(row.text.title) or readable(row.text.body)
    return f"{said(row)}: {say.shortened(words, 140 if sentence else 70)}" if words else said(row)


def last_words(recent: list[Fact], name: str, member: Member, now: datetime) -> list[Context]:
    spoken = [(row, readable(row.text.body)) for row in recent if row.text and row.text.body]
    told = [(row, words) for row, words in spoken if words][:3]
    return [
        {
            "name": name if _theirs(row) else member.name,
            "by": _by(row, name, member),
            "tone": "" if _theirs(row) else "lake",
            "about": f"{say.day(row.at, now, member.own_zone())} · {said(row).lower()}",
            "text": say.shortened(words, 280),
        }
        for row, words in told
    ]


def _by(row: Fact, name: str, member: Member) -> str:
    if _theirs(row):
        return say.first_name(name)
    return "You" if row.by == str(member.pk) else "We"


def _theirs(row: Fact) -> bool:
    return unpack(row.kind, {"at": row.at}, row.own).turn == THEIRS


def words_for(followup: FollowUp, member: Member) -> dict[str, str]:
    """Suggested words with what is known filled in; a way without words is left out."""
    rule = RULES.get(followup.rule)
    if rule is None or followup.how == "decide":
        return {}
    title = followup.matter.title
    known = {
        "{name}": say.first_name(followup.party.name),
        "{topic}": f"“{title}”" if title else "what we talked about",
        "{me}": member.name,
    }
    words = rule.words
    ways = {
        "call": words.call,
        "voicemail": words.voicemail,
        "mail": words.mail,
        "text": words.text,
    }
    return {way: _filled(text, known) for way, text in ways.items() if text}


def _filled(text: str, known: dict[str, str]) -> str:
    for mark, value in known.items():
        text = text.replace(mark, value)
    return text
