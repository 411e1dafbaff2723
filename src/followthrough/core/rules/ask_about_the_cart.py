"""What they chose in the shop and did not order: we ask whether anything stood in the way."""

from collections.abc import Iterator
from datetime import timedelta

from followthrough.core.changes import CART
from followthrough.core.followups import QUIET, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

AFTER = Knob(
    default=2,
    unit=says("hours"),
    asks=says("We ask about what they left in the cart after"),
    most=72,
)
LIMIT = Knob(
    default=1, unit=says("working days"), asks=says("That question is late after another"), least=1
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        if matter.cart is not None and not _is_spoken_for(matter):
            yield _ask(history, matter, terms)


def _is_spoken_for(matter: Matter) -> bool:
    """Somebody has chosen a day, they are waiting anyway, or we have asked: silence has its rule."""
    return bool(matter.plan or matter.waiting or matter.touch or matter.talk)


def _ask(history: History, matter: Matter, terms: Terms) -> Owed:
    cart = matter.cart or matter.opened
    start = cart.at + timedelta(hours=knob(terms, "ask_about_the_cart.after", AFTER))
    days = knob(terms, "ask_about_the_cart.limit", LIMIT)
    return debt(
        "ask_about_the_cart", matter, cart, occasion=CART, band=QUIET, exact=True, start=start,
        due=our_calendar(history, matter, terms).working_days_after(start, days), how="email",
        what=says("Ask what stood in the way"),
        why=says("They chose something and have not ordered it"),
    )  # fmt: skip


rule = Rule(
    promise=says("What they left in the cart is asked about, once."),
    owed=owed,
    knobs={"after": AFTER, "limit": LIMIT},
    courage=says("They chose it themselves. Perhaps a single question stood in the way."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. You chose something in our shop. Is there anything that I can answer?"
        ),
        voicemail=says(
            "Hello {name}, it's {me}. You chose something in our shop; if a question is open, ring me."
        ),
        mail=says(
            "Hello {name},\n\nYou chose something in our shop and have not ordered it. Did anything stand in the way? Just ask: I am glad to help, and if you changed your mind that is fine too.\n\nBest wishes\n{me}"
        ),
        text=says(
            "Hello {name}, {me} here. You chose something in our shop. May I answer a question about it?"
        ),
    ),
)
