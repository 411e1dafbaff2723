"""An order or a left cart, in one shape for all shops."""

from dataclasses import dataclass
from datetime import datetime

from followthrough.core.facts import TheyLeftACart, TheyOrdered
from followthrough.core.saying import says
from followthrough.inlets.brought import Brought, Nothing
from followthrough.inlets.noticed import Contact

UNKNOWN_TOPIC = says("This is nothing that we follow up. It is kept here.")
NOBODY = says("It does not say whose it is.")
MOST_LINES = 50


@dataclass(frozen=True, kw_only=True)
class Bought:
    """`number` is what the shop calls the order, `cart` the cart that it was; `lines` are what is
    in it, with how many of each."""

    number: str
    cart: str
    at: datetime
    amount: int
    currency: str = ""
    lines: tuple[tuple[int, str], ...] = ()


def ordered(contact: Contact, bought: Bought) -> Brought | Nothing:
    """One order is told once, by however many deliveries."""
    if not contact.known_by_something:
        return Nothing(why=NOBODY)
    fact = TheyOrdered(at=bought.at, amount=bought.amount, cart=bought.cart)
    return Brought(
        contact=contact, source=f"order:{bought.number}", facts=(fact,), words=(_words(bought),),
        currency=bought.currency,
    )  # fmt: skip


def left(contact: Contact, bought: Bought) -> Brought | Nothing:
    """Each change of the cart is told: the last one counts."""
    if not (contact.emails or contact.phones):
        return Nothing(why=NOBODY)
    fact = TheyLeftACart(
        at=bought.at, matter=f"cart-{bought.cart}"[:80], cart=bought.cart, amount=bought.amount
    )
    return Brought(
        contact=contact, source=f"cart:{bought.cart}:{bought.at.isoformat()}", facts=(fact,),
        words=(_words(bought),), currency=bought.currency,
    )  # fmt: skip


def _words(bought: Bought) -> tuple[str, str]:
    names = ", ".join(name for _, name in bought.lines)
    lines = [f"{count} × {name}" for count, name in bought.lines[:MOST_LINES]]
    return (names[:200] or bought.number, "\n".join(lines))


def named(first: str, last: str) -> str:
    return f"{first} {last}".strip()
