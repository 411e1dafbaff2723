"""A team that has taken the ready-made plans, and what it does with the step that is next."""

from tests.ledger.scene import MONDAY

from followthrough.core import facts
from followthrough.ledger import sequences
from followthrough.ledger.models import FollowUp, Matter, Sequence
from followthrough.ledger.record import record

LONG_BEFORE = MONDAY.replace(month=1)
MADE_BY = {
    "call": lambda **how: facts.WeCalled(outcome="message", **how),
    "email": lambda **how: facts.WeWrote(channel="email", **how),
    "sms": lambda **how: facts.WeWrote(channel="sms", **how),
    "card": facts.CardPosted,
}


def with_plans(workspace):
    sequences.take_all(workspace, at=LONG_BEFORE)
    workspace.refresh_from_db()


def plan_called(ready):
    return Sequence.objects.get(ready=ready)


def tell(party, *told, source):
    record(party, *told, source=source, at=max(fact.at for fact in told))


def step_of(party):
    """The one step of a plan that is ahead with them; None where there is none."""
    return FollowUp.objects.filter(party=party, settled_at=None, rule="ask_again").first()


def do_it(party, at=None):
    """The step that is next is done on its day, and nobody answers."""
    row = step_of(party)
    at = at or row.due
    done = MADE_BY[row.how](at=at, matter=row.matter.key, did=row.key)
    tell(party, done, source=f"done:{row.pk}")
    return row


def follow(party, most=30):
    """All steps that come, each done on its day."""
    done = []
    while step_of(party) and len(done) < most:
        done.append(do_it(party))
    return done


def stands(party):
    row = Matter.objects.filter(party=party).exclude(plan="").order_by("-pk")[0]
    return row.plan_state, row.plan_why
