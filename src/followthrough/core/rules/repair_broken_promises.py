"""A word that was not kept is put right within the hour: first we say so, then we do it."""

from collections.abc import Iterator
from datetime import timedelta

from followthrough.core.followups import WORD, Alarm, Owed
from followthrough.core.history import History
from followthrough.core.rule import CALL_GRACE, HURT, WORD_GRACE, Rule, Words, debt, knob
from followthrough.core.saying import says
from followthrough.core.terms import Terms


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    call_grace = timedelta(minutes=knob(terms, "call_when_we_said.grace", CALL_GRACE))
    grace = timedelta(minutes=knob(terms, "keep_promises.grace", WORD_GRACE))
    for matter in history.open_matters():
        for promise in matter.promises.values():
            if promise.due is None or promise.condition or promise.name in matter.sorry:
                continue
            broken = promise.due + (call_grace if promise.how == "call" else grace)
            yield debt(
                "repair_broken_promises", matter, promise, due=broken, since=promise.due,
                band=WORD, rank=matter.worth + HURT, how="do" if promise.how == "do" else "call",
                ours_to_start=False, exact=True,
                alarms=(Alarm(at=broken, to="", what=says("Late: call, or tell them")),),
                what=says("Say sorry and put it right"), why=says("You gave your word and it was not kept"),
            )  # fmt: skip


rule = Rule(
    promise=says("A broken word is put right at once."),
    owed=owed,
    courage=says("An honest sorry, soon, keeps more people than a perfect record."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. I promised you {topic} and I am late. I am sorry. This is what I am doing now."
        ),
        voicemail=says(
            "Hello {name}, it's {me}. I am sorry: I am late with {topic}. I will ring again within the hour."
        ),
        mail=says(
            "Hello {name},\n\nI promised you {topic} and did not keep the time. I am sorry. You will have it by \n\nBest wishes\n{me}"
        ),
        text=says(
            "Hello {name}, {me} here. I am late with {topic}, sorry. I'll ring you within the hour."
        ),
    ),
)
