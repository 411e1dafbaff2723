"""What they said they would do: a curious question the day before, and one on the day."""

from collections.abc import Iterator
from datetime import datetime, time

from followthrough.core.followups import QUIET, Owed
from followthrough.core.history import History
from followthrough.core.matter import EARLY, Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

HOUR = Knob(default=16, unit=says("o'clock"), asks=says("On their day we ask at"), least=6, most=22)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    hour = time(knob(terms, "ask_after_their_promise.hour", HOUR))
    for matter in history.open_matters():
        calendar = our_calendar(history, matter, terms)
        for promise in matter.their_promises.values() if not matter.waiting else ():
            morning = calendar.day_start(calendar.local(promise.due).date())
            before = calendar.working_day_before(morning)
            if before > promise.at and not _asked_by(matter, before):
                yield debt(
                    "ask_after_their_promise", matter, promise, occasion=f"{promise.name}:before",
                    due=before, until=morning, band=QUIET, how="email",
                    what=says("Ask a curious question"), why=says("They gave their word for tomorrow"),
                )  # fmt: skip
            yield debt(
                "ask_after_their_promise", matter, promise, band=QUIET, start=morning,
                due=calendar.at(morning, hour), since=promise.due, ours_to_start=False,
                what=says("Ask how they decided"), why=says("They gave their word for this day, and it is quiet"),
            )  # fmt: skip


def _asked_by(matter: Matter, before: datetime) -> bool:
    return matter.touch is not None and matter.touch.at >= before - EARLY


rule = Rule(
    promise=says("We ask after what they said they would do."),
    owed=owed,
    knobs={"hour": HOUR},
    courage=says("They named the day themselves. Asking is keeping your side."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. You wanted to decide about {topic} today. What came out of it?"
        ),
        mail=says(
            "Hello {name},\n\nI am curious: what speaks most for {topic}, from where you stand now?\n\nBest wishes\n{me}"
        ),
        text=says("Hello {name}, {me} here. Curious: how do things stand with {topic}?"),
    ),
)
