"""How far a plan has come in a matter: steps done or left out, and what ended it. Read from what
happened alone; `enrolments.py` looks at it with the plans of the team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from followthrough.core import facts
from followthrough.core.facts import NOBODYS, OURS, THEIRS, Fact
from followthrough.core.plans import BOOKED, CAME_BACK, CLICKED, LOOKED

# Whether somebody chose the plan, or what it began with by itself.
CHOSEN, ORDER, QUOTE, QUIET, ENQUIRY = "chosen", "order", "quote", "quiet", "enquiry"
REPLIED, ORDERED, BY_HAND, ASKED_TO_STOP, CLOSED = (
    "replied", "ordered", "by_hand", "asked_to_stop", "closed",
)  # fmt: skip
RULE = "ask_again"
# Ringing in vain and then writing is one try.
ONE_TRY = timedelta(hours=12)
LONGEST_AGO = timedelta(days=400)  # what lies beyond is a slip of the pen
DONE, SKIPPED = "done", "skipped"
# We spoke, and their calendar said yes: only the plan knows whether these end it.
SPOKEN, ACCEPTED = "spoken", "accepted"
# By the name of the fact: what it is called in a plan.
SEEN = {"TheyOpened": LOOKED, "TheyClicked": CLICKED}
# They have not had our first word yet: asking once more is no answer to it.
FIRST_WORD_IS_OURS = {ENQUIRY, ORDER}

ANSWERS = (facts.TheyTookIt, facts.TheyDeclined)  # whatever was ahead, this was said to it


@dataclass(slots=True)
class Run:
    """`step` is how many steps lie behind, `last` when that was so; `plan` the key of a plan that
    somebody chose, "" where the team's own for this `kind` holds. `start` is the step at which it
    began; `log` what was done since, what became of it, and when, in order. `by_hand` is the wish
    that this step is done by one of us. `no_mail`: they refused mail while it ran; only the plan
    knows whether that ends it."""

    kind: str
    began: Fact
    last: datetime
    plan: str = ""
    start: int = 0
    step: int = 0
    skipped: int = 0
    log: tuple[tuple[str, datetime], ...] = ()
    by_hand: facts.StepByHand | None = None
    no_mail: Fact | None = None
    ended: Fact | None = None
    why: str = ""

    @property
    def occasion(self) -> str:
        """By which the open follow-up of this step is known."""
        return f"{self.began.name}:{self.step}"

    def is_of_this_step(self, occasion: str) -> bool:
        """Also where something that happened has led elsewhere meanwhile."""
        return step_in(occasion) == (self.began.name, self.step)


def step_in(occasion: str) -> tuple[str, int]:
    """The name of the fact that began the plan, and how many steps lay behind it."""
    name, _, number = occasion.rpartition(":")
    behind = number.partition(".")[0]
    return name, int(behind) if behind.isdecimal() else -1


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
        behind = max(fact.step, 0)
        runs[CHOSEN] = Run(
            CHOSEN, fact, _anchor(fact), plan=fact.plan, start=behind, step=behind
        )  # fmt: skip
    elif type(fact) in BEGINS:
        for kind in BEGINS[type(fact)]:
            runs |= _begun(kind, fact)


def _anchor(fact: facts.Enrolled) -> datetime:
    since = fact.since or fact.at
    return since if fact.at - LONGEST_AGO <= since <= fact.at else fact.at


def _hear(run: Run, fact: Fact) -> None:
    if isinstance(fact, facts.Closed):
        _end(run, fact, CLOSED)
    elif isinstance(fact, facts.Unenrolled):
        _end(run, fact, BY_HAND)
    elif isinstance(fact, facts.StepSkipped | facts.StepByHand):
        if fact.run == run.began.name and fact.step == run.step:
            _decided(run, fact)
    elif came := _came_of_it(fact):
        run.log += ((came, fact.at),)
    elif fact.turn == THEIRS:
        _they_came(run, fact)
    elif fact.turn != NOBODYS:
        _we_went(run, fact)


def _came_of_it(fact: Fact) -> str:
    """What may send them to another step, and moves nobody's turn."""
    if isinstance(fact, facts.Bounced) and fact.final:
        return CAME_BACK
    return BOOKED if isinstance(fact, facts.Planned) and fact.how == "meeting" else ""


def _decided(run: Run, fact: facts.StepSkipped | facts.StepByHand) -> None:
    if isinstance(fact, facts.StepByHand):
        run.by_hand = fact
    else:
        _move(run, fact, skipped=True)


def _they_came(run: Run, fact: Fact) -> None:
    if isinstance(fact, facts.TheyOrdered):
        _end(run, fact, ORDERED)
    elif run.step or run.kind not in FIRST_WORD_IS_OURS or isinstance(fact, ANSWERS):
        if isinstance(fact, facts.TheyBooked):
            run.log += ((BOOKED, fact.at), (ACCEPTED, fact.at))
        else:
            _end(run, fact, REPLIED)


def _we_went(run: Run, fact: Fact) -> None:
    """Whatever we did with them is the step that was due, by whichever way (S32)."""
    if does(run, fact) or _is_another_try(run, fact):
        _move(run, fact)
    spoke = fact.turn != OURS or (isinstance(fact, facts.WeCalled) and fact.reached)
    run.log += ((SPOKEN, fact.at),) if spoke else ()


def _is_another_try(run: Run, fact: Fact) -> bool:
    if not run.step and run.kind in (ENQUIRY, CHOSEN):
        return fact.at > run.last
    return fact.at - run.last >= ONE_TRY


def does(run: Run, fact: Fact) -> bool:
    """Whether it did the follow-up of the step that is next."""
    return fact.did.startswith(f"{RULE}/") and run.is_of_this_step(fact.did.rpartition("/")[2])


def _move(run: Run, fact: Fact, *, skipped: bool = False) -> None:
    run.step += 1
    run.skipped += skipped
    run.log += ((SKIPPED if skipped else DONE, fact.at),)
    run.by_hand = None
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
        if run.ended is None and run.is_of_this_step(fact.what.rpartition("/")[2]):
            _move(run, fact, skipped=True)


def saw(runs: Runs, fact: Fact) -> None:
    """They looked at what we sent, or followed a link in it: that moves nobody's turn."""
    for run in runs.values():
        what = SEEN[type(fact).__name__]
        if run.ended is None and (not run.log or run.log[-1][0] != what):
            run.log += ((what, fact.at),)


def asked_to_stop(all_runs: Iterable[Runs], fact: Fact) -> None:
    for runs in all_runs:
        for run in runs.values():
            if run.ended is None:
                _end(run, fact, ASKED_TO_STOP)


def refused_mail(all_runs: Iterable[Runs], fact: Fact) -> None:
    for runs in all_runs:
        for run in runs.values():
            run.no_mail = fact
