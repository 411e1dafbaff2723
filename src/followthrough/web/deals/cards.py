"""A deal as its card shows it: who, what, how long untouched, and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from followthrough.core.stages import OTHER, RESTING
from followthrough.ledger.deal_steps import Step, next_steps
from followthrough.ledger.deals import Lane, Line
from followthrough.ledger.holding import HELD
from followthrough.ledger.models import Member
from followthrough.web import say
from followthrough.web.kinds import kind_name
from followthrough.web.tongue import tell

Context = dict[str, Any]
WARM, COOL, COLD = 1, 2, 3
COOLS, GOES_COLD, FULL = 8, 21, 30  # days since the last touch; the bar is full at the last


def cards_of(
    lines: Sequence[Line], lanes: Sequence[Lane], member: Member, now: datetime
) -> dict[int, Context]:
    """A card for each, by its id."""
    steps = next_steps(lines)
    desk = Desk(lanes=lanes, member=member, now=now)
    return {line.id: card_of(line, steps.get(line.id), desk) for line in lines}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who looks, and when; `places` are the addresses, of which only the number differs."""

    lanes: Sequence[Lane]
    member: Member
    now: datetime
    person: str = field(default_factory=lambda: reverse("person", args=[0]))
    deal: str = field(default_factory=lambda: reverse("deal", args=[0]))

    def address_of(self, line: Line) -> str:
        return self.deal.replace("0", str(line.id))


def card_of(line: Line, step: Step | None, desk: Desk) -> Context:
    about = line.title if line.title != line.who else ""
    named = line.lane.startswith(OTHER) and not about
    address = desk.address_of(line)
    return {
        "id": line.id,
        "who": line.who,
        "url": desk.person.replace("0", str(line.party_id)),
        "change_url": address,
        "change_said": _("{who}: change it").format(who=line.who),
        "move_url": f"{address}move/",
        "card_url": f"{address}card/",
        "what": about or kind_name(line.kind),
        "owner": line.owner if line.owner_id != desk.member.pk else "",
        "money": say.money(line.value, desk.member.workspace.currency),
        "expected": _expected(line),
        "lane_name": "" if named else lane_name(line.lane, desk.lanes),
        **_age(line, step, desk.now),
        "next": _next(step, line, desk),
        **_ways(line, desk.lanes),
    }


def lane_name(key: str, lanes: Sequence[Lane]) -> str:
    if key == RESTING:
        return _("Not now")
    if key.startswith(OTHER):
        return kind_name(key.removeprefix(OTHER))
    lane = next((one for one in lanes if key in one.keys), lanes[0])
    return tell(lane.stage.name) if lane.stage else ""


def _expected(line: Line) -> str:
    if not line.expected:
        return ""
    day = say.dated(line.expected, pgettext("date pattern of CLDR", "d MMM"))
    return _("yes by {day}?").format(day=day)


def _age(line: Line, step: Step | None, now: datetime) -> Context:
    """How long nobody touched it; who never had a word from us waits, and that is said."""
    days = max(0, (now - (line.touched_at or line.opened_at)).days)
    heat = COLD if days >= GOES_COLD else COOL if days >= COOLS else WARM
    if line.lane == RESTING:
        heat = 0
    if line.our_word_at is None:
        age = _("{long} without a word").format(long=say.ago(line.opened_at, now))
        late = step is not None and step.due < now
        return {"age": age, "heat": COLD if late and heat else heat, "days": min(days, FULL)}
    age = ngettext("{n} day since touch", "{n} days since touch", days).format(n=say.number(days))
    return {"age": age if days else _("touched today"), "heat": heat, "days": min(days, FULL)}


def _next(step: Step | None, line: Line, desk: Desk) -> Context:
    if step is None:
        return {"icon": "circle-alert", "what": _("No next step"), "when": "", "due": True}
    icon = "moon" if step.rule == "not_now" else say.way(step.how)[1]
    what, held = tell(step.what), step.show_at >= HELD
    if step.member and step.member_id not in (desk.member.pk, line.owner_id):
        what = _("{who}: {what}").format(who=step.member, what=what)
    return {
        "icon": icon,
        "what": what,
        "when": _("to decide") if held else _when(step.due, desk.member, desk.now),
        "due": step.due < desk.now and not held,
        "at": step.due.isoformat(),
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


def _ways(line: Line, lanes: Sequence[Lane]) -> Context:
    """To the lane before and the lane after; after the last one, it ends."""
    if line.lane.startswith(OTHER):
        return {}
    stages = [lane for lane in lanes if lane.stage]
    here = next((n for n, lane in enumerate(stages) if line.lane in lane.keys), None)
    if here is None:  # it rests: moving it takes it up again
        return {"onward": _onward(line, stages[0].key, lane_name(stages[0].key, lanes))}
    if here + 1 < len(stages):
        after = stages[here + 1].key
        onward = _onward(line, after, lane_name(after, lanes))
    else:
        onward = _onward(line, CLOSE, _("the end"))
    if not here:
        return {"onward": onward}
    before = stages[here - 1].key
    said = _("{who}: back to {lane}").format(who=line.who, lane=lane_name(before, lanes))
    return {"back": {"to": before, "said": said}, "onward": onward}


def _onward(line: Line, to: str, name: str) -> Context:
    return {"to": to, "said": _("{who}: on to {lane}").format(who=line.who, lane=name)}


CLOSE = "close"
