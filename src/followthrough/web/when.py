"""A date in people's words, read in the member's own calendar and shown back in full."""

from datetime import datetime
from typing import Any

from followthrough.core.calendar import Calendar
from followthrough.core.when import Reading, read
from followthrough.ledger.models import Member
from followthrough.ledger.terms import terms_of
from followthrough.web import say

VERBS = {
    "call": "Call",
    "email": "Write to",
    "sms": "Text",
    "meeting": "Meet",
    "card": "Send a card to",
}


def calendar_of(member: Member) -> Calendar:
    return terms_of(member.workspace).calendar_of(str(member.pk))


def reading_of(text: str, member: Member, now: datetime) -> Reading:
    return read(text, now=now, calendar=calendar_of(member))


def shown(reading: Reading, who: str, member: Member, *, resting: bool = False) -> dict[str, Any]:
    """What `components/parsed.html` reads: a full sentence, and chips that fill the field."""
    sentence = reading.sentence
    if reading.due:
        verb = "Back on your list:" if resting else VERBS.get(reading.how or "call", "Call")
        named = say.first_name(who) if who else "them"
        day = say.full(reading.due, member.own_zone())
        sentence = f"{verb} {named} on {day}" if not resting else f"{verb} {named}, {day}"
    zone = member.own_zone()
    return {
        "kind": reading.kind,
        "sentence": sentence,
        "note": reading.note,
        "choices": [
            {
                "label": choice.label,
                "text": f"{_verb(reading)}{choice.due.astimezone(zone):%Y-%m-%d %H:%M}",
            }
            for choice in reading.choices
        ],
    }


def _verb(reading: Reading) -> str:
    words = {"call": "call ", "email": "mail ", "sms": "text ", "meeting": "meet ", "card": "card "}
    return words.get(reading.how or "", "")
