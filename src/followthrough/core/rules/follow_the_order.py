"""An order is thanked for, and some days later we ask whether they are happy with it."""

from collections.abc import Iterator

from followthrough.core.facts import TheyOrdered
from followthrough.core.followups import WARM, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

THANKS = Knob(default=1, unit=says("working days"), asks=says("We thank for an order within"))
HAPPY = Knob(
    default=10,
    unit=says("working days"),
    asks=says("After an order we ask whether they are happy in"),
    least=1,
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    """Only where the order stands by itself: in a talk the talk goes on."""
    for matter in history.open_matters():
        order = matter.theirs
        if matter.kind != "order" or not isinstance(order, TheyOrdered):
            continue
        if matter.plan or matter.waiting or matter.unreached:
            continue
        if not matter.silence:
            yield _thanks(history, matter, order, terms)
        elif matter.silence == 1:
            yield _happy(history, matter, order, terms)


def _thanks(history: History, matter: Matter, order: TheyOrdered, terms: Terms) -> Owed:
    days = knob(terms, "follow_the_order.thanks", THANKS)
    return debt(
        "follow_the_order", matter, order, band=WARM, how="email", start=order.at,
        due=our_calendar(history, matter, terms).working_days_after(order.at, days),
        what=says("Thank them for the order"), why=says("They ordered, and have had no thanks yet"),
    )  # fmt: skip


def _happy(history: History, matter: Matter, order: TheyOrdered, terms: Terms) -> Owed:
    days = knob(terms, "follow_the_order.happy", HAPPY)
    return debt(
        "follow_the_order", matter, order, occasion=f"{order.name}:happy", band=WARM,
        due=our_calendar(history, matter, terms).working_days_after(order.at, days),
        what=says("Ask whether they are happy with it"),
        why=says("By now they have it, and know what it is like"),
    )  # fmt: skip


rule = Rule(
    promise=says("An order is thanked for, and asked after."),
    owed=owed,
    knobs={"thanks": THANKS, "happy": HAPPY},
    courage=says("They chose you. Nobody minds being thanked."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. You ordered from us, and I wanted to hear whether you are happy with it."
        ),
        voicemail=says(
            "Hello {name}, it's {me}. Thank you for your order. If anything is not right with it, ring me."
        ),
        mail=says(
            "Hello {name},\n\nThank you for your order. If anything about it is not as you wished, tell me, and I will put it right.\n\nBest wishes\n{me}"
        ),
        text=says(
            "Hello {name}, {me} here. Thank you for your order. Is everything as you wished?"
        ),
    ),
)
