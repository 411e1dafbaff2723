"""A strong yes shortens every limit: the next word follows within a working day."""

from collections.abc import Iterator

from followthrough.core.followups import WAITING, Owed
from followthrough.core.history import History
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

LIMIT = Knob(
    default=1,
    unit=says("working days"),
    asks=says("After a strong yes the next word follows within"),
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        hot = matter.hot
        if hot is None or matter.struck or matter.plan or matter.waiting:
            continue
        calendar = our_calendar(history, matter, terms)
        due = calendar.working_days_after(hot.at, knob(terms, "strike_while_hot.limit", LIMIT))
        yield debt(
            "strike_while_hot", matter, hot, due=due, start=hot.at, band=WAITING,
            what=says("Take the next step now"), why=says("They are just who you are looking for, and they said yes"),
        )  # fmt: skip


rule = Rule(
    promise=says("A strong yes is followed at once."),
    owed=owed,
    knobs={"limit": LIMIT},
    courage=says("They want this. You are not selling, you are helping."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. I have been thinking about {topic} and would like to take the next step with you."
        ),
        mail=says(
            "Hello {name},\n\nI would like to take the next step on {topic} with you. Does this week suit you?\n\nBest wishes\n{me}"
        ),
        text=says("Hello {name}, {me} here. Shall we take the next step on {topic} this week?"),
    ),
)
