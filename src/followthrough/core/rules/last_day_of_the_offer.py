"""Whoever has an offer hears of its last day, on the last day before it that is open to them."""

from collections.abc import Iterator

from followthrough.core.before_end import offer_before_end
from followthrough.core.enrolments import ACTIVE, STOPPED, enrolment
from followthrough.core.facts import NotNow
from followthrough.core.followups import QUIET, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.offers import RULE, Open, last_day
from followthrough.core.plans import BEFORE_END
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

AFTER = Knob(
    default=1, unit=says("working days"),
    asks=says("After an offer has ended in silence we ask within"), least=1,
)  # fmt: skip


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    if history.stopped:
        return
    for matter in history.open_matters():
        if matter.waiting or isinstance(matter.plan, NotNow):
            continue
        told = _told_by_a_plan(history, matter, terms) if matter.offers else set()
        for one in matter.offers.values():
            if one.offer.name not in told:
                yield from _before_its_end(matter, one, terms)
            yield from _after_its_end(history, matter, one, terms)


def _told_by_a_plan(history: History, matter: Matter, terms: Terms) -> set[str]:
    """The names of the offers of which a step of a plan tells them, or has told them."""
    told: set[str] = set()
    for other in history.open_matters():
        plan = enrolment(history, other, terms)
        if plan is None or plan.state == STOPPED:
            continue
        if plan.state == ACTIVE and plan.step.unit == BEFORE_END:
            comes = offer_before_end(history, plan.since)
            told |= {comes.offer.name} if comes else set()
        if any(plan.plan.steps[n].unit == BEFORE_END for n in plan.place.done):
            told |= {name for name, one in matter.offers.items() if one.offer.at <= plan.run.last}
    return told


def _before_its_end(matter: Matter, one: Open, terms: Terms) -> Iterator[Owed]:
    hours = last_day(one, terms.contact)
    if hours is not None:
        opens, closes = hours
        yield debt(
            RULE, matter, one.offer, occasion=one.day, how="email", band=QUIET,
            start=opens, due=closes, until=one.offer.until, chosen=True,
            what=says("Tell them that the offer ends soon"),
            why=says("Your offer ends, and they have said neither yes nor no"),
        )  # fmt: skip


def _after_its_end(history: History, matter: Matter, one: Open, terms: Terms) -> Iterator[Owed]:
    """Only where our last word is not the last at all: their silence after it has its own rule."""
    if one.over or matter.touch is not None:
        return
    ends, days = one.offer.until, knob(terms, f"{RULE}.after", AFTER)
    yield debt(
        RULE, matter, one.offer, occasion=f"{one.day}:ended", band=QUIET,
        start=ends, due=our_calendar(history, matter, terms).working_days_after(ends, days),
        what=says("Ask how it stands"),
        why=says("Your offer has ended, and nobody spoke with them about it"),
    )  # fmt: skip


rule = Rule(
    promise=says("An offer with an end is brought to mind before it ends."),
    owed=owed,
    knobs={"after": AFTER},
    courage=says("It is no pressure to say when something ends. It is fair."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. What I offered you ends soon, and I did not want you to miss it. Shall I put you down for it?"
        ),
        voicemail=says(
            "Hello {name}, it's {me}. What I offered you ends soon. If you would like it, ring me, or press yes on its page."
        ),
        mail=says(
            "Hello {name},\n\nWhat I offered you about {topic} ends soon. If you would like it, press yes on its page. If not, that is fine too: one press on no, and I will not ask again.\n\nBest wishes\n{me}"
        ),
        text=says("Hello {name}, {me} here. What I offered you ends soon. Would you like it?"),
    ),
)
