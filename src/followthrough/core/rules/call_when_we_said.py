"""A call that we promised has its minute: a reminder before it, and no excuse after it."""

from collections.abc import Iterator
from datetime import timedelta

from followthrough.core.followups import WORD, Alarm, Owed
from followthrough.core.history import History
from followthrough.core.rule import CALL_GRACE, Knob, Rule, Words, debt, knob
from followthrough.core.saying import says
from followthrough.core.terms import Terms

BEFORE = Knob(
    default=10, unit=says("minutes"), asks=says("You are reminded before a promised call by")
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    before = timedelta(minutes=knob(terms, "call_when_we_said.before", BEFORE))
    grace = timedelta(minutes=knob(terms, "call_when_we_said.grace", CALL_GRACE))
    for matter in history.open_matters():
        for promise in matter.promises.values():
            if promise.due is None or promise.how != "call" or promise.condition:
                continue
            yield debt(
                "call_when_we_said", matter, promise, due=promise.due, band=WORD, how="call",
                until=None if promise.name in matter.sorry else promise.due + grace, ours_to_start=False,
                alarms=(Alarm(at=promise.due - before, to="", what=says("You promised to call")),),
                what=says("Call as you promised"), why=says("You said you would call at this time"),
            )  # fmt: skip


rule = Rule(
    promise=says("We call when we said we would call."),
    owed=owed,
    knobs={"before": BEFORE, "grace": CALL_GRACE},
    courage=says("They are waiting by the phone for you."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. I said I would ring you now about {topic}, and here I am."
        ),
        voicemail=says(
            "Hello {name}, it's {me}, calling as I promised, about {topic}. When may I try again?"
        ),
        text=says("Hello {name}, {me} here. I just tried you, as promised. When suits you?"),
    ),
)
