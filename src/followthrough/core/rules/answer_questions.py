"""Each open question and each thing asked for stays owed until it is given, with proof."""

from collections.abc import Iterator

from followthrough.core.facts import Asked, Met, Planned, WeCalled
from followthrough.core.followups import QUIET, WAITING, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

LIMIT = Knob(default=1, unit=says("working days"), asks=says("A question is answered within"))
ARRIVAL = Knob(
    default=3, unit=says("working days"), asks=says("After posting we ask whether it arrived in")
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        calendar = our_calendar(history, matter, terms)
        for asked in matter.asked.values():
            if _was_agreed(matter, asked):
                continue
            answer = asked.wants == "answer"
            yield debt(
                "answer_questions", matter, asked, start=asked.at, band=WAITING,
                due=calendar.working_days_after(asked.at, knob(terms, "answer_questions.limit", LIMIT)),
                what=says("Answer their question") if answer else says("Send what they asked for"),
                why=says("They asked and have no answer yet") if answer else says("They asked for it and it has not been sent"),
                how="email" if answer or asked.wants == "email" else "post", ours_to_start=False,
            )  # fmt: skip
        for sent in matter.provided if not matter.plan and not matter.waiting else ():
            due = calendar.working_days_after(
                sent.at, knob(terms, "answer_questions.arrival", ARRIVAL), at=calendar.start
            )
            yield debt(
                "answer_questions", matter, sent, due=due, band=QUIET,
                what=says("Ask whether it arrived"), why=says("It was posted, and nobody has said that it arrived"),
            )  # fmt: skip


def _was_agreed(matter: Matter, asked: Asked) -> bool:
    """We spoke since they asked, and chose a day: that day brings it back, answered or not."""
    talk, plan = matter.touch, matter.plan
    spoke = isinstance(talk, WeCalled | Met) and talk.reached and talk.at >= asked.at
    return spoke and isinstance(plan, Planned) and plan.at >= asked.at


rule = Rule(
    promise=says("What they asked for is owed until they have it."),
    owed=owed,
    knobs={"limit": LIMIT, "arrival": ARRIVAL},
    courage=says("You are bringing what they asked for."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. You asked about {topic}, and I have the answer for you."
        ),
        mail=says(
            "Hello {name},\n\nYou asked about {topic}. Here is the answer:\n\n\nBest wishes\n{me}"
        ),
        text=says("Hello {name}, {me} here: I have what you asked for about {topic}."),
    ),
)
