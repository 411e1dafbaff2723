"""When nobody is waiting: what the day was, and three doors that one may leave closed."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.ledger.coming import (
    Coming,
    bought_lately,
    coming_next,
    knows_anybody,
    longest_silent,
)
from followthrough.ledger.models import Member, Party
from followthrough.web import say

TICKS = 15  # of the drawing
MONTH = timedelta(days=30)
Context = dict[str, Any]


def clear_of(member: Member, done: int, now: datetime) -> Context:
    if not knows_anybody(member):
        return {"text": _("Whatever comes due appears here by itself."), "doors": _first_doors()}
    return {"text": _text(done), "doors": _doors(member, now), "ticks": _ticks(done)}


def _text(done: int) -> str:
    if not done:
        return _(
            "Everyone you know has a next step. Whatever comes due appears here by itself, so you "
            "can close this and go make something."
        )
    line = ngettext(
        "You followed through with {n} person today. Everyone you know has a next step, so you can "
        "close this and go make something.",
        "You followed through with {n} people today. Everyone you know has a next step, so you can "
        "close this and go make something.",
        done,
    )
    return line.format(n=say.number(done))


def _ticks(done: int) -> list[Context]:
    """A tick for each that was done, under the sun; of uneven height, as days are."""
    heights = (22, 28, 32, 24, 36, 30, 42, 28, 38, 26, 34, 40, 28, 32, 24)
    return [
        {"x": 8 + 19 * n, "y": 78 - height, "height": height, "done": n < done}
        for n, height in enumerate(heights)
    ]


def _first_doors() -> list[Context]:
    return [
        {"icon": "upload", "text": _("Bring in a mailbox or a list"), "url": reverse("import")},
        {"icon": "plus", "text": _("Somebody just called"), "url": reverse("capture")},
        {"icon": "users", "text": _("Look at your people"), "url": reverse("people")},
    ]


def _doors(member: Member, now: datetime) -> list[Context]:
    next_one = coming_next(member, now)
    bought, silent = bought_lately(member, now - MONTH), longest_silent(member, now - MONTH)
    doors = [_next_door(next_one, member, now)] if next_one else []
    if bought:
        doors.append(_thanks(bought))
    if silent:
        text = _("Say hello to {who}").format(who=silent.name)
        doors.append({"icon": "users", "text": text, "url": _page(silent)})
    return doors or _first_doors()


def _next_door(coming: Coming, member: Member, now: datetime) -> Context:
    when = say.in_words(coming.followup.show_at, now, member.own_zone())
    many = ngettext("{n} follow-up", "{n} follow-ups", coming.that_day)
    return {
        "icon": "calendar-days",
        "text": _("Next: {who}, {when}").format(who=coming.followup.party.name, when=when),
        "note": many.format(n=say.number(coming.that_day)) if coming.that_day > 1 else "",
        "url": _page(coming.followup.party),
    }


def _thanks(bought: list[Party]) -> Context:
    many = ngettext("{n} person", "{n} people", len(bought)).format(n=say.number(len(bought)))
    text = _("Thank {who}, who said yes this month").format(who=bought[0].name)
    return {
        "icon": "gift", "text": text, "note": many if len(bought) > 1 else "",
        "url": _page(bought[0]),
    }  # fmt: skip


def _page(party: Party) -> str:
    return reverse("person", args=[party.pk])
