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
    """`offer` as it was said last, its last day too; `day` is the name of the fact that said that.
    `touch` is our last word since it was made; `told`: the follow-up of this last day is done.
    `over`: they `ordered`, or we spoke about it after its end."""

    offer: facts.Offered
    day: str
    touch: Fact | None = None
    told: bool = False
    over: bool = False
    ordered: bool = False


def hear(offers: MutableMapping[str, Open], fact: Fact) -> None:
    """What this word of theirs or ours does to the offers of its matter."""
    for name, one in tuple(offers.items()):
        if isinstance(fact, OVER) and fact.offer in ("", name):
            del offers[name]
        elif _ends(one.offer, fact):
            ordered = one.ordered or isinstance(fact, facts.TheyOrdered)
            offers[name] = replace(one, over=True, ordered=ordered)
        elif fact.turn not in (THEIRS, NOBODYS):
            did = fact.did.startswith(f"{RULE}/") and fact.did.endswith(f"/{one.day}")
            offers[name] = replace(one, touch=fact, told=one.told or did)


def _ends(offer: facts.Offered, fact: Fact) -> bool:
    spoke = fact.turn != NOBODYS and fact.at >= offer.until
    return spoke or isinstance(fact, facts.TheyOrdered)


def on_another_day(one: Open, moved: facts.LastDayMoved) -> Open:
    """They are told of that one anew, and it stands again, if it had ended in silence."""
    offer = replace(
        one.offer, at=moved.at, until=moved.until, wall=moved.wall, zone=moved.zone
    )  # fmt: skip
    return replace(one, offer=offer, day=moved.name, told=False, over=one.ordered)


def last_day(one: Open, contact: Calendar) -> tuple[datetime, datetime] | None:
    """The hours, on the last day before its end on which they may be reached, in which they hear of
    it; None where they know, or where it was made too late for one."""
    offer = one.offer
    try:
        there = _there(one, contact)
        opens = there.working_day_before(offer.until - A_MOMENT)
        closes = there.day_end(there.local(opens).date())
    except NoSlot:
        return None
    known = one.over or one.told or (one.touch is not None and one.touch.at >= opens - EARLY)
    return None if known or closes <= offer.at else (opens, closes)


def next_to_end(offers: Iterable[Open], since: datetime) -> Open | None:
    """Of those that stand then, and that they have neither taken nor refused."""
    standing = (one for one in offers if not one.over and one.offer.until > since)
    return min(standing, key=lambda one: one.offer.until, default=None)


def days_before(one: Open, days: int, contact: Calendar) -> datetime:
    """The opening of so many working days before its last day; at once where there is none."""
    moment = one.offer.until - A_MOMENT
    try:
        there = _there(one, contact)
        for _ in range(days):
            moment = there.working_day_before(moment)
    except NoSlot:
        return one.offer.at
    return moment


def _there(one: Open, contact: Calendar) -> Calendar:
    return replace(contact, zone=one.offer.zone) if one.offer.zone else contact


def end_that_is_near(offers: Iterable[Open], contact: Calendar, due: datetime) -> datetime | None:
    """When they hear of a last day about then, they need not be asked for another reason, too."""
    for one in offers:
        hours = last_day(one, contact)
        if hours and hours[0] - NEAR <= due < one.offer.until:
            return one.offer.until
    return None
