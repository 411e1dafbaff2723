"""How far it is, and how long it will take, in plain words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.ledger.models import Intake
from followthrough.ledger.models.intake import RECEIVED, UNDOING
from followthrough.web import say

SURE = 5  # seconds after which a pace can be told


def progress_of(intake: Intake, now: datetime) -> dict[str, Any]:
    if intake.phase == UNDOING:
        done, total, doing = _taken_back(intake), _people(intake), _("Taking it back")
    elif intake.phase == RECEIVED:
        done, total, doing = 0, 0, _("Having a look")
    else:
        done, total, doing = intake.cursor, intake.total, _("Bringing it in")
    return {
        "done": done,
        "total": total,
        "doing": doing,
        "said": _how_far(intake, done, total),
        "left": time_left(intake, done, total, now) if total else "",
    }


def _taken_back(intake: Intake) -> int:
    return int(intake.counts.get("removed", 0) + intake.counts.get("kept", 0))


def _people(intake: Intake) -> int:
    return int(intake.counts.get("to_take_back", 0))


def _how_far(intake: Intake, done: int, total: int) -> str:
    if total:
        return _("{done} of {total}").format(done=say.number(done), total=say.number(total))
    seen = intake.counts.get("seen", 0)
    looked = _("{n} looked at so far").format(n=say.number(seen))
    return looked if seen else _("Opening it…")


def time_left(intake: Intake, done: int, total: int, now: datetime) -> str:
    """ "about 3 minutes left"; nothing while the pace is not known."""
    passed = (now - intake.began_at).total_seconds() if intake.began_at else 0
    if passed < SURE or not done or done >= total:
        return ""
    seconds = passed / done * (total - done)
    if seconds < 60:
        return _("less than a minute left")
    if seconds < 90 * 60:
        minutes = round(seconds / 60)
        said = ngettext("about {n} minute left", "about {n} minutes left", minutes)
        return said.format(n=say.number(minutes))
    hours = round(seconds / 3600)
    said = ngettext("about {n} hour left", "about {n} hours left", hours)
    return said.format(n=say.number(hours))
