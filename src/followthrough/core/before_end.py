"""Steps of plans that stand before the last day of an offer: of which one, and on which day."""

from datetime import datetime

from followthrough.core.history import History
from followthrough.core.offers import Open, days_before, next_to_end
from followthrough.core.plans import BEFORE_END, Step
from followthrough.core.terms import Terms
from followthrough.core.touches import Delay


def offer_before_end(history: History, since: datetime) -> Open | None:
    """Whichever ends first, of all that is open with them."""
    made = (one for matter in history.open_matters() for one in matter.offers.values())
    return next_to_end(made, since)


def lacks_offer(history: History, step: Step, since: datetime) -> bool:
    """What tells of the last day of an offer waits until there is one."""
    return step.unit == BEFORE_END and offer_before_end(history, since) is None


def waits_from(
    history: History, terms: Terms, step: Step, last: datetime
) -> tuple[datetime, Delay]:  # fmt: skip
    """From when on a step waits, and how long. Before the last day of an offer there is no wait:
    that day is the day, or it is at once where the plan came there later."""
    if step.unit != BEFORE_END:
        return last, Delay(n=step.wait, unit=step.unit)
    offer = offer_before_end(history, last)
    day = days_before(offer, step.wait, terms.contact) if offer else last
    return max(day, last), Delay(n=0, unit="hours")
