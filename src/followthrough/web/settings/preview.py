"""A wished change in words: what it changes, and whom it would move."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from followthrough.ledger import imagining
from followthrough.ledger.changing import CLOSED, KNOBS
from followthrough.ledger.models import Change, FollowUp, Member
from followthrough.web import say
from followthrough.web.settings import numbers, places
from followthrough.web.tongue import tell

Context = dict[str, Any]


def context_of(change: Change, member: Member, now: datetime) -> Context:
    seen = imagining.NOTHING | change.seen
    return {
        "change": change,
        "lines": lines_of(change),
        "sentence": sentence(change),
        "becomes": becomes(seen),
        "late": seen["late"],
        "rows": [_row(*one, member, now) for one in imagining.shown(change)],
        "more": max(0, seen["moved"] - imagining.SHOWN),
        "looked": say.number(change.looked),
        "total": say.number(seen["total"]),
    }


def sentence(change: Change) -> str:
    """How many it moves, and honestly whether that is all of them."""
    seen = imagining.NOTHING | change.seen
    moved, people = seen["moved"], seen["people"]
    if change.looking:
        return _("So far: {moved} follow-ups of {people} people.").format(
            moved=say.number(moved), people=say.number(people)
        )
    if not moved:
        return _("Nothing that is open now moves.")
    whole = ngettext(
        "This moves {n} follow-up of {people}.", "This moves {n} follow-ups of {people}.", moved
    )
    if not imagining.of_all(change):
        whole = ngettext(
            "This moves at least {n} follow-up of {people}.",
            "This moves at least {n} follow-ups of {people}.", moved,
        )  # fmt: skip
    who = ngettext("{n} person", "{n} people", people).format(n=say.number(people))
    return whole.format(n=say.number(moved), people=who)


def becomes(seen: Context) -> str:
    parts = []
    if seen["today"]:
        said = ngettext("{n} becomes due today", "{n} become due today", seen["today"])
        parts.append(said.format(n=say.number(seen["today"])))
    if seen["late"]:
        said = ngettext("{n} would be late", "{n} would be late", seen["late"])
        parts.append(said.format(n=say.number(seen["late"])))
    return ", ".join(parts)


def lines_of(change: Change) -> list[Context]:
    """Each thing that changes: what, from, to."""
    found: list[Context] = []
    for name, value in change.wanted.items():
        before = change.before.get(name)
        if name == KNOBS:
            found += [
                {"what": numbers.asks(knob), "was": numbers.said(knob, before[knob]),
                 "becomes": numbers.said(knob, new)}
                for knob, new in value.items()
            ]  # fmt: skip
        elif name == CLOSED:
            found += [_closed(day, closed) for day, closed in value.items()]
        else:
            what, read = NAMES[name]
            found.append({"what": what(), "was": read(before), "becomes": read(value)})
    return found


def _closed(day: str, closed: object) -> Context:
    said = say.dated(date.fromisoformat(day), pgettext("date pattern of CLDR", "EEEE d MMMM y"))
    was, becomes = (_("open"), _("closed")) if closed else (_("closed"), _("open"))
    return {"what": said, "was": was, "becomes": becomes}


def _plain(value: Any) -> str:
    return str(value) or _("none")


def _country(value: Any) -> str:
    return str(dict(places.country_choices()).get(value, value))


def _days(value: Any) -> str:
    named = dict(places.day_choices())
    return ", ".join(named[day] for day in value)


NAMES: dict[str, tuple[Any, Any]] = {
    "name": (lambda: _("Your company or team"), _plain),
    "currency": (lambda: _("Currency"), _plain),
    "language": (lambda: _("Language"), _plain),
    "postal": (lambda: _("Postal address"), _plain),
    "zone": (lambda: _("Time zone"), _plain),
    "country": (lambda: _("Public holidays of"), _country),
    "region": (lambda: _("Region"), _plain),
    "workdays": (lambda: _("You work on"), _days),
    "workday_start": (lambda: _("From"), _plain),
    "workday_end": (lambda: _("To"), _plain),
}


def _row(row: FollowUp, was: datetime, becomes: datetime, member: Member, now: datetime) -> Context:
    zone = member.own_zone()
    return {
        "row": row,
        "what": tell(row.what),
        "was": say.moment(was, now, zone),
        "becomes": say.moment(becomes, now, zone),
        "late": becomes <= now < was,
    }
