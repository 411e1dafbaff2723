"""Whoever wrote, rang or enquired hears from us, counted from their first unanswered word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from followthrough.core.facts import Fact, Planned, TheyCalled, TheyEnquired, TheyTookIt
from followthrough.core.followups import WAITING, Alarm, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import (
    DATED,
    HOT,
    Knob,
    Rule,
    Words,
    begging,
    debt,
    knob,
    our_calendar,
    owner_of,
)
from followthrough.core.saying import says
from followthrough.core.terms import Terms

LIMIT = Knob(default=1, unit=says("working days"), asks=says("A first word is late after"))
ESCALATE = Knob(
    default=1, unit=says("working days"), asks=says("The manager is told after another")
)
UPSET = Knob(
    default=1, unit=says("working hours"), asks=says("Somebody upset hears from us within"), most=80
)
DAYS = Knob(
    default=10,
    unit=says("days"),
    asks=says("Of a day they ask for, the manager is told before it by"),
)
UPSET_WHY = says("They are upset, and waiting for a word from us")
BEGGING_WHY = says("They want to buy from us, and are waiting for a word from us")
BLOCKS_AT = 3  # so often in vain, and nothing else goes out before them


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        if matter.waiting and not matter.is_tried_again:
            yield _answer(history, matter, terms)


def _answer(history: History, matter: Matter, terms: Terms) -> Owed:
    first, attempts = matter.waiting[0], matter.attempts
    due, later = _limits(history, matter, terms)
    near = _first_day_near(history, matter, terms)
    due = min(due, near) if near and near > first.at else due
    alarms = list(_alarms(history, matter, terms, due, later))
    if near:
        alarms.append(
            Alarm(at=near, to="manager", what=says("Unanswered, and their day comes near"))
        )
    start, due = _chosen_day(matter, first.at, due)
    one = debt(
        "answer_them", matter, first, due=due, start=start, band=WAITING, count=len(attempts),
        what=_what(matter), why=_why(matter), how=_how(matter),
        alarms=tuple(alarms), evidence=tuple(fact.name for fact in matter.waiting),
        ours_to_start=False, blocks=len(attempts) >= BLOCKS_AT,
    )  # fmt: skip
    lifts = (DATED if near else 0) + (HOT if _yes(matter) and not matter.hot else 0)
    return replace(one, rank=one.rank + lifts) if lifts else one


def _yes(matter: Matter) -> Fact | None:
    """They took an offer of ours, and have not heard a word since."""
    return next((said for said in matter.waiting if isinstance(said, TheyTookIt)), None)


def _what(matter: Matter) -> str:
    if matter.tried:
        return says("Try them again")
    return says("They said yes: go on from there") if _yes(matter) else says("Answer them")


def _first_day_near(history: History, matter: Matter, terms: Terms) -> datetime | None:
    """From when on the first of the days they asked for is near; None where they named none."""
    calendar, asked = our_calendar(history, matter, terms), matter.waiting[0].at
    ahead = [day for day in matter.days_asked if day > calendar.local(asked).date()]
    if not ahead:
        return None
    days = timedelta(days=knob(terms, "answer_them.days", DAYS))
    return max(calendar.day_start(ahead[0] - days), asked)


def _alarms(
    history: History, matter: Matter, terms: Terms, due: datetime, later: datetime
) -> Iterator[Alarm]:
    first, attempts = matter.waiting[0], matter.attempts
    yield Alarm(at=due, to="", what=_late(matter))
    if first.by and first.by != owner_of(history, matter, terms):
        yield Alarm(at=first.at, to="", what=says("A colleague took this for you"))
    yield Alarm(at=later, to="manager", what=says("Still no word from us"))
    if len(attempts) > 1:
        yield Alarm(at=attempts[1].at, to="manager", what=says("They wrote again, unanswered"))
    if taken := _yes(matter):
        yield Alarm(at=taken.at, to="", what=says("They took your offer"))
    if matter.upset:
        yield Alarm(at=matter.upset.at, to="manager", what=says("Somebody is upset with us"))


def _limits(history: History, matter: Matter, terms: Terms) -> tuple[datetime, datetime]:
    """When we are late, and when the manager is told. Asking again buys us no time; trying does."""
    calendar = our_calendar(history, matter, terms)
    days = knob(terms, "answer_them.limit", LIMIT)
    due = calendar.working_days_after(matter.waiting[0].at, days)
    if matter.tried:
        due = max(due, calendar.working_days_after(matter.tried.at, days))
    later = calendar.working_days_after(due, knob(terms, "answer_them.escalate", ESCALATE))
    if matter.upset:
        hurt = max(matter.upset, matter.tried or matter.upset, key=lambda fact: fact.at)
        hours = knob(terms, "answer_them.upset", UPSET)
        due = min(due, terms.team.working_hours_after(hurt.at, hours))
        later = due
    return due, later


def _chosen_day(matter: Matter, start: datetime, due: datetime) -> tuple[datetime, datetime]:
    """A day that one of us chose stands, as long as it is within the limit."""
    plan = matter.plan
    if matter.day_was_chosen and isinstance(plan, Planned) and plan.due <= due:
        return plan.due, plan.due
    return start, due


def _late(matter: Matter) -> str:
    return (
        says("You tried, and they are still waiting")
        if matter.tried
        else says("No word from us yet")
    )


def _why(matter: Matter) -> str:
    count = len(matter.attempts)
    if matter.tried:
        return says("They are waiting; you tried and did not reach them")
    if count > 1:
        return says("{n} unanswered, and they are still waiting for a word from us", n=count)
    if matter.upset or begging(matter):
        return UPSET_WHY if matter.upset else BEGGING_WHY
    if _yes(matter):
        return says("They took your offer, and are waiting for what comes next")
    return CAME.get(type(matter.waiting[0]), says("They wrote and nobody has answered"))


CAME: dict[type[Fact], str] = {
    TheyEnquired: says("They enquired and have not heard a word from us"),
    TheyCalled: says("They called, nobody picked up, and nobody has called back"),
}


def _how(matter: Matter) -> str:
    if matter.day_was_chosen and isinstance(matter.plan, Planned):
        return matter.plan.how
    channel = getattr(matter.waiting[-1], "channel", "call")
    return channel if channel in ("email", "sms") else "call"


WROTE = Words(
    call=says(
        "Hello {name}, it's {me}. You wrote to us about {topic}, and I wanted to answer you myself."
    ),
    voicemail=says(
        "Hello {name}, it's {me}, about {topic}. I have your message and will try you again this afternoon."
    ),
    mail=says("Hello {name},\n\nThank you for your message about {topic}. \n\nBest wishes\n{me}"),
    text=says("Hello {name}, {me} here. I have your message about {topic}. When may I ring you?"),
)
CALLED = Words(
    call=says(
        "Hello {name}, it's {me}. You called us about {topic}, and I wanted to ring you back myself."
    ),
    voicemail=says(
        "Hello {name}, it's {me}, about {topic}. You called us, and I will try you again this afternoon."
    ),
    mail=says("Hello {name},\n\nThank you for your call about {topic}. \n\nBest wishes\n{me}"),
    text=says("Hello {name}, {me} here. You called us about {topic}. When may I ring you?"),
)
ASKED = replace(
    WROTE,
    call=says(
        "Hello {name}, it's {me}. You asked us about {topic}, and I wanted to answer you myself."
    ),
)
TOOK_IT = replace(
    WROTE,
    call=says("Hello {name}, it's {me}. You said yes to {topic}: thank you. Shall we settle when?"),
    voicemail=says(
        "Hello {name}, it's {me}. Thank you for your yes. I'll try you again this afternoon."
    ),
    mail=says(
        "Hello {name},\n\nThank you for your yes. This is what happens next: \n\nBest wishes\n{me}"
    ),
    text=says("Hello {name}, {me} here. Thank you for your yes. When may I ring you?"),
)


def words_after(because: str) -> Words:
    """They follow the way by which they came to us; `because` is the name of that fact."""
    kind = because.split(".")[1:2]
    ways = {"TheyCalled": CALLED, "TheyWrote": WROTE, "TheyTookIt": TOOK_IT}
    return ways.get("".join(kind), ASKED)


rule = Rule(
    promise=says("We answer whoever is waiting for us."),
    owed=owed,
    knobs={"limit": LIMIT, "escalate": ESCALATE, "upset": UPSET, "days": DAYS},
    courage=says("You are not bothering them: they came to you."),
    words=WROTE,
)
