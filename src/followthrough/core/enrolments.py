"""Where somebody stands in a plan, derived from what happened: running, waiting, done or ended."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from itertools import pairwise
from statistics import median

from followthrough.core.before_end import lacks_offer, waits_from
from followthrough.core.calendar import Calendar, NoSlot
from followthrough.core.facts import TheyOrdered, TheyVisited
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.placing import Place, place_of
from followthrough.core.plans import BOOKED, CAME_BACK, Pause, Plan, Step, begins_with
from followthrough.core.rule import our_calendar, owner_of
from followthrough.core.running import (
    ASKED_TO_STOP,
    CHOSEN,
    DONE,
    ENQUIRY,
    ORDER,
    QUIET,
    QUOTE,
    REPLIED,
    Run,
)
from followthrough.core.terms import Terms
from followthrough.core.touches import Delay, next_touch

ACTIVE, WAITING, PAUSED, FINISHED, STOPPED = "active", "waiting", "paused", "finished", "stopped"
LIVE = (ACTIVE, WAITING, PAUSED)
# Why it waits for a person, why it rests, and why it ended beside what `running` knows.
THEY_WAIT, BOUNCED, HOT, OUR_WORD, THEIR_WORD, THEY_ASKED, COMPLAINT, OWN_STEP, PERHAPS, GONE = (
    "they_wait", "bounced", "hot", "our_word", "their_word", "they_asked", "complaint", "own_step",
    "perhaps", "gone",
)  # fmt: skip
NO_OFFER = "no_offer"
SPOKE, TWICE, RESTS = "spoke", "twice", "rests"
# Of two that begin at one instant.
FIRST = (CHOSEN, ORDER, QUOTE, QUIET, ENQUIRY)
# So many visits show a rhythm, and after so many times of it they have gone quiet (S54).
VISITS, LAPSED = 3, 3
SPREAD = 5  # working days


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    plan: Plan
    run: Run
    place: Place
    state: str
    why: str = ""

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def speaks(self) -> bool:
        """Whether the next step is the plan's to say, so that other rules need not."""
        return self.state == ACTIVE or (self.state == PAUSED and self.why in (COMPLAINT, RESTS))

    @property
    def since(self) -> datetime:
        """From when on the next step waits."""
        return self.place.waits_from(self.run.last)

    @property
    def step(self) -> Step:
        return self.plan.steps[self.place.number]

    @property
    def occasion(self) -> str:
        """Where something led to another step, what was open for the one below is over."""
        led = f".{self.place.number}" if self.place.by else ""
        return f"{self.run.occasion}{led}"

    @property
    def mends(self) -> bool:
        """What came back is seen to by its own next step."""
        return self.state == ACTIVE and self.place.by == CAME_BACK


def enrolment(history: History, matter: Matter, terms: Terms) -> Enrolment | None:
    """The plan that began last in this matter; an older one never comes back."""
    if not terms.plans or not matter.runs:
        return None
    found = _newest(history, matter, terms)
    if found is None:
        return None
    plan, run = found
    place = place_of(plan, run)
    state, why = (
        _ended(plan, run)
        or _twin(history, matter, terms, found)
        or _held(history, matter, place)
        or (
            (WAITING, NO_OFFER)
            if lacks_offer(history, plan.steps[place.number], place.waits_from(run.last))
            else None
        )
        or _rests(terms.pauses.get(plan.sequence))
    )
    return Enrolment(plan=plan, run=run, place=place, state=state, why=why)


def speaks(history: History, matter: Matter, terms: Terms) -> bool:
    one = enrolment(history, matter, terms)
    return one is not None and one.speaks


def runs_here(history: History, matter: Matter, terms: Terms) -> bool:
    """Also where it waits: it will ask again itself."""
    one = enrolment(history, matter, terms)
    return one is not None and one.is_live


def next_at(history: History, matter: Matter, terms: Terms, one: Enrolment) -> datetime:
    """In their hours and ours; in theirs alone where it leaves by itself. What fell due while its
    sequence rested begins to wait anew; what leaves by itself may wait for whose name it bears."""
    anchor, delay = waits_from(history, terms, one.step, one.since)
    if one.run.kind == QUIET and not one.run.step:
        anchor += _rhythm(history) * LAPSED
    ours = terms.contact if one.step.by_itself else our_calendar(history, matter, terms)
    touch = partial(_touch, [terms.contact, ours])
    due, pause = touch(anchor, delay), terms.pauses.get(one.plan.sequence)
    if pause and pause.until and due < pause.until:
        due = touch(touch(pause.until, delay), Delay(n=_spread(one.run), unit="business_days"))
    mine = terms.members.get(owner_of(history, matter, terms))
    if one.step.by_itself and mine and mine.plans_wait and mine.away_until and mine.is_away(due):
        due = touch(mine.calendar.day_end(mine.away_until), Delay(n=1, unit="days"))
    return due


