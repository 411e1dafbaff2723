"""Not now is a date. On that day they come back by themselves, with the old notes."""

from collections.abc import Iterator

from followthrough.core.facts import NotNow
from followthrough.core.followups import WARM, Owed
from followthrough.core.history import History
from followthrough.core.rule import Rule, Words, debt
from followthrough.core.saying import says
from followthrough.core.terms import Terms

NOTES = 5  # so many of the old ones come along


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        plan = matter.plan
        if isinstance(plan, NotNow) and not matter.waiting:
            yield debt(
                "not_now", matter, plan, due=plan.until, band=WARM, evidence=(plan.name, *matter.notes[-NOTES:]),
                what=says("Ask again"), why=says("Not now, you both said. This is the day to ask again"),
            )  # fmt: skip


rule = Rule(
    promise=says("Not now comes back by itself."),
    owed=owed,
    courage=says("You agreed on this day. You are right on time."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. We said we would talk about {topic} again around now. Is it a better time?"
        ),
        voicemail=says(
            "Hello {name}, it's {me}. We said we would talk again around now, about {topic}."
        ),
        mail=says(
            "Hello {name},\n\nWe said we would come back to {topic} around now. Is it a better time?\n\nBest wishes\n{me}"
        ),
        text=says(
            "Hello {name}, {me} here. We said we would talk about {topic} around now. Good time?"
        ),
    ),
)
