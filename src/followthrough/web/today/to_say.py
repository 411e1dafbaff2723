"""What one could say: words of a rule, of a plan’s step, or of the team, with names filled in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from followthrough.core.decide import RULES
from followthrough.core.followups import WORD
from followthrough.core.offers import RULE as OFFERED
from followthrough.core.rules.answer_them import words_after
from followthrough.ledger import clock, templates
from followthrough.ledger.absences import promised_by_whom_they_cover
from followthrough.ledger.models import FollowUp, Member
from followthrough.ledger.offers import page_to_tell_of
from followthrough.web import say
from followthrough.web.introduction import introduced
from followthrough.web.offers.making import page_of_offer
from followthrough.web.paths import path_to
from followthrough.web.sequences.words import tells_of_an_end, words_of_step
from followthrough.web.today.lately import Told
from followthrough.web.tongue import tell
from followthrough.web.words.suggested import best_mail

WAY_OF_WORDS = {"call": "call", "email": "mail", "sms": "text"}
LONGEST_TOPIC = 40  # letters that one can say inside a sentence
INFORMATION = "information"
Context = dict[str, Any]


def what_to_say(
    followup: FollowUp, member: Member, recent: Sequence[Told], now: datetime
) -> Context:
    """With the team's own mail where a template fits, and where words are chosen and changed."""
    words, url = words_for(followup, member), ""
    if followup.how != "decide":
        url = path_to("followup_words", followup.pk)
        if "mail" in words and not words_of_step(followup):
            best = best_mail(followup, member, recent, now)
            words |= {"mail": f"{best.subject}\n\n{best.text}"} if best else {}
    asked = INFORMATION in templates.occasions_of(followup)
    return {
        "words": words,
        "words_first": WAY_OF_WORDS.get(followup.how, ""),
        "words_url": url,
        "information_url": f"{url}?for={INFORMATION}" if url and asked else "",
    }


def words_for(followup: FollowUp, member: Member) -> dict[str, str]:
    """Suggested words with what is known filled in; a way without words is left out."""
    rule = RULES.get(followup.rule)
    if rule is None or followup.how == "decide":
        return {}
    known = {
        "{name}": say.first_name(followup.party.name),
        "{topic}": _topic(followup),
        "{me}": member.name,
    }
    words = rule.words
    if followup.rule == "answer_them":
        words = words_after(followup.because)
    ways = {
        "call": words.call,
        "voicemail": words.voicemail,
        "mail": words.mail,
        "text": words.text,
    }
    written = words_of_step(followup)
    ways = written if "card" in written else {**ways, **written}
    filled = {way: _filled(tell(text), known) for way, text in ways.items() if text}
    return filled | _introduction(followup, member) | _with_its_page(followup, filled)


def _with_its_page(followup: FollowUp, filled: dict[str, str]) -> dict[str, str]:
    """Whoever is told of the last day of an offer needs its address, too."""
    if followup.rule == OFFERED:
        page = page_of_offer(followup.party, followup.because)
    elif tells_of_an_end(followup):
        page = page_to_tell_of(followup.party, followup.since, clock.now())
    else:
        return {}
    return {way: f"{filled[way]}\n\n{page}" for way in ("mail", "text") if page and way in filled}


def _introduction(followup: FollowUp, member: Member) -> dict[str, str]:
    """Who stands in says so first: the call was promised by somebody else."""
    if followup.rule != "call_when_we_said" or not getattr(member, "covers", True):
        return {}
    away = promised_by_whom_they_cover(followup, member)
    if away is None or away.away_until is None:
        return {}
    return {"call": introduced(followup, away, member, away.away_until)}


def _topic(followup: FollowUp) -> str:
    """A whole sentence for a title cannot be spoken inside another one."""
    title = followup.matter.title
    if not title:
        return _("what we talked about")
    if len(title) <= LONGEST_TOPIC:
        return _("“{words}”").format(words=title)
    asked = followup.matter.kind == "enquiry" and followup.band != WORD
    return _("your enquiry") if asked else _("what you asked for")


def _filled(text: str, known: dict[str, str]) -> str:
    for mark, value in known.items():
        text = text.replace(mark, value)
    return text
