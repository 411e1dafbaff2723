"""How far it is, and how long it will take, in plain words."""

from datetime import datetime
from typing import Any

from followthrough.ledger.models import Intake
from followthrough.ledger.models.intake import RECEIVED, UNDOING

SURE = 5  # seconds after which a pace can be told


def progress_of(intake: Intake, now: datetime) -> dict[str, Any]:
    if intake.phase == UNDOING:
        done, total, doing = _taken_back(intake), _people(intake), "Taking it back"
    elif intake.phase == RECEIVED:
        done, total, doing = 0, 0, "Having a look"
    else:
        done, total, doing = intake.cursor, intake.total, "Bringing it in"
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
        return f"{done:,} of {total:,}"
    seen = intake.counts.get("seen", 0)
    return f"{seen:,} looked at so far" if seen else "Opening it…"


def time_left(intake: Intake, done: int, total: int, now: datetime) -> str:
    """ "about 3 minutes left"; nothing while the pace is not known."""
    passed = (now - intake.began_at).total_seconds() if intake.began_at else 0
    if passed < SURE or not done or done >= total:
        return ""
    seconds = passed / done * (total - done)
    if seconds < 60:
        return "less than a minute left"
    if seconds < 90 * 60:
        minutes = round(seconds / 60)
        return f"about {minutes} minute{'s' if minutes > 1 else ''} left"
    return f"about {round(seconds / 3600)} hours left"
