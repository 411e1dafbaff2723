"""At which step of its plan a run stands: read from its log, for only the plan knows where
something leads."""

from dataclasses import dataclass, replace
from datetime import datetime

from followthrough.core.plans import BOOKED, Plan
from followthrough.core.running import ACCEPTED, DONE, SKIPPED, SPOKEN, Run


@dataclass(frozen=True, slots=True)
class Place:
    """Which step is next, counted from 0, and what led to it `by` when (`since`) instead of the
    one below the last; `done` are those that were done. `booked`: an appointment once led
    somewhere. `spoken`: we spoke since. `answered`: they said yes to one, and that leads nowhere.
    """

    number: int
    by: str = ""
    since: datetime | None = None
    done: tuple[int, ...] = ()
    booked: bool = False
    spoken: bool = False
    answered: bool = False

    def waits_from(self, last: datetime) -> datetime:
        """What led here may have happened long after the last step was done."""
        return max(last, self.since or last)


def place_of(plan: Plan, run: Run) -> Place:
    """`done` is the step that was done last, `free` whether anything may still follow it."""
    found, done, free = Place(run.start), -1, False
    for what, at in run.log:
        if what in (DONE, SKIPPED):
            done, free = (found.number if what == DONE else -1), what == DONE
            behind = (*found.done, done) if free else found.done
            found = replace(found, number=found.number + 1, by="", since=None, done=behind)
        elif what == SPOKEN:
            found = replace(found, spoken=True)
        elif what == ACCEPTED:
            found = replace(found, answered=found.answered or not found.booked)
        elif leads := (free or what == BOOKED) and _leads(plan, done, what):
            found, free = _led(found, leads, what, at), False
    return found


def _leads(plan: Plan, done: int, what: str) -> int:
    """Never back: no plan goes round."""
    goes = dict(plan.steps[done].goes) if 0 <= done < len(plan.steps) else {}
    leads = goes.get(what, 0) - 1
    return leads if leads > done else 0


def _led(found: Place, leads: int, what: str, at: datetime) -> Place:
    """An appointment comes of talking: that has not ended what follows it."""
    if what != BOOKED:
        return replace(found, number=leads, by=what, since=at)
    if found.by == BOOKED:
        return found  # another time for the same appointment
    return replace(found, number=leads, by=what, since=at, booked=True, spoken=False)
