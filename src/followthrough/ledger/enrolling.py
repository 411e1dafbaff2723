"""A plan begins with somebody, or cannot; a step is left out; it is stopped. Each is a fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from followthrough.core.enrolments import Enrolment, enrolment
from followthrough.core.facts import Enrolled, NotEnrolled, StepByHand, StepSkipped, Unenrolled
from followthrough.core.history import History
from followthrough.core.plans import Plan
from followthrough.core.running import CHOSEN
from followthrough.core.saying import Saying, says
from followthrough.core.terms import Terms
from followthrough.ledger.books import history_of, read
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Member, Party, Sequence
from followthrough.ledger.plans import chosen_in, plan_of, with_plans
from followthrough.ledger.record import record
from followthrough.ledger.sequences import newest
from followthrough.ledger.terms import terms_for, terms_of

RETIRED = "retired"
REFUSED = {
    RETIRED: says("This plan was put away: it begins with nobody any more. Choose another one."),
    "stopped": says("They asked us to stop, so no plan begins."),
    "runs": says("They are in it already."),
    "other": says("Another plan runs with them. Stop that one first."),
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What happened with them, and on which terms that is read."""

    history: History
    terms: Terms

    def of(self, key: str) -> Enrolment | None:
        matter = self.history.matters.get(key)
        return enrolment(self.history, matter, self.terms) if matter else None


def standing_of(party: Party) -> Standing:
    [books] = read([party])
    terms = terms_for(books, terms_of(party.workspace))
    terms = with_plans(terms, party.workspace_id, chosen_in(books.happened))
    return Standing(history=History(str(party.pk), books.happened), terms=terms)


def enrol(
    party: Party, sequence: Sequence, *, by: Member, at: datetime, source: str
) -> Saying | None:
    """It begins in the talk that is open, else opens one. Else why not: that is kept as well."""
    version = newest(sequence)
    with transaction.atomic():
        root = lock({party.pk})[party.pk]
        gone = Sequence.objects.filter(pk=sequence.pk).exclude(retired_at=None).exists()
        reason = RETIRED if gone else _refused(standing_of(root), plan_of(version))
        if reason:
            told = NotEnrolled(at=at, by=str(by.pk), called=version.name, reason=reason)
            record(root, told, source=source, at=at)
            return REFUSED[reason]
        talk = history_of(root).open_talk
        begun = Enrolled(
            at=at, by=str(by.pk), matter=talk.name if talk else "", plan=version.key,
            called=version.name,
        )  # fmt: skip
        record(root, begun, source=source, at=at)
    return None


def enrol_all(
    parties: Iterable[Party], sequence: Sequence, *, by: Member, at: datetime, source: str
) -> list[tuple[Party, Saying]]:
    """Whom it could not begin with, and why."""
    refused = []
    for party in parties:
        why = enrol(party, sequence, by=by, at=at, source=f"{source}:{party.pk}")
        if why:
            refused.append((party, why))
    return refused


def _refused(standing: Standing, plan: Plan) -> str:
    """What begins by itself makes way for a plan that somebody chose."""
    if standing.history.stopped or (plan.sends and standing.history.refuses("email")):
        return "stopped"
    running = [
        one
        for matter in standing.history.open_matters()
        if (one := enrolment(standing.history, matter, standing.terms)) and one.is_live
    ]
    if any(one.plan.sequence == plan.sequence for one in running):
        return "runs"
    return "other" if any(one.run.kind == CHOSEN for one in running) else ""


def skip(party: Party, matter: str, *, by: Member, at: datetime, source: str) -> bool:
    """The step that is next is left out. False: there is none."""
    one = standing_of(party).of(matter)
    if one is None or not one.is_live:
        return False
    fact = StepSkipped(
        at=at, by=str(by.pk), matter=matter, run=one.run.began.name, step=one.run.step
    )
    return record(party, fact, source=source, at=at)


def by_hand(party: Party, matter: str, *, by: Member, at: datetime, source: str) -> bool:
    """What would leave by itself is done by one of us. False: nothing of that kind is next."""
    one = standing_of(party).of(matter)
    if one is None or not one.is_live or not one.step.by_itself:
        return False
    fact = StepByHand(
        at=at, by=str(by.pk), matter=matter, run=one.run.began.name, step=one.run.step
    )
    return record(party, fact, source=source, at=at)


def stop(party: Party, matter: str, *, by: Member, at: datetime, source: str) -> bool:
    """False: nothing runs there."""
    one = standing_of(party).of(matter)
    if one is None or not one.is_live:
        return False
    return record(party, Unenrolled(at=at, by=str(by.pk), matter=matter), source=source, at=at)
