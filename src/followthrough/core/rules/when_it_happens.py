"""A promise that waits for something never sleeps for ever: it wakes by the event or by a date."""

from collections.abc import Iterator
from datetime import timedelta

from followthrough.core.followups import WORD, Owed
from followthrough.core.history import History
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

LIMIT = Knob(default=1, unit=says("working days"), asks=says("Once it has happened, we act within"))
FALLBACK = Knob(
    default=14,
    unit=says("days"),
    asks=says("Without the event we look again after"),
    least=1,
    most=180,
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        for promise in matter.promises.values():
            if not promise.condition:
                continue
            calendar = our_calendar(history, matter, terms)
            since = matter.happened.get(promise.name)
            if since:
                due = calendar.working_days_after(
                    since, knob(terms, "when_it_happens.limit", LIMIT)
                )
                yield debt(
                    "when_it_happens", matter, promise, due=due, start=since, since=since,
                    band=WORD, how=promise.how or "call", ours_to_start=False,
                    what=says("Tell them it is ready"), why=says("You promised to be in touch when this happened, and it has"),
                )  # fmt: skip
                continue
            check_by = promise.check_by or promise.due
            days = timedelta(days=knob(terms, "when_it_happens.fallback", FALLBACK))
            yield debt(
                "when_it_happens", matter, promise, occasion=f"{promise.name}:check", band=WORD,
                due=check_by or calendar.opening(promise.at + days), how="decide", ours_to_start=False,
                what=says("Ready yet?"), why=says("You promised to be in touch when it happens. Has it?"),
            )  # fmt: skip


rule = Rule(
    promise=says("A promise that waits for something wakes by itself."),
    owed=owed,
    knobs={"limit": LIMIT, "fallback": FALLBACK},
    courage=says("They asked you to tell them."),
    words=Words(
        call=says("Hello {name}, it's {me}. You asked me to ring you about {topic}: it is ready."),
        mail=says(
            "Hello {name},\n\nYou asked me to tell you about {topic}: it is ready.\n\nBest wishes\n{me}"
        ),
        text=says("Hello {name}, {me} here: {topic} is ready, as you asked me to tell you."),
    ),
)
