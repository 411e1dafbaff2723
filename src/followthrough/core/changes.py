"""What each kind of fact changes in its matter, beside whose turn it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.matter import Matter, they_wait
from followthrough.core.offers import Open, on_another_day

# Calendars know these years. What lies beyond is a slip of the pen, and still owed.
FIRST_DAY = datetime(1900, 1, 1, tzinfo=UTC)
LAST_DAY = datetime(2200, 1, 1, tzinfo=UTC)
CART = "cart"  # the occasion of what is asked about one: however often it changes, it is one cart
AFacts = TypeVar("AFacts", bound=Fact)


def within_reason(fact: AFacts) -> AFacts:
    """The fact, with every moment in it brought into the years that calendars know."""
    moments = {"at": fact.at} | {
        name: moment
        for name in facts.MOMENTS
        if isinstance(moment := getattr(fact, name, None), datetime)
    }
    beyond = {
        name: min(max(moment, FIRST_DAY), LAST_DAY)
        for name, moment in moments.items()
        if not FIRST_DAY <= moment <= LAST_DAY
    }
    return replace(fact, **beyond) if beyond else fact  # type: ignore[arg-type]


def _opened(matter: Matter, fact: facts.Opened) -> None:
    matter.kind = fact.kind
    matter.owner = fact.owner or matter.owner
    matter.value = fact.value or matter.value
    matter.chance = fact.chance
    matter.days = fact.days
    matter.closed = None
    if fact.kind == "complaint" and not matter.waiting and not matter.touches:
        they_wait(matter, fact)


def _closed(matter: Matter, fact: facts.Closed) -> None:
    matter.closed = fact
    matter.plan = None


def _reopened(matter: Matter, _fact: facts.Reopened) -> None:
    matter.closed = None


def _handed_over(matter: Matter, fact: facts.HandedOver) -> None:
    matter.owner = fact.to


def _moved(matter: Matter, fact: facts.Staged) -> None:
    """Whoever moves a deal that rests has taken it up again."""
    matter.stage, matter.chance = fact.stage, fact.chance
    if isinstance(matter.plan, facts.NotNow):
        matter.plan = None


def _estimated(matter: Matter, fact: facts.Estimated) -> None:
    matter.value = matter.value if fact.value is None else fact.value
    if fact.expected:
        matter.expected = None if fact.expected == facts.NEVER else _day(fact.expected)


def _day(text: str) -> date | None:
    try:
        return min(max(date.fromisoformat(text), FIRST_DAY.date()), LAST_DAY.date())
    except ValueError:
        return None


def _planned(matter: Matter, fact: facts.Planned | facts.NotNow) -> None:
    matter.plan = within_reason(fact)


def _booked(matter: Matter, fact: facts.TheyBooked) -> None:
    """What they agreed to stands ahead on its day, like a next step that one of us chose."""
    if fact.due is not None and fact.due > fact.at:
        meet = facts.Planned(at=fact.at, name=fact.name, due=fact.due, how="meeting")
        matter.plan, matter.agreed = within_reason(meet), fact.name


def _qualified(matter: Matter, fact: facts.Qualified) -> None:
    matter.hot = fact if fact.yes else None
    matter.struck = False


def _bounced(matter: Matter, fact: facts.Bounced) -> None:
    """Our last touch has not reached them. Where another one went out since, that one has."""
    if fact.final and getattr(matter.touch, "channel", "") == fact.channel:
        matter.returned = matter.returned or fact


def _auto_replied(matter: Matter, fact: facts.AutoReplied) -> None:
    if fact.gone:
        matter.gone = matter.gone or fact


def _perhaps(matter: Matter, fact: facts.PerhapsReplied) -> None:
    matter.perhaps.append(fact)


def _quoted(matter: Matter, fact: facts.QuoteSent) -> None:
    matter.quote = fact
    matter.value = fact.amount or matter.value


def _left_a_cart(matter: Matter, fact: facts.TheyLeftACart) -> None:
    matter.cart = fact
    if matter.kind == "cart":
        matter.value = fact.amount


def _listed(matter: Matter, fact: facts.Listed) -> None:
    matter.listed = fact


def _offered(matter: Matter, fact: facts.Offered) -> None:
    matter.offers[fact.name] = Open(offer=within_reason(fact), day=fact.name)


def _last_day_moved(matter: Matter, fact: facts.LastDayMoved) -> None:
    one = matter.offers.get(fact.offer)
    if one:
        matter.offers[fact.offer] = on_another_day(one, within_reason(fact))


def _offer_ended(matter: Matter, fact: facts.OfferEnded) -> None:
    matter.offers.pop(fact.offer, None)


def _asked(matter: Matter, fact: facts.Asked) -> None:
    matter.asked[fact.name] = fact


def _asked_for_days(matter: Matter, fact: facts.AskedForDays) -> None:
    known = [day for day in fact.dates if FIRST_DAY.date() <= day <= LAST_DAY.date()]
    matter.days_asked = sorted({*matter.days_asked, *known})


def _provided(matter: Matter, fact: facts.Provided) -> None:
    if not fact.proof:
        return
    matter.asked.pop(fact.asked, None)
    if fact.channel == "post":
        matter.provided.append(fact)


def _promised(matter: Matter, fact: facts.WePromised) -> None:
    matter.promises[fact.name] = within_reason(fact)


def _they_promised(matter: Matter, fact: facts.TheyPromised) -> None:
    matter.their_promises[fact.name] = within_reason(fact)


def _kept(matter: Matter, fact: facts.PromiseKept | facts.PromiseReleased) -> None:
    matter.promises.pop(fact.promise, None)
    matter.their_promises.pop(fact.promise, None)


CHANGES: dict[type[Fact], Callable[..., None]] = {
    facts.Opened: _opened,
    facts.Closed: _closed,
    facts.Reopened: _reopened,
    facts.HandedOver: _handed_over,
    facts.Staged: _moved,
    facts.Estimated: _estimated,
    facts.Planned: _planned,
    facts.NotNow: _planned,
    facts.TheyBooked: _booked,
    facts.Qualified: _qualified,
    facts.QuoteSent: _quoted,
    facts.Bounced: _bounced,
    facts.AutoReplied: _auto_replied,
    facts.PerhapsReplied: _perhaps,
    facts.TheyLeftACart: _left_a_cart,
    facts.Listed: _listed,
    facts.Offered: _offered,
    facts.LastDayMoved: _last_day_moved,
    facts.OfferEnded: _offer_ended,
    facts.Asked: _asked,
    facts.AskedForDays: _asked_for_days,
    facts.Provided: _provided,
    facts.WePromised: _promised,
    facts.TheyPromised: _they_promised,
    facts.PromiseKept: _kept,
    facts.PromiseReleased: _kept,
}


def let_go(matter: Matter, occasion: str) -> None:
    """What a person waived no longer stands in the way of other rules, nor covers later words."""
    if matter.waiting and matter.waiting[0].name == occasion:
        matter.waiting, matter.upset, matter.tried = [], None, None
    if matter.plan and matter.plan.name == occasion:
        matter.plan = None
    if matter.hot and matter.hot.name == occasion:
        matter.hot = None
    if matter.returned and matter.returned.name == occasion:
        matter.returned = None
    if matter.gone and matter.gone.name == occasion:
        matter.gone = None
    matter.perhaps = [fact for fact in matter.perhaps if fact.name != occasion]
    if matter.cart and occasion == CART:
        matter.cart = None
    matter.promises.pop(occasion, None)
    matter.their_promises.pop(occasion, None)
    matter.asked.pop(occasion, None)
    matter.provided = [sent for sent in matter.provided if sent.name != occasion]
