"""What a plan would do with a real person, if they stay quiet: `decide`, asked again and again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from followthrough.core.decide import decide
from followthrough.core.enrolments import NO_OFFER, enrolment
from followthrough.core.facts import CardPosted, Enrolled, Fact, Met, Noted, WeCalled, WeWrote
from followthrough.core.followups import Owed
from followthrough.core.history import History
from followthrough.core.plans import Plan
from followthrough.core.running import RULE
from followthrough.core.terms import Terms
from followthrough.ledger.books import read
from followthrough.ledger.models import Party
from followthrough.ledger.plans import chosen_in, with_plans
from followthrough.ledger.terms import terms_for, terms_of

AHEAD = timedelta(days=30)
INSTANT = timedelta(microseconds=1)  # at one instant with it, what is done stands before it
IMAGINED = "imagined"


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """A step, and the day on which it would be theirs. `sure`: it stands whatever they do."""

    number: int
    how: str
    what: str
    at: datetime
    held: str
    sure: bool


@dataclass(frozen=True, kw_only=True)
class Look:
    """`waits`: why it would not speak at once, or not after these days, as `Enrolment.why`."""

    days: list[Ahead]
    waits: str = ""


def preview(party: Party, plan: Plan, *, at: datetime, days: timedelta = AHEAD) -> Look:
    """From now on, as if it began now, each step done on its day and no word from them."""
    [books] = read([party])
    terms = terms_for(books, terms_of(party.workspace))
    terms = with_plans(terms, party.workspace_id, chosen_in(books.happened))
    terms = replace(terms, plans={**terms.plans, plan.key: plan})
    now = History(str(party.pk), books.happened)
    talk = now.open_talk
    begun = Enrolled(at=at, matter=talk.name if talk else "", plan=plan.key, name=IMAGINED)
    happened: list[Fact] = [*books.happened, begun]
    found: list[Ahead] = []
    while len(found) < len(plan.steps):
        history = History(str(party.pk), happened)
        step = next(_of_the_plan(decide(history, terms)), None)
        if step is None or max(step.due, at) > at + days:
            break
        found.append(
            Ahead(
                number=step.count, how=step.how, what=step.what, at=max(step.due, at),
                held=step.held, sure=not found,
            )
        )  # fmt: skip
        happened.append(_done(step, max(step.due, at + INSTANT), len(found)))
    waits = _why(party, happened, terms, plan.key)
    return Look(days=found, waits=waits if waits == NO_OFFER or not found else "")


def _why(party: Party, happened: list[Fact], terms: Terms, key: str) -> str:
    history = History(str(party.pk), happened)
    found = [enrolment(history, matter, terms) for matter in history.open_matters()]
    return next((one.why for one in found if one and one.plan.key == key), "")


def _of_the_plan(owed: list[Owed]) -> Iterator[Owed]:
    return (one for one in owed if one.rule == RULE and one.occasion.startswith(f"{IMAGINED}:"))


def _done(step: Owed, at: datetime, number: int) -> Fact:
    """Done on its day, and nobody answered."""
    common = {"at": at, "matter": step.matter, "did": step.key, "name": f"{IMAGINED}-{number}"}
    if step.how == "call":
        return WeCalled(outcome="message", **common)  # type: ignore[arg-type]
    if step.how in ("email", "sms"):
        return WeWrote(channel=step.how, **common)  # type: ignore[arg-type]
    if step.how == "card":
        return CardPosted(**common)  # type: ignore[arg-type]
    return Met(**common) if step.how == "meeting" else Noted(**common)  # type: ignore[arg-type]
