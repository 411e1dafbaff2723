"""A rhythm per person, and any real contact, by whomever and whichever way, starts it anew."""

from collections.abc import Iterator
from datetime import timedelta

from followthrough.core.enrolments import speaks
from followthrough.core.followups import WARM, Owed
from followthrough.core.history import History
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says, says_many
from followthrough.core.terms import Terms

RHYTHM = Knob(
    default=60,
    unit=says("days"),
    asks=says("Without another rhythm we are in touch every"),
    least=7,
)
LONGEST = 3650


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        if matter.kind != "keep_in_touch" or matter.plan or matter.unreached:
            continue
        if speaks(history, matter, terms):
            continue
        last = history.contact or matter.opened
        days = min(max(matter.days, 0), LONGEST) or knob(terms, "stay_in_touch.rhythm", RHYTHM)
        calendar = our_calendar(history, matter, terms)
        yield debt(
            "stay_in_touch", matter, last, band=WARM,
            due=calendar.opening(last.at + timedelta(days=days)),
            what=says("Be in touch"), why=says_many("It is {n} day since you were last in contact", "It is {n} days since you were last in contact", n=days) if history.contact else says_many("Every day, you said, and there was no contact yet", "Every {n} days, you said, and there was no contact yet", n=days),
        )  # fmt: skip


rule = Rule(
    promise=says("We stay in touch."),
    owed=owed,
    knobs={"rhythm": RHYTHM},
    courage=says("A call that asks for nothing is the one people remember."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. Nothing special: I thought of you and wanted to hear how you are."
        ),
        mail=says("Hello {name},\n\nI thought of you today. How are things?\n\nBest wishes\n{me}"),
        text=says("Hello {name}, {me} here. I thought of you today. How are things?"),
    ),
)
