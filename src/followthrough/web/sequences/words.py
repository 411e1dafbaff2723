"""What the team wrote for a step, instead of the usual words of its rule."""

from followthrough.core.plans import BEFORE_END
from followthrough.core.running import RULE
from followthrough.ledger.models import FollowUp
from followthrough.ledger.plans import step_of_row
from followthrough.web.tongue import tell

WAYS = {"call": "call", "email": "mail", "sms": "text"}


def tells_of_an_end(followup: FollowUp) -> bool:
    """Whether it is a step before the last day of an offer."""
    step = step_of_row(followup) if followup.rule == RULE else None
    return step is not None and step.unit == BEFORE_END


def words_of_step(followup: FollowUp) -> dict[str, str]:
    """By way, in the reader's language. {} where nothing was written, or it goes another way than
    was meant: words for a mail are none for a call."""
    step = step_of_row(followup) if followup.rule == RULE else None
    if step is None or not step.words or step.how != followup.how:
        return {}
    words = tell(step.words)
    if step.how == "email" and step.subject:
        words = f"{tell(step.subject)}\n\n{words}"
    return {WAYS.get(step.how, "card"): words}
