"""The next step that one of us chose stands on its day."""

from collections.abc import Iterator

from followthrough.core.facts import Planned
from followthrough.core.followups import QUIET, WAITING, WARM, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import Rule, Words, debt
from followthrough.core.saying import says
from followthrough.core.terms import Terms

WHAT = {
    "call": says("Call"),
    "email": says("Write"),
    "sms": says("Send a text"),
    "meeting": says("Meet"),
    "card": says("Write a card"),
}


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        plan = matter.plan
        if isinstance(plan, Planned) and (not matter.day_was_chosen or matter.is_tried_again):
            yield debt(
                "keep_the_plan", matter, plan, due=plan.due, band=_band(matter), how=plan.how,
                what=WHAT.get(plan.how, says("Take the next step")), why=_why(matter),
                ours_to_start=not matter.waiting, chosen=True,
            )  # fmt: skip


def _band(matter: Matter) -> int:
    if (matter.waiting and not matter.they_agreed) or matter.hot:
        return WAITING
    return QUIET if matter.silence else WARM


def _why(matter: Matter) -> str:
    if matter.they_agreed:
        return says("They agreed to meet at this time")
    if matter.waiting:
        return says("They are waiting, you tried, and this is the day you chose to try again")
    return says("The next step you chose, for this day")


rule = Rule(
    promise=says("The next step we chose is taken on its day."),
    owed=owed,
    courage=says("You chose this day for a reason."),
    words=Words(
        call=says("Hello {name}, it's {me}. I wanted to ring you today about {topic}."),
        voicemail=says("Hello {name}, it's {me} about {topic}. I'll try you again tomorrow."),
        mail=says("Hello {name},\n\nI am coming back to you about {topic}.\n\nBest wishes\n{me}"),
        text=says("Hello {name}, {me} here, about {topic}. When may I ring you?"),
    ),
)
