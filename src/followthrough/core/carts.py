"""What was left in a cart is settled by an order, in whichever order we hear of the two."""

from collections.abc import Iterable
from datetime import timedelta

from followthrough.core.facts import Closed, Fact, TheyLeftACart, TheyOrdered
from followthrough.core.matter import Matter

# Shops go on telling of a cart for a while after it was ordered.
ECHO = timedelta(days=1)
ORDERED = "ordered"


def settle_carts(matters: Iterable[Matter], happened: Iterable[Fact]) -> None:
    left = [matter for matter in matters if matter.cart is not None]
    if not left:
        return
    orders = [fact for fact in happened if isinstance(fact, TheyOrdered)]
    for matter in left:
        order = next((one for one in orders if _settles(one, matter.cart)), None)
        if order is not None:
            _settle(matter, order)


def _settles(order: TheyOrdered, cart: TheyLeftACart | None) -> bool:
    """Whatever they left before they ordered; and of that same cart, what was told since."""
    if cart is None or cart.at <= order.at:
        return True
    return bool(cart.cart) and cart.cart == order.cart and cart.at <= order.at + ECHO


def _settle(matter: Matter, order: TheyOrdered) -> None:
    """What else was said in it stays open: a question, a word, a day that one of us chose."""
    matter.cart = None
    if matter.kind != "cart":
        return
    if matter.waiting or matter.promises or matter.their_promises or matter.asked:
        matter.kind = "enquiry"
        return
    matter.closed = Closed(at=order.at, matter=matter.name, name=order.name, outcome=ORDERED)
