"""In the sheet: what the plan itself would do next, so that nobody has to choose it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from followthrough.core.enrolments import (
    COMPLAINT,
    PAUSED,
    WAITING,
    Enrolment,
    moved,
    next_at,
)
from followthrough.core.running import RULE
from followthrough.ledger.enrolling import Standing, standing_of
from followthrough.ledger.models import FollowUp, Member
from followthrough.web import say
from followthrough.web.tongue import tell

PLAN = "plan"  # how the sheet calls it


def is_offered(followup: FollowUp) -> bool:
    """Where a plan runs, it can go on once this is done: nobody need choose the next step. What
    asks for a decision is decided by a person."""
    if followup.how in ("decide", "find"):
        return False
    matter = followup.matter
    waits = matter.plan_state in (WAITING, PAUSED) and matter.plan_why != COMPLAINT
    return followup.rule == RULE or waits


def goes_on(followup: FollowUp, member: Member, now: datetime) -> dict[str, Any] | None:
    """Where it stands, and what comes next if this is done now."""
    standing = standing_of(followup.party) if is_offered(followup) else None
    one = standing.of(followup.matter.key) if standing else None
    if standing is None or one is None or not one.is_live:
        return None
    of = len(one.plan.steps)
    return {
        "name": tell(one.plan.name),
        "at": _("step {n} of {of}").format(n=min(one.place.number + 1, of), of=of),
        "next": _next(followup, standing, one, member, now),
    }


def _next(
    followup: FollowUp, standing: Standing, one: Enrolment, member: Member, now: datetime
) -> str:
    after = moved(one, now)
    if not after.is_live:
        return _("That was its last step. Then it asks you what comes next.")
    matter = standing.history.matters[followup.matter.key]
    due = next_at(standing.history, matter, standing.terms, after)
    what = tell(after.step.what) or say.way(after.step.how)[0]
    return _("{what}, {day}").format(what=what, day=say.in_words(due, now, member.own_zone()))


def talk_ends(followup: FollowUp) -> bool:
    """Whether speaking with them ends the plan that this is a step of."""
    one = standing_of(followup.party).of(followup.matter.key)
    return one is not None and one.plan.talk_ends
