"""Two small plans, and terms on which they are known."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.core.cast import terms

from followthrough.core.plans import BOOKED, Begin, Plan, Step
from followthrough.core.running import ENQUIRY, ORDER, QUIET, QUOTE

SHORT = Plan(
    key="short", sequence="s", name="Three words",
    steps=(
        Step(how="call", wait=1, goes=((BOOKED, 3),)),
        Step(how="email", wait=2, words="Hello {name}"), Step(how="card", wait=3),
    ),
)  # fmt: skip
LONG = Plan(
    key="long", sequence="l", name="Seven words", talk_ends=False,
    steps=tuple(Step(how=how, wait=5) for how in ("call", "email", "call", "card", "call")),
)  # fmt: skip
PLANS = {plan.key: plan for plan in (SHORT, LONG)}
EVER = datetime(2020, 1, 1, tzinfo=UTC)
BY_THEMSELVES = tuple(
    Begin(kind=kind, since=EVER, plan=plan)
    for kind, plan in ((ENQUIRY, "long"), (QUOTE, "short"), (ORDER, "short"), (QUIET, "short"))
)


def with_plans(*begins, **given):
    return terms(plans=PLANS, begins=begins, **given)


def sending():
    """The mail of the short one leaves by itself."""
    steps = tuple(replace(step, alone=True) for step in SHORT.steps)
    return terms(plans=PLANS | {"short": replace(SHORT, steps=steps)})
