"""The team's plans as the core knows them. A version never changes, so each is read once."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from followthrough.core.enrolments import enrolment
from followthrough.core.facts import Enrolled, Fact
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.plans import Plan, Step
from followthrough.core.terms import Terms
from followthrough.ledger.models import FollowUp, SequenceVersion

STEP = tuple(Step.__dataclass_fields__)
MANY = 10_000
_known: dict[tuple[int, str], Plan] = {}


def plans_of(workspace: int, keys: Iterable[str]) -> dict[str, Plan]:
    """Those of them that there are, by key; asks for what no one has asked for before."""
    wanted = {key for key in keys if key}
    missing = [key for key in wanted if (workspace, key) not in _known]
    if missing:
        if len(_known) > MANY:
            _known.clear()
        for row in SequenceVersion.objects.filter(workspace=workspace, key__in=missing):
            _known[workspace, row.key] = plan_of(row)
    return {key: _known[workspace, key] for key in wanted if (workspace, key) in _known}


def plan_of(row: SequenceVersion) -> Plan:
    return Plan(
        key=row.key, sequence=str(row.sequence_id), name=row.name, talk_ends=row.talk_ends,
        steps=tuple(map(step_of, row.steps)),
    )  # fmt: skip


def step_of(plain: dict[str, Any]) -> Step:
    """What another release has written down beside is left aside."""
    known = {name: value for name, value in plain.items() if name in STEP}
    goes = tuple((str(what), int(number)) for what, number in known.pop("goes", ()))
    return Step(**known, goes=goes)


def step_of_row(followup: FollowUp) -> Step | None:
    """The step of a plan that this open follow-up is."""
    known = plans_of(followup.workspace_id, {followup.matter.plan})
    plan, place = known.get(followup.matter.plan), followup.matter.plan_step
    return plan.steps[place] if plan and place < len(plan.steps) else None


def plain(step: Step) -> dict[str, Any]:
    return asdict(step)


def chosen_in(happened: Iterable[Fact]) -> frozenset[str]:
    """The keys of the plans that somebody chose, at whatever time."""
    return frozenset(fact.plan for fact in happened if type(fact) is Enrolled)


def with_plans(terms: Terms, workspace: int, keys: Iterable[str]) -> Terms:
    more = set(keys) - terms.plans.keys()
    return replace(terms, plans={**terms.plans, **plans_of(workspace, more)}) if more else terms


# --- the copy in the books -------------------------------------------------------------------

NO_PLAN: dict[str, Any] = {
    "plan": "", "plan_step": 0, "plan_state": "", "plan_why": "", "plan_since": None,
}  # fmt: skip


def copied_of(stand: Matter, history: History, terms: Terms) -> dict[str, Any]:
    """How a matter stands in a plan, as its row says it."""
    one = enrolment(history, stand, terms)
    if one is None:
        return NO_PLAN
    return {
        "plan": one.plan.key, "plan_step": min(one.place.number, len(one.plan.steps)),
        "plan_state": one.state, "plan_why": one.why, "plan_since": one.run.began.at,
    }  # fmt: skip
