"""How far a plan has come in a matter: steps done or left out, and what ended it. Read from what
happened alone; `enrolments.py` looks at it with the plans of the team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from followthrough.core import facts
from followthrough.core.facts import NOBODYS, OURS, THEIRS, Fact

# Whether somebody chose the plan, or what it began with by itself.
CHOSEN, ORDER, QUOTE, QUIET, ENQUIRY = "chosen", "order", "quote", "quiet", "enquiry"
REPLIED, ORDERED, BY_HAND, ASKED_TO_STOP, CLOSED = (
    "replied", "ordered", "by_hand", "asked_to_stop", "closed",
)  # fmt: skip
RULE = "ask_again"
# Ringing in vain and then writing is one try.
ONE_TRY = timedelta(hours=12)
LONGEST_AGO = timedelta(days=400)  # what lies beyond is a slip of the pen
# They have not had our first word yet: asking once more is no answer to it.
FIRST_WORD_IS_OURS = {ENQUIRY, ORDER}

ANSWERS = (facts.TheyTookIt, facts.TheyDeclined)  # whatever was ahead, this was said to it


@dataclass(slots=True)
class Run:
    """`step` is how many steps lie behind, `last` when that was so; `plan` the key of a plan that
    somebody chose, "" where the team's own for this `kind` holds."""

    kind: str
    began: Fact
    last: datetime
    plan: str = ""
    step: int = 0
    skipped: int = 0
    talk: Fact | None = None
    ended: Fact | None = None
    why: str = ""

    @property
    def occasion(self) -> str:
        """By which the open follow-up of this step is known."""
        return f"{self.began.name}:{self.step}"


Runs = dict[str, Run]


def opened_with(fact: Fact, *, first: bool) -> Runs:
    """What may begin with a new matter; `first`: nothing had ever happened with them."""
    if isinstance(fact, facts.Opened):
        kinds = {"enquiry": ENQUIRY, "order": ORDER}
        return _begun(kinds.get(fact.kind, ""), fact)
    asks = isinstance(fact, facts.TheyEnquired)
    stranger = first and isinstance(fact, facts.TheyWrote | facts.TheyCalled)
    return _begun(ENQUIRY, fact) if asks or stranger else {}


def _begun(kind: str, fact: Fact) -> Runs:
    return {kind: Run(kind, fact, fact.at)} if kind else {}


BEGINS: dict[type[Fact], tuple[str, ...]] = {
    facts.QuoteSent: (QUOTE,),
    facts.TheyOrdered: (ORDER, QUIET),
    facts.TheyVisited: (QUIET,),
}


def go_on(runs: Runs, fact: Fact) -> None:
    """What this fact does to the plans of its matter, and which begin with it."""
    for run in runs.values():
        if run.ended is None and fact is not run.began:
            _hear(run, fact)
    if isinstance(fact, facts.Enrolled):
        runs[CHOSEN] = Run(CHOSEN, fact, _anchor(fact), plan=fact.plan, step=max(fact.step, 0))
    for kind in BEGINS.get(type(fact), ()):
        runs |= _begun(kind, fact)


def _anchor(fact: facts.Enrolled) -> datetime:
    since = fact.since or fact.at
    return since if fact.at - LONGEST_AGO <= since <= fact.at else fact.at


def _hear(run: Run, fact: Fact) -> None:
    if isinstance(fact, facts.Closed):
        _end(run, fact, CLOSED)
    elif isinstance(fact, facts.Unenrolled):
        _end(run, fact, BY_HAND)
    elif isinstance(fact, facts.StepSkipped):
        if fact.run == run.began.name and fact.step == run.step:
            _move(run, fact, skipped=True)
    elif fact.turn == THEIRS:
        _they_came(run, fact)
    elif fact.turn != NOBODYS:
        _we_went(run, fact)


def _they_came(run: Run, fact: Fact) -> None:
    if isinstance(fact, facts.TheyOrdered):
        _end(run, fact, ORDERED)
    elif run.step or run.kind not in FIRST_WORD_IS_OURS or isinstance(fact, ANSWERS):
        _end(run, fact, REPLIED)


def _we_went(run: Run, fact: Fact) -> None:
    """Whatever we did with them is the step that was due, by whichever way (S32)."""
    if does(run, fact) or _is_another_try(run, fact):
        _move(run, fact)
    spoke = fact.turn != OURS or (isinstance(fact, facts.WeCalled) and fact.reached)
    if spoke and run.talk is None:
        run.talk = fact


def _is_another_try(run: Run, fact: Fact) -> bool:
    if not run.step and run.kind in (ENQUIRY, CHOSEN):
        return fact.at > run.last
    return fact.at - run.last >= ONE_TRY


def does(run: Run, fact: Fact) -> bool:
    """Whether it did the follow-up of the step that is next."""
    return fact.did.startswith(f"{RULE}/") and fact.did.endswith(f"/{run.occasion}")


def _move(run: Run, fact: Fact, *, skipped: bool = False) -> None:
    run.step += 1
    run.skipped += skipped
    run.last = max(run.last, fact.at)


def _end(run: Run, fact: Fact, why: str) -> None:
    run.ended, run.why = fact, why


def done_otherwise(runs: Runs, fact: Fact) -> None:
    """A step that needs no word to them, such as a thing to do, is done by a note."""
    for run in runs.values():
        if run.ended is None and does(run, fact):
            _move(run, fact)


def let_go(runs: Runs, fact: facts.Waived) -> None:
    """To let the follow-up of a step go is to leave that step out."""
    for run in runs.values():
        if run.ended is None and fact.what.endswith(f"/{run.occasion}"):
            _move(run, fact, skipped=True)


def asked_to_stop(all_runs: Iterable[Runs], fact: Fact) -> None:
    for runs in all_runs:
        for run in runs.values():
            if run.ended is None:
                _end(run, fact, ASKED_TO_STOP)