def _touch(calendars: list[Calendar], anchor: datetime, delay: Delay) -> datetime:
    """Where no hour is common to both, ours decides."""
    theirs, ours = calendars
    try:
        return next_touch(anchor, delay, [theirs] if theirs == ours else calendars)
    except NoSlot:
        return next_touch(anchor, delay, [ours])


def _spread(run: Run) -> int:
    """Of many who were held up together, a part each day."""
    return blake2b(run.began.name.encode(), digest_size=1).digest()[0] % SPREAD


# --- which ------------------------------------------------------------------------------


def _newest(history: History, matter: Matter, terms: Terms) -> tuple[Plan, Run] | None:
    found = list(_with_plans(history, matter, terms))
    if not found:
        return None
    last = max(run.began.at for _, run in found)
    same = [one for one in found if one[1].began.at == last]
    same.sort(key=lambda one: FIRST.index(one[1].kind))
    return next((one for one in same if _ended(*one) is None), same[0])


def _with_plans(history: History, matter: Matter, terms: Terms) -> Iterator[tuple[Plan, Run]]:
    for run in matter.runs.values():
        key = run.plan or begins_with(terms.begins, run.kind, run.began.at)
        plan = terms.plans.get(key)
        unknown = run.kind == QUIET and not _rhythm(history)
        # On a list they may have stood for years, and nobody asked.
        if plan and plan.steps and not unknown and not (run.kind == ENQUIRY and matter.listed):
            yield plan, run


def _rhythm(history: History) -> timedelta:
    """How long it usually is between two of their visits; none where nobody can tell."""
    kinds = (TheyVisited, TheyOrdered)
    days = sorted({fact.at.date() for fact in history.facts if type(fact) in kinds})
    if len(days) < VISITS:
        return timedelta()
    return timedelta(days=median((b - a).days for a, b in pairwise(days)))


# --- how it stands ------------------------------------------------------------------------


def _ended(plan: Plan, run: Run) -> tuple[str, str] | None:
    place = place_of(plan, run)
    if place.answered:
        return STOPPED, REPLIED
    if run.ended:
        return STOPPED, run.why
    if run.no_mail and plan.sends:
        return STOPPED, ASKED_TO_STOP
    if place.spoken and plan.talk_ends:
        return STOPPED, SPOKE
    return (FINISHED, "") if place.number >= len(plan.steps) else None


def _twin(
    history: History, matter: Matter, terms: Terms, mine: tuple[Plan, Run]
) -> tuple[str, str] | None:
    """The same plan runs once with one party: where it began first (two records were joined)."""
    if history.stopped:
        return STOPPED, ASKED_TO_STOP
    plan, run = mine
    place = (run.began.at, matter.name)
    for other in history.open_matters():
        theirs = _newest(history, other, terms) if other is not matter and other.runs else None
        same = theirs and theirs[0].sequence == plan.sequence and _ended(*theirs) is None
        if same and theirs and (theirs[1].began.at, other.name) < place:
            return STOPPED, TWICE
    return None


def _rests(pause: Pause | None) -> tuple[str, str]:
    return (PAUSED, RESTS) if pause and pause.until is None else (ACTIVE, "")


def _held(history: History, matter: Matter, place: Place) -> tuple[str, str] | None:
    """What another promise speaks for waits for a person; a day of their own choice rests."""
    returned = matter.returned and place.by != CAME_BACK
    own = matter.plan if place.by != BOOKED or not matter.is_to_meet else None
    reasons = (
        (WAITING, THEY_WAIT, matter.waiting), (WAITING, BOUNCED, returned),
        (WAITING, PERHAPS, matter.perhaps), (WAITING, GONE, matter.gone),
        (WAITING, HOT, matter.is_hot), (WAITING, OUR_WORD, matter.promises),
        (WAITING, THEIR_WORD, matter.their_promises), (WAITING, THEY_ASKED, matter.asked),
        (PAUSED, OWN_STEP, own), (WAITING, COMPLAINT, matter.kind == "complaint"),
        (PAUSED, COMPLAINT, any(one.kind == "complaint" for one in history.open_matters())),
    )  # fmt: skip
    return next(((state, why) for state, why, holds in reasons if holds), None)


def moved(one: Enrolment, at: datetime) -> Enrolment:
    """As it would stand with its next step done at that time; for what a sheet says of the next."""
    run = replace(
        one.run, step=one.run.step + 1, last=at, log=(*one.run.log, (DONE, at)), by_hand=None
    )  # fmt: skip
    place = place_of(one.plan, run)
    state = FINISHED if place.number >= len(one.plan.steps) else ACTIVE
    return replace(one, run=run, place=place, state=state, why="")
