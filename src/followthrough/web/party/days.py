"""The days that they asked for: each until it is over, and a few words that name some."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.facts.words import runs_of
from followthrough.core.history import History
from followthrough.core.when import read
from followthrough.ledger.models import Member
from followthrough.web import say
from followthrough.web.party.forms import CouldNotKeep
from followthrough.web.tongue import tell
from followthrough.web.when import calendar_of

Context = dict[str, Any]
BETWEEN = re.compile(r"[,;\n]|\band\b|\bund\b")
MOST = 60
AHEAD = 3 * 366  # days: a hall is booked long before


def days_asked(history: History, member: Member, now: datetime) -> Context:
    """Days beside each other are one, a weekend. `state`: waiting, answered or over."""
    today = now.astimezone(member.own_zone()).date()
    asked = [fact for fact in history.facts if isinstance(fact, facts.AskedForDays)]
    waits = {day for fact in asked if _waits(fact, history) for day in fact.dates}
    days = {day for fact in asked for day in fact.dates}
    return {
        "days": [
            {"text": _said(run, today), "state": _state(run, waits, today), "on": run[0]}
            for run in runs_of(days)
        ]
    }


def _waits(asked: Fact, history: History) -> bool:
    """Whether their word that named the days has had no answer."""
    said = (fact for matter in history.open_matters() for fact in matter.waiting)
    return any(fact.at <= asked.at for fact in said)


def _state(run: Sequence[date], waits: set[date], today: date) -> str:
    if run[-1] < today:
        return "over"
    return "waiting" if waits.intersection(run) else "answered"


def _said(run: Sequence[date], today: date) -> str:
    """ "Sat 7 Nov", "Sat 7 – Sun 8 Nov", with the year where it is another one."""
    first, last = run[0], run[-1]
    end = say.dated(last, "EEE d MMM" if last.year == today.year else "EEE d MMM y")
    if first == last:
        return end
    start = say.dated(first, "EEE d" if first.month == last.month else "EEE d MMM")
    return f"{start} – {end}"


def asking_for(text: str, member: Member, now: datetime) -> list[Fact]:
    """They want these days, and wait for our word on them."""
    pieces = [piece.strip() for piece in BETWEEN.split(text) if piece.strip()]
    if not pieces:
        raise CouldNotKeep(_("Write the days, with a comma between: sat 7 nov, sat 14 nov."))
    if len(pieces) > MOST:
        raise CouldNotKeep(_("At most {most} days at once.").format(most=MOST))
    dates = sorted({_day(piece, member, now) for piece in pieces})
    common: dict[str, Any] = {"at": now, "by": str(member.pk)}
    return [
        facts.TheyEnquired(channel="phone", **common),
        facts.AskedForDays(dates=tuple(dates), **common),
    ]


def _day(piece: str, member: Member, now: datetime) -> date:
    calendar, language = calendar_of(member), get_language() or "en"
    reading = read(piece[:500], now=now, calendar=calendar, bound_days=AHEAD, language=language)
    if reading.due is None:
        named = _("“{words}”").format(words=say.shortened(piece, 40))
        raise CouldNotKeep(f"{named}: {tell(reading.sentence)}")
    return calendar.local(reading.due).date()
