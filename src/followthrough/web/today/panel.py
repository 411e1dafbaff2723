"""Beside the list: the evidence, why it is welcome, what to say, and the last words."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from followthrough.core.decide import RULES
from followthrough.core.facts import (
    OURS,
    THEIRS,
    Asked,
    AutoReplied,
    Met,
    PerhapsReplied,
    TheyLeftACart,
    TheyWrote,
)
from followthrough.core.welcome import calls_in_vain, welcome
from followthrough.ledger import details
from followthrough.ledger.doubting import doubts_about, stands_again
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.today import sentence_of
from followthrough.web import say
from followthrough.web.readable import readable
from followthrough.web.today.first import ways_to
from followthrough.web.today.lately import Told, lately
from followthrough.web.today.rows import gap, why
from followthrough.web.today.to_say import what_to_say
from followthrough.web.tongue import tell
from followthrough.web.topics.asked import topic_of
from followthrough.web.writing.going import going_for, mend_of

# What they said weighs more than what the rule knows.
COURAGE = {
    "begging": later("They want to buy from you. A yes is all they are waiting for."),
    "upset": later("Who is angry still cares. An honest sorry, soon, brings most of them back."),
}
NOT_OURS = (Asked, TheyLeftACart, PerhapsReplied, AutoReplied)  # and yet no word to us
SHOWN = 4  # so many things to speak about
Context = dict[str, Any]


def panel_of(
    followup: FollowUp, reach: dict[str, str], first: FollowUp | None, member: Member, now: datetime
) -> Context:
    party = followup.party
    recent = lately(party, member)
    sheet = reverse("outcome", args=[followup.pk])
    return {
        "person": person_of(followup),
        "facts": evidence(followup, recent, member, now),
        **courage_of(followup, recent, now),
        **mail_of(followup, reach, member, now),
        **what_to_say(followup, member, recent, now),
        "gap": gap(followup, now),
        "topic": topic_of([followup]),
        **known_of(followup, recent, member, now),
        "talk": last_words(recent, party.name, member, now),
        "phone": reach.get("phone", ""),
        "mail_first": followup.how == "email",
        "sheet_url": sheet,
        "not_now_url": f"{sheet}?mode=not_now",
        "note_url": f"{reverse('person', args=[party.pk])}#note",
        "promise_url": f"{reverse('promises')}?{urlencode({'to': party.name})}",
        "order_url": reverse("order_of", args=[followup.pk]),
        **ways_to(followup, reach, first, member),
    }


def mail_of(followup: FollowUp, reach: dict[str, str], member: Member, now: datetime) -> Context:
    """What is on its way to them, or came back; or that mail could leave from here."""
    if not getattr(member, "writes", False):
        return {"connect": bool(reach.get("mailto")) and followup.how == "email"}
    return {"mend": mend_of(followup, reach), "going": going_for(followup, member, now)}


def courage_of(followup: FollowUp, recent: list[Told], now: datetime) -> Context:
    """How often we were in touch, whether they asked, and what follows from it."""
    told = [one.fact for one in reversed(recent)]
    found = welcome(told, followup.rule, followup.party.refuses, now)
    rule = RULES.get(followup.rule)
    plain = found.asked or found.careful
    said = COURAGE.get(followup.tag) or (tell(rule.courage) if rule and not plain else "")
    vain = calls_in_vain(told)
    tries = ngettext(
        "{n} call in a row reached nobody.", "{n} calls in a row reached nobody.", vain
    )
    return {
        "courage": {"lead": tell(found.lead), "text": str(said)},
        "courage_also": " ".join(tell(one) for one in found.also),
        "courage_tone": "honey" if found.careful else "",
        "attempts": tries.format(n=say.number(vain)) if vain > 1 else "",
    }


def known_of(followup: FollowUp, recent: list[Told], member: Member, now: datetime) -> Context:
    """What they said of themselves, what to speak about today, and what helps to find words."""
    today = now.astimezone(member.own_zone()).date()
    known = details.of_party(followup.party)
    talk = details.for_the_talk(known, today)
    missing = details.to_ask(known, sum(isinstance(one.fact, Met) for one in recent))
    common = [one.text for one in talk if one.kind == details.COMMON_GROUND]
    own = [one.text for one in talk if one.kind == details.PERSONAL]
    return {
        "about": say.shortened(followup.party.about, 280),
        "personal": [
            *(say.shortened(text, 90) for text in own[:SHOWN]),
            *([tell(missing)] if missing else []),
        ],
        "in_common": say.shortened("; ".join(common[:SHOWN]), 120),
    }


def person_of(followup: FollowUp) -> Context:
    party = followup.party
    return {
        "name": party.name,
        "detail": " · ".join(filter(None, [party.company, followup.matter.title])),
        "url": reverse("person", args=[party.pk]),
    }


def said(told: Told) -> str:
    return tell(str(told.fact))


def evidence(
    followup: FollowUp, recent: list[Told], member: Member, now: datetime
) -> list[Context]:
    """The facts that it rests on, in their order, and what follows from them. Each opens its
    place in all that happened."""
    names = {followup.because, *followup.evidence}
    zone, there = member.own_zone(), reverse("person", args=[followup.party_id])
    chain = [one for one in reversed(recent) if one.row.name in names or _is_touch(one)][-6:]
    lines = [
        {
            "at": one.row.at,
            "when_text": say.short_day(one.row.at, now, zone),
            "text": _with_words(one),
            "tone": "good" if one.row.own.get("given") else "",
            "url": f"{there}#fact-{one.row.pk}",
        }
        for one in chain
    ]
    reason = {"at": now, "when_text": _("Today"), "text": why(followup, now), "tone": "now"}
    return [*lines, reason]


def _is_touch(told: Told) -> bool:
    return told.fact.turn in (OURS, THEIRS)


def _with_words(told: Told) -> str:
    text = told.row.text
    if text is None:
        return said(told)
    sentence = sentence_of(told.row)
    words = sentence or readable(text.title) or readable(text.body)
    if not words:
        return said(told)
    words = say.shortened(words, 140 if sentence else 70)
    return _("{what}: {words}").format(what=said(told), words=words)


def last_words(recent: list[Told], name: str, member: Member, now: datetime) -> list[Context]:
    writers = doubts_about(one.row for one in recent if isinstance(one.fact, PerhapsReplied))
    spoken = [(one, readable(one.row.text.body)) for one in recent if one.has_words]
    heard = {one.row.at for one, _words in spoken if isinstance(one.fact, TheyWrote)}
    shown = [it for it in spoken if it[1] and not stands_again(it[0].row, heard)][:3]
    return [
        {
            **_from(one, getattr(writers.get(one.row.name), "name", "") or name, member),
            "tone": "" if _is_theirs(one) else "lake",
            "about": f"{say.day(one.row.at, now, member.own_zone())} · {said(one)}",
            "text": say.shortened(words, 280),
        }
        for one, words in shown
    ]


def _is_theirs(told: Told) -> bool:
    """What they asked are their words, whoever wrote them down."""
    return told.fact.turn == THEIRS or isinstance(told.fact, NOT_OURS)


def _from(told: Told, theirs: str, member: Member) -> Context:
    if _is_theirs(told):
        return {"name": theirs, "by": say.first_name(theirs)}
    return {"name": member.name, "by": _("You") if told.row.by == str(member.pk) else _("We")}
