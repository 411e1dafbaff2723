"""A date in people's words, read in the member's own calendar and language, and shown in full."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import (
    get_language,
    gettext,
    gettext_lazy,
    ngettext,
    pgettext,
)  # fmt: skip

from followthrough.core.calendar import Calendar
from followthrough.core.when import Reading, read
from followthrough.core.when_tokens import tokens_of
from followthrough.core.when_words import language_of
from followthrough.ledger import diary
from followthrough.ledger.models import Member, Party
from followthrough.ledger.terms import terms_of
from followthrough.web import say

SENTENCES: dict[str, Promise] = {
    "call": gettext_lazy("Call {who} on {day}"),
    "email": gettext_lazy("Write to {who} on {day}"),
    "sms": gettext_lazy("Text {who} on {day}"),
    "meeting": gettext_lazy("Meet {who} on {day}"),
    "card": gettext_lazy("Send a card to {who} on {day}"),
    "resting": gettext_lazy("Quiet until {day}"),
    "promised": gettext_lazy("By {day}"),
}
# The words that fill the field again are read in every language.
VERBS = {"call": "call ", "email": "mail ", "sms": "text ", "meeting": "meet ", "card": "card "}
A_MINUTE = timedelta(minutes=1)
# Beyond this another reader would only guess, and take its time.
LONGEST_GUESS, MOST_WORDS = 60, 9
PART = re.compile(r"(?<![\d.,])(\d+),(\d+)(?=\s?[^\W\d_])")
A_WORD = re.compile(r"[^\W\d_]{3,}")


def calendar_of(member: Member) -> Calendar:
    return terms_of(member.workspace).calendar_of(str(member.pk))


def fixed(due: datetime, calendar: Calendar) -> dict[str, Any]:
    """A moment that somebody chose, as a fact holds it: also by the clock on their wall, so that it
    keeps its hour where clocks change."""
    wall = calendar.local(due).strftime("%Y-%m-%d %H:%M")
    return {"due": due, "wall": wall, "zone": calendar.zone}


def reading_of(text: str, member: Member, now: datetime) -> Reading:
    """Our own grammar first; what it does not know is looked up, and then judged like the rest."""
    calendar, language = calendar_of(member), get_language() or "en"
    reading = read(text, now=now, calendar=calendar, language=language)
    if reading.kind != "unknown":
        return reading
    found = looked_up(text, calendar.local(now), language)
    again = f"{VERBS.get(reading.how or '', '')}{found}"
    return read(again, now=now, calendar=calendar, language=language) if found else reading


def in_figures(text: str, member: Member, then: datetime, now: datetime) -> str:
    """The same day, so that it means the same whenever it is read, where the words waited in the
    browser; what is no day stays."""
    reading, calendar = reading_of(text, member, then), calendar_of(member)
    if reading.due is None or now - then < A_MINUTE:
        return text
    local = calendar.local(reading.due)
    day = f"{local:%Y-%m-%d}" if local.time() == calendar.start else f"{local:%Y-%m-%d %H:%M}"
    return f"{_verb(reading)}{day}"


def as_typed(text: str, member: Member, then: datetime, now: datetime) -> str:
    """What is said of a day whose words waited in the browser; "" where they did not."""
    due = reading_of(text, member, then).due
    if due is None or now - then < A_MINUTE:
        return ""
    said = gettext("You typed that {then}: it means {day}.")
    if due <= now:
        said = gettext("You typed that {then}: it meant {day}. That has passed, so it is due now.")
    zone = member.own_zone()
    return said.format(then=say.in_words(then, now, zone), day=say.full(due, zone))


def day_in(text: str, member: Member, now: datetime) -> tuple[bool, bool]:
    """Whether a text names a day, and whether it says nothing else."""
    language = get_language() or "en"
    reading = read(text, now=now, calendar=calendar_of(member), language=language)
    lines = (tokens_of(text, language_of(code)).line for code in (language, "en"))
    names = reading.kind not in ("empty", "unknown")
    return names, names and any("?" not in line.split() for line in lines)


def looked_up(text: str, local: datetime, language: str) -> str:
    """By dateparser, in the reader's language and English, as a text that we read ourselves; or "".
    Bare numbers, and what says when not, it reads wrongly: these are never asked."""
    tokens = tokens_of(text[:LONGEST_GUESS], language_of(language))
    # "1,5 hours" it would take for five.
    beside = PART.sub(r"\1.\2", tokens.beside.strip())
    tells = A_WORD.search(beside) and any(map(str.isdecimal, beside))
    if len(text) > LONGEST_GUESS or len(beside.split()) > MOST_WORDS or not tells:
        return ""
    if tokens.turned_round or tokens_of(text, language_of("en")).turned_round:
        return ""
    found = _parsed(beside, local, [language.partition("-")[0], "en"])
    return _said_plainly(found, local) if found else ""


def _parsed(text: str, local: datetime, languages: list[str]) -> datetime | None:
    import dateparser  # noqa: PLC0415 - slow to load, and rarely asked

    try:
        found: datetime | None = dateparser.parse(
            text,
            languages=list(dict.fromkeys(languages)),
            settings={
                "PREFER_DATES_FROM": "future", "RELATIVE_BASE": local.replace(tzinfo=None),
                "REQUIRE_PARTS": ["day", "month"], "RETURN_AS_TIMEZONE_AWARE": False,
                "PARSERS": ["relative-time", "absolute-time"],
            },
        )  # fmt: skip
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None  # of a stranger's text it may make what no calendar has
    return found


def _said_plainly(found: datetime, local: datetime) -> str:
    """A day without a time has midnight, or the time of asking: then only the day is meant. So it
    is where half a week ends at night."""
    no_time = (found.hour, found.minute) == (local.hour, local.minute) or not 6 <= found.hour < 22
    return f"{found:%Y-%m-%d}" if no_time else f"{found:%Y-%m-%d %H:%M}"


def shown(
    reading: Reading, who: str, member: Member, *, resting: bool = False, promised: bool = False
) -> dict[str, Any]:
    """What `components/parsed.html` reads: a full sentence, and chips that fill the field."""
    zone, sentence = member.own_zone(), reading.sentence
    if reading.due:
        said = SENTENCES[_asked(reading, resting=resting, promised=promised)]
        named = say.first_name(who) if who else gettext("them")
        sentence = str(said).format(who=named, day=say.full(reading.due, zone))
    return {
        "kind": reading.kind,
        "unclear": reading.due is None and reading.kind != "empty",
        "resting": resting,
        "sentence": sentence,
        "note": _note(reading, who, resting=resting),
        "choices": [
            {
                "label": choice.label,
                "text": f"{_verb(reading)}{choice.due.astimezone(zone):%Y-%m-%d %H:%M}",
            }
            for choice in reading.choices
        ],
    }


def _asked(reading: Reading, *, resting: bool, promised: bool) -> str:
    return "resting" if resting else "promised" if promised else reading.how or "call"


def _note(reading: Reading, who: str, *, resting: bool) -> str:
    if not (resting and reading.due):
        return reading.note
    back = gettext("If {who} writes or calls first, {who} comes straight back.")
    return f"{reading.note} · {back.format(who=say.first_name(who))}" if who else reading.note


def _verb(reading: Reading) -> str:
    return VERBS.get(reading.how or "", "")


def with_what_stands_beside(
    parsed: dict[str, Any], reading: Reading, member: Member, party: Party | None, but: int = 0
) -> dict[str, Any]:
    """The note goes on with what else stands on that day."""
    if reading.due is None or parsed["resting"]:
        return parsed
    calendar = calendar_of(member)
    found = diary.beside(reading.due, member, calendar, party, but)
    who = say.first_name(party.name) if party else ""
    notes = [parsed["note"], *_about(found, who, reading.due, member)]
    return parsed | {"note": " · ".join(filter(None, notes)), "crowded": found.others > 0}


def _about(found: diary.Beside, who: str, due: datetime, member: Member) -> list[str]:
    zone, notes = member.own_zone(), []
    if found.holiday:
        notes.append(gettext("a public holiday where {who} is").format(who=who))
    if found.already:
        day = say.dated(
            found.already.astimezone(zone).date(), pgettext("date pattern of CLDR", "EEEE d MMM")
        )
        notes.append(gettext("{who} is on your list already: {day}").format(who=who, day=day))
    if not found.others:
        empty = gettext("nothing else of yours that day")
        notes.append(empty if found.all_day else gettext("nothing else of yours then"))
    elif found.all_day:
        said = ngettext("{n} other that day", "{n} others that day", found.others)
        notes.append(said.format(n=say.number(found.others)))
    else:
        said = ngettext("you have {n} other at {time}", "you have {n} others at {time}",
                        found.others)  # fmt: skip
        notes.append(said.format(n=say.number(found.others), time=say.clock(due, zone)))
    return notes
