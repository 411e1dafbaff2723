"""A machine wrote that they work there no more: the matter stays, and needs somebody else."""

from collections.abc import Iterator

from followthrough.core.followups import QUIET, Owed
from followthrough.core.history import History
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

LIMIT = Knob(
    default=1, unit=says("working days"), asks=says("Who follows somebody that left we find within")
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        gone = matter.gone
        if gone is None or (matter.plan is not None and matter.plan.at >= gone.at):
            continue
        days = knob(terms, "find_who_follows.limit", LIMIT)
        yield debt(
            "find_who_follows", matter, gone, band=QUIET, how="find", start=gone.at,
            due=our_calendar(history, matter, terms).working_days_after(gone.at, days),
            what=says("Find out who does their work now"),
            why=says("An automatic reply says that they do not work there any more"),
        )  # fmt: skip


rule = Rule(
    promise=says("Where somebody has left, we find who follows."),
    owed=owed,
    knobs={"limit": LIMIT},
    courage=says("Whoever took over has a full desk, and is glad of somebody who knows the story."),
    words=Words(
        call=says(
            "Hello, it's {me}. I was in touch with {name} about {topic}. Who looks after it now?"
        ),
        mail=says(
            "Hello,\n\nI was in touch with {name} about {topic}. Who looks after it now?\n\nBest wishes\n{me}"
        ),
    ),
)
