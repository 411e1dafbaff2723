"""Our word, heard in a note: offered with its day, and kept only with a yes."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from followthrough.core import facts
from followthrough.core.calendar import Calendar
from followthrough.inlets.language import findings
from followthrough.ledger.models import Member
from followthrough.web import say
from followthrough.web.when import calendar_of, fixed

MOST = 3
WITHIN = 2  # working days for a word without a day
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
# "I said I'd send it" is the same word as "I'll send it"; so is "promised to send it".
REPORTED = re.compile(
    r"^.*?\b(?:(?:said|told|promised|mentioned)\b(?: (?!I\b|we\b)\w+){0,2}(?: that)?,? )?"
    r"\b(?P<who>I|we)(?:['’](?:d|ll)| would| will) (?=\w)",
    re.IGNORECASE,
)
PROMISED_TO = re.compile(
    r"^(?!.*\b(?:s?he|they|it)\b).*?\b(?:promised|agreed)(?: \w+)? to (?=\w)", re.IGNORECASE
)
# To a colleague one speaks of her, in the mail one speaks to her.
# An hour that is said without a figure.
NOON = re.compile(r"(?<!-)\b(?:noon|midday|mittags?|midi|mediod[ií]a)\b", re.IGNORECASE)
ABOUT_THEM = re.compile(r"\b(je|nous) (?:lui|leur) ", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """`sentence` as it stands in the note, `word` the part of it that binds; `yes` is what the
    button says."""

    sentence: str
    word: str
    due: datetime
    how: str
    yes: str


def promises_in(note: str, member: Member, now: datetime) -> list[Heard]:
    calendar = calendar_of(member)
    heard: dict[str, Heard] = {}
    for sentence in filter(None, map(str.strip, SENTENCE.split(note[:4000]))):
        found = _found(sentence, calendar.local(now))
        if found is None:
            continue
        due, said = _by(found[0], sentence, calendar, now), say.shortened(sentence, 120)
        yes = gettext("Yes, by {day}").format(day=say.in_words(due, now, member.own_zone()))
        one = Heard(sentence=said, word=_word(said), due=due, how=found[1], yes=yes)
        heard.setdefault(said, one)
    return list(heard.values())[:MOST]


def _word(sentence: str) -> str:
    """Without who told it to whom: "I said I'd send it" is "I'd send it"."""
    told = REPORTED.match(sentence)
    return sentence[told.start("who") :] if told else sentence


def _by(named: datetime | None, sentence: str, calendar: Calendar, now: datetime) -> datetime:
    """A day without an hour is that whole day; no day is the day after tomorrow."""
    today = calendar.local(now).date()
    if named is None:
        return calendar.day_end(calendar.working_day_after(today, WITHIN))
    if not (any(map(str.isdecimal, sentence)) or NOON.search(sentence)):
        named = max(named, calendar.day_end(calendar.local(named).date()))
    return named if named > now else calendar.day_end(calendar.working_day_after(today, 1))


def _found(sentence: str, local: datetime) -> tuple[datetime | None, str] | None:
    """By when, and how; None where nobody gave their word."""
    told = REPORTED.sub("I’ll ", sentence)
    for plain in dict.fromkeys((sentence, told, PROMISED_TO.sub("I’ll ", sentence),
                                ABOUT_THEM.sub(r"\1 vous ", sentence))):  # fmt: skip
        for one in findings(plain, at=local, by_us=True):
            if one.kind == "we_promise":
                return one.due, "call" if re.search(r"\b(?:call|ring|phone)\b", one.cue) else ""
    return None


def promise(one: Heard, matter: str, member: Member, now: datetime) -> facts.WePromised:
    due = fixed(one.due, calendar_of(member))
    return facts.WePromised(
        at=now, matter=matter, by=str(member.pk), how=one.how, **due
    )  # fmt: skip
