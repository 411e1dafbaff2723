"""What we said we would do stands until it is done, with a reminder before its hour."""

from collections.abc import Iterator
from datetime import timedelta

from followthrough.core.followups import WORD, Alarm, Owed
from followthrough.core.history import History
from followthrough.core.rule import WORD_GRACE, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        for promise in matter.promises.values():
            if promise.due is None or promise.how == "call" or promise.condition:
                continue
            calendar = our_calendar(history, matter, terms)
            grace = timedelta(minutes=knob(terms, "keep_promises.grace", WORD_GRACE))
            morning = min(calendar.day_start(calendar.local(promise.due).date()), promise.due)
            bell = Alarm(at=morning, to="", what=says("You gave your word for today"))
            yield debt(
                "keep_promises", matter, promise, due=promise.due, band=WORD,
                start=morning, how=promise.how or "email",
                until=None if promise.name in matter.sorry else promise.due + grace,
                # Whoever gives it after that morning has just said it, and needs no bell.
                alarms=(bell,) if promise.at < morning else (),
                what=says("Keep your word"), why=says("You said you would"), ours_to_start=False,
            )  # fmt: skip


rule = Rule(
    promise=says("We do what we said we would do."),
    owed=owed,
    knobs={"grace": WORD_GRACE},
    courage=says("They are expecting this from you."),
    words=Words(
        call=says("Hello {name}, it's {me}. I promised you {topic}: here it is."),
        mail=says("Hello {name},\n\nAs promised: {topic}.\n\nBest wishes\n{me}"),
        text=says("Hello {name}, {me} here: as promised, {topic}."),
    ),
)
