"""The call card: the last time and how it ended, what they asked, what to know, what to say."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from followthrough.core import facts
from followthrough.core.facts import NOBODYS, THEIRS
from followthrough.core.running import RULE
from followthrough.core.welcome import calls_in_vain
from followthrough.ledger import details, wants
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.today import sentence_of
from followthrough.web import say
from followthrough.web.readable import readable
from followthrough.web.sequences.going_on import PLAN
from followthrough.web.today.lately import Told, lately
from followthrough.web.today.panel import courage_of, mail_of, person_of, said
from followthrough.web.today.rows import gap, why
from followthrough.web.today.to_say import WAY_OF_WORDS, words_for
from followthrough.web.tongue import tell
from followthrough.web.when import calendar_of

ASKED = (facts.Asked, facts.TheyEnquired, facts.TheyWrote, facts.TheyCalled)
SWITCH = 3  # calls in vain, from which on another way is proposed
KNOWN, WANTED = 5, 3  # so many of each
# What happened, its icon, and the next step that stands in the sheet already.
RESULTS = {
    "call": (
        ("spoke", later("Spoke"), "phone-call", later("call in 3 working days")),
        ("message", later("Left a message"), "message-square", later("call in 2 working days")),
        ("no_answer", later("No answer"), "phone-missed", later("call tomorrow")),
    ),
    "": (
        ("wrote", later("I wrote"), "send", later("call in 3 working days")),
        ("spoke", later("Spoke"), "phone-call", later("call in 3 working days")),
    ),
}
Context = dict[str, Any]


def card_of(followup: FollowUp, reach: dict[str, str], member: Member, now: datetime) -> Context:
    recent = lately(followup.party, member)
    sheet = f"{reverse('outcome', args=[followup.pk])}?back=one"
    question = _open_question(recent)
    return {
        "person": person_of(followup),
        "why": why(followup, now),
        "gap": gap(followup, now),
        "last_time": _last_time(recent, member, now),
        "question": question,
        **courage_of(followup, recent, now),
        **mail_of(followup, reach, member, now),
        **_known(followup, member, now),
        **_what_to_say(followup, question, member, now),
        "results": _results(followup, recent, sheet, reach),
        "phone": reach.get("phone", ""),
        "mail_first": followup.how == "email",
        "pk": followup.pk,
        "token": str(uuid4()),
        "among_us": followup.party.kind in UNLISTED,
        "sheet_url": sheet,
        "not_now_url": f"{sheet}&mode=not_now",
        "note_url": f"{reverse('person', args=[followup.party_id])}#note",
    }


def _last_time(recent: list[Told], member: Member, now: datetime) -> Context:
    """Each touch begins where the one before ended (S88)."""
    last = next((one for one in recent if one.fact.turn != NOBODYS), None)
    if last is None:
        return {}
    words = readable(last.row.text.body) or readable(last.row.text.title) if last.row.text else ""
    by = member.name if last.row.by == str(member.pk) else ""
    return {
        "what": said(last),
        "when": say.day(last.row.at, now, member.own_zone()),
        "ago": say.back(last.row.at, now),
        "at": last.row.at,
        "words": say.shortened(words, 220),
        "theirs": last.fact.turn == THEIRS,
        "gave": tell(str(last.row.own.get("given", ""))),
        "by": by,
    }


def _open_question(recent: list[Told]) -> str:
    """The last that they asked and have no answer to, in their words."""
    for one in recent:
        if one.fact.turn not in (NOBODYS, THEIRS) and one.fact.reached:
            return ""
        if isinstance(one.fact, ASKED) and one.row.text:
            text = one.row.text
            words = sentence_of(one.row) or readable(text.body) or readable(text.title)
            if words:
                return say.shortened(words, 200)
    return ""


def _known(followup: FollowUp, member: Member, now: datetime) -> Context:
    """What they said of themselves comes first, whoever calls (S7)."""
    month = now.astimezone(member.own_zone()).month
    known = [one for one in details.of_party(followup.party) if one.month in (None, month)]
    wanted = wants.of_party(followup.party)[:WANTED]
    return {
        "about": say.shortened(followup.party.about, 280),
        "known": [say.shortened(one.text, 120) for one in known[:KNOWN]],
        "wants": [say.shortened(one.text, 120) for one in wanted],
    }


# --- what to say ----------------------------------------------------------------------------


def _what_to_say(followup: FollowUp, question: str, member: Member, now: datetime) -> Context:
    """The opener whole, and the talk in three lines: why, one question, a day."""
    words = words_for(followup, member)
    way = WAY_OF_WORDS.get(followup.how, "call")
    return {
        "opener": words.get(way) or words.get("call", ""),
        "opener_way": way,
        "script": [
            _("Begin with why: {why}.").format(why=_lowered(why(followup, now))),
            _in_the_middle(followup, question),
            _agree(member, now),
        ],
    }


def _lowered(text: str) -> str:
    """Inside our sentence; a name or a number keeps its letters."""
    first, _space, _rest = text.partition(" ")
    return text[0].lower() + text[1:] if first in OWN_WORDS else text


OWN_WORDS = {"You", "They", "No", "A", "The", "It", "Your", "Their", "Nobody"}


def _in_the_middle(followup: FollowUp, question: str) -> str:
    if question:
        return _("Answer what they asked: “{question}”").format(question=question)
    if followup.given:
        return _("Ask how it helped: {gift}.").format(gift=tell(followup.given))
    topic = say.shortened(followup.matter.title, 48)
    if topic:
        return _("Ask one thing and listen: “What matters most to you about {topic}?”").format(
            topic=topic
        )
    return _("Ask one thing and listen: “What would help you most?”")


def _agree(member: Member, now: datetime) -> str:
    due = calendar_of(member).working_days_after(now, 3)
    weekday = say.dated(due.astimezone(member.own_zone()).date(), "EEEE")
    return _("Agree on a day: “Shall we speak again on {weekday}?”").format(weekday=weekday)


# --- how it went ----------------------------------------------------------------------------


def _results(
    followup: FollowUp, recent: list[Told], sheet: str, reach: dict[str, str]
) -> list[Context]:
    """Each opens the sheet with the outcome chosen and a next step proposed: a second press
    saves. After calls in vain it is proposed by another way (S97)."""
    vain = calls_in_vain([one.fact for one in reversed(recent)])
    results = []
    for outcome, word, icon, when in RESULTS.get(followup.how, RESULTS[""]):
        going = outcome != "spoke" and followup.rule == RULE
        then = {"mode": PLAN} if going else {"when": _next(outcome, str(when), vain, reach)}
        filled = urlencode({"outcome": outcome, **then})
        results.append({"word": word, "icon": icon, "url": f"{sheet}&{filled}"})
    return results


def _next(outcome: str, when: str, vain: int, reach: dict[str, str]) -> str:
    if outcome == "spoke" or vain + 1 < SWITCH:
        return str(when)
    if vain + 1 == SWITCH and "sms" in reach:
        return _("text tomorrow")
    if vain + 1 == SWITCH and "mailto" in reach:
        return _("mail tomorrow")
    return _("card tomorrow")
