"""A deal as its card shows it: who, what, how long untouched, and the next step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from followthrough.core.stages import OTHER, RESTING
from followthrough.ledger.deals import Lane, next_steps
from followthrough.ledger.holding import HELD
from followthrough.ledger.models import FollowUp, Matter, Member
from followthrough.web import say
from followthrough.web.deals.kinds import kind_name
from followthrough.web.tongue import tell

Context = dict[str, Any]
WARM, COOL, COLD = 1, 2, 3
COOLS, GOES_COLD, FULL = 8, 21, 30  # days since the last touch; the bar is full at the last


def cards_of(
    rows: Sequence[Matter], lanes: Sequence[Lane], member: Member, now: datetime
) -> dict[int, Context]:
    """A card for each, by its id."""
    steps = next_steps(rows)
    return {row.pk: card_of(row, lanes, steps, member, now) for row in rows}


def card_of(
    row: Matter, lanes: Sequence[Lane], steps: Mapping[int, FollowUp], member: Member, now: datetime
) -> Context:
    name = row.party.name
    about = row.title if row.title != name else ""
    return {
        "id": row.pk,
        "who": name,
        "first_name": say.first_name(name),
        "url": reverse("person", args=[row.party_id]),
        "what": about or kind_name(row.kind),
        "owner": row.owner.name if row.owner and row.owner_id != member.pk else "",
        "money": say.money(row.value, member.workspace.currency),
        "expected": _expected(row),
        "lane": row.lane,
        "lane_name": "" if row.lane.startswith(OTHER) and not about else lane_name(row.lane, lanes),
        **_age(row, steps.get(row.pk), now),
        "next": _next(steps.get(row.pk), row, member, now),
        **_ways(row, lanes),
    }


def lane_name(key: str, lanes: Sequence[Lane]) -> str:
    if key == RESTING:
        return _("Not now")
    if key.startswith(OTHER):
        return kind_name(key.removeprefix(OTHER))
    lane = next((one for one in lanes if key in one.keys), lanes[0])
    return tell(lane.stage.name) if lane.stage else ""


def _expected(row: Matter) -> str:
    return (
        say.dated(row.expected, pgettext("date pattern of CLDR", "d MMM")) if row.expected else ""
    )


def _age(row: Matter, step: FollowUp | None, now: datetime) -> Context:
    """How long nobody touched it; who never had a word from us waits, and that is said."""
    since = row.touched_at or row.opened_at
    days = max(0, (now - since).days)
    heat = (
        0 if row.lane == RESTING else COLD if days >= GOES_COLD else COOL if days >= COOLS else WARM
    )
    if row.party.our_word_at is None:
        age = _("{long} without a word").format(long=say.ago(row.opened_at, now))
        late = step is not None and step.due < now
        return {"age": age, "heat": COLD if late and heat else heat, "days": min(days, FULL)}
    age = ngettext("{n} day since touch", "{n} days since touch", days).format(n=say.number(days))
    return {"age": age if days else _("touched today"), "heat": heat, "days": min(days, FULL)}


def _next(step: FollowUp | None, row: Matter, member: Member, now: datetime) -> Context:
    if step is None:
        return {"icon": "circle-alert", "what": _("No next step"), "when": "", "due": True}
    icon = "moon" if step.rule == "not_now" else say.way(step.how)[1]
    known = step.member_id in (member.pk, row.owner_id)
    who = step.member.name if step.member and not known else ""
    what = tell(step.what)
    return {
        "icon": icon,
        "what": _("{who}: {what}").format(who=who, what=what) if who else what,
        "when": _("to decide") if step.show_at == HELD else _when(step.due, member, now),
        "due": step.due < now and step.show_at != HELD,
        "at": step.due,
    }


def _when(due: datetime, member: Member, now: datetime) -> str:
    """ "2 days late", "14:00", "tomorrow", "Thu 3 Dec"."""
    zone = member.own_zone()
    today = due.astimezone(zone).date() == now.astimezone(zone).date()
    if due < now and not today:
        return _("{long} late").format(long=say.days(due, now))
    if today:
        return _("now") if due < now else say.clock(due, zone)
    near = abs((due.astimezone(zone).date() - now.astimezone(zone).date()).days) == 1
    said = say.day(due, now, zone)
    return said[0].lower() + said[1:] if near else said


def _ways(row: Matter, lanes: Sequence[Lane]) -> Context:
    """To the lane before and the lane after; after the last one, it ends."""
    if row.lane.startswith(OTHER):
        return {}
    stages = [lane for lane in lanes if lane.stage]
    here = next((n for n, lane in enumerate(stages) if row.lane in lane.keys), None)
    if here is None:  # it rests: moving it takes it up again
        return {"onward": _way(stages[0])}
    after = (
        _way(stages[here + 1]) if here + 1 < len(stages) else {"to": CLOSE, "name": _("the end")}
    )
    return {"back": _way(stages[here - 1]) if here else None, "onward": after}


CLOSE = "close"


def _way(lane: Lane) -> Context:
    return {"to": lane.key, "name": tell(lane.stage.name) if lane.stage else ""}
