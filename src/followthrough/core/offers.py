"""An offer that is open: until when, and whether they were told of its last day."""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from followthrough.core import facts
from followthrough.core.calendar import Calendar, NoSlot
from followthrough.core.facts import NOBODYS, THEIRS, Fact

RULE = "last_day_of_the_offer"
A_MOMENT = timedelta(microseconds=1)
EARLY = timedelta(hours=12)  # a word so long before the last day is that word, and no other
NEAR = timedelta(days=2)
OVER = (facts.TheyTookIt, facts.TheyDeclined)


@dataclass(frozen=True, kw_only=True)
class Open:
    """`touch` is our last word since it was made; `told`: the follow-up of its last day is done."""

    offer: facts.Offered
    touch: Fact | None = None
    told: bool = False


def hear(offers: MutableMapping[str, Open], fact: Fact) -> None:
    """What this word of theirs or ours does to the offers of its matter."""
    for name, one in tuple(offers.items()):
        if _ends(one.offer, fact):
            del offers[name]
        elif fact.turn not in (THEIRS, NOBODYS):
            told = one.told or (fact.did.startswith(f"{RULE}/") and fact.did.endswith(f"/{name}"))
            offers[name] = replace(one, touch=fact, told=told)


def _ends(offer: facts.Offered, fact: Fact) -> bool:
    """They said yes or no, or ordered; or we spoke about it after its end."""
    if isinstance(fact, OVER):
        return fact.offer in ("", offer.name)
    spoke = fact.turn != NOBODYS and fact.at >= offer.until
    return spoke or isinstance(fact, facts.TheyOrdered)


def last_day(one: Open, contact: Calendar) -> tuple[datetime, datetime] | None:
    """The hours, on the last day before its end on which they may be reached, in which they hear of
    it; None where they know, or where it was made too late for one."""
    offer = one.offer
    try:
        there = replace(contact, zone=offer.zone) if offer.zone else contact
        opens = there.working_day_before(offer.until - A_MOMENT)
        closes = there.day_end(there.local(opens).date())
    except NoSlot:
        return None
    known = one.told or (one.touch is not None and one.touch.at >= opens - EARLY)
    return None if known or closes <= offer.at else (opens, closes)


def end_that_is_near(offers: Iterable[Open], contact: Calendar, due: datetime) -> datetime | None:
    """When they hear of a last day about then, they need not be asked for another reason, too."""
    for one in offers:
        hours = last_day(one, contact)
        if hours and hours[0] - NEAR <= due < one.offer.until:
            return one.offer.until
    return None
