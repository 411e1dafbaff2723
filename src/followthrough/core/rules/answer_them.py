"""Whoever wrote, rang or enquired hears from us, counted from their first unanswered word."""

from collections.abc import Iterator

from followthrough.core.facts import TheyCalled, TheyEnquired
from followthrough.core.followups import WAITING, Alarm, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.terms import Terms

LIMIT = Knob(default=1, unit="working days", asks="A first word is late after")
ESCALATE = Knob(default=1, unit="working days", asks="The manager is told after another")
BLOCKS_AT = 3  # so often in vain, and nothing else goes out before them


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        planned = matter.tried and matter.plan
        if matter.waiting and not planned:
            yield _answer(history, matter, terms)


def _answer(history: History, matter: Matter, terms: Terms) -> Owed:
    first, count = matter.waiting[0], len(matter.waiting)
    calendar = our_calendar(history, matter, terms)
    due = calendar.working_days_after(first.at, knob(terms, "answer_them.limit", LIMIT))
    later = calendar.working_days_after(due, knob(terms, "answer_them.escalate", ESCALATE))
    alarms = [
        Alarm(at=due, to="", what="No word from us yet"),
        Alarm(at=later, to="manager", what="Still no word from us"),
    ]
    if count > 1:
        alarms.append(
            Alarm(at=matter.waiting[1].at, to="manager", what="They wrote again, unanswered")
        )
    return debt(
        "answer_them", matter, first, due=due, start=first.at, band=WAITING, count=count,
        what="Answer them", why=_why(matter), how=_how(matter), alarms=tuple(alarms),
        evidence=tuple(fact.name for fact in matter.waiting), ours_to_start=False,
        blocks=count >= BLOCKS_AT,
    )  # fmt: skip


def _why(matter: Matter) -> str:
    count = len(matter.waiting)
    if count > 1:
        return f"{count} unanswered, and they are still waiting for a word from us"
    if isinstance(matter.waiting[0], TheyEnquired):
        return "They enquired and have not heard a word from us"
    if isinstance(matter.waiting[0], TheyCalled):
        return "They called, nobody picked up, and nobody has called back"
    return "They wrote and nobody has answered"


def _how(matter: Matter) -> str:
    channel = getattr(matter.waiting[-1], "channel", "call")
    return channel if channel in ("email", "sms") else "call"


rule = Rule(
    promise="We answer whoever is waiting for us.",
    owed=owed,
    knobs={"limit": LIMIT, "escalate": ESCALATE},
    courage="You are not bothering them: they came to you.",
    words=Words(
        call="Hello {name}, it's {me}. You wrote to us about {topic}, and I wanted to answer you myself.",
        voicemail="Hello {name}, it's {me}, about {topic}. I have your message and will try you again this afternoon.",
        mail="Hello {name},\n\nthank you for your message about {topic}. \n\nBest wishes\n{me}",
        text="Hello {name}, {me} here. I have your message about {topic}. When may I ring you?",
    ),
)
