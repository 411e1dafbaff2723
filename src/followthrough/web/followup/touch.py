"""The touch itself as a fact, and what was owed by its own name and is done with it."""

from collections.abc import Callable
from typing import Any

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.ledger.models import FollowUp

# What we had promised is done when they have it. A promised call, and saying sorry, are told by
# the touch itself; and what has not happened yet cannot be kept.
WORD_GIVEN = {"keep_promises", "when_it_happens"}
GIVES = {"spoke", "wrote", "posted", "met", "done"}
NOT_YET = ":check"
ARRIVED, ANSWER_THEM = "Ask whether it arrived", "Answer their question"


def touch(outcome: str, followup: FollowUp, given: str, common: dict[str, Any]) -> list[Fact]:
    channel = followup.how if followup.how in ("email", "sms") else "email"
    makers: dict[str, Callable[[], Fact]] = {
        "spoke": lambda: facts.WeCalled(outcome="spoke", given=given, **common),
        "message": lambda: facts.WeCalled(outcome="message", given=given, **common),
        "no_answer": lambda: facts.WeCalled(outcome="no_answer", given=given, **common),
        "wrote": lambda: facts.WeWrote(channel=channel, given=given, **common),
        "posted": lambda: facts.CardPosted(given=given, **common),
        "met": lambda: facts.Met(given=given, **common),
        "came": lambda: facts.TheyWrote(**common),
        "done": lambda: facts.Noted(**common),
        "decided": lambda: facts.Noted(**common),
    }
    return [makers[outcome]()] if outcome in makers else []


def kept(outcome: str, followup: FollowUp, common: dict[str, Any], *, answered: bool) -> list[Fact]:
    """What was owed by its own name is settled by name: a promise, a question, a thing to send. A
    talk alone is no answer, and sends nothing."""
    if outcome not in GIVES or followup.occasion.endswith(NOT_YET):
        return []
    if followup.rule in WORD_GIVEN:
        return [facts.PromiseKept(promise=followup.because, **common)]
    if followup.rule == "answer_questions" and followup.what != ARRIVED:
        if outcome in ("spoke", "met") and not answered:
            return []
        by_post = followup.how == "post" and outcome in ("done", "posted")
        return [
            facts.Provided(
                asked=followup.because, channel="post" if by_post else "email",
                proof=f"{outcome} {common['at']:%Y-%m-%d}", **common,
            )
        ]  # fmt: skip
    return []
