"""The next step of a plan, counted from the step before it; one at a time, until they answer."""

from collections.abc import Iterator

from followthrough.core.enrolments import ACTIVE, Enrolment, enrolment, next_at
from followthrough.core.followups import QUIET, WARM, Alarm, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.running import ORDER, RULE
from followthrough.core.running import QUIET as LAPSE
from followthrough.core.saying import says
from followthrough.core.terms import Terms

ESCALATE = Knob(
    default=3,
    unit=says("working days"),
    asks=says("A step of a plan that is late is told to the manager after"),
    least=1,
)
WHAT = {
    "call": says("Call"),
    "email": says("Write"),
    "sms": says("Send a text"),
    "meeting": says("Meet"),
    "card": says("Write a card"),
    "task": says("Take the next step"),
}


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    if not terms.plans:
        return
    for matter in history.open_matters():
        one = enrolment(history, matter, terms)
        if one is not None and one.speaks:
            yield _step(history, matter, terms, one)


def _step(history: History, matter: Matter, terms: Terms, one: Enrolment) -> Owed:
    step, due = one.step, next_at(history, matter, terms, one)
    days = knob(terms, "ask_again.escalate", ESCALATE)
    later = our_calendar(history, matter, terms).working_days_after(due, days)
    cause = matter.touch if matter.touch and matter.touch.at == one.run.last else one.run.began
    told: dict[str, object] = {
        "how": step.how,
        "what": says(step.what) if step.what else WHAT.get(step.how, WHAT["task"]),
        "why": says(
            "Step {n} of {of} of “{plan}”", n=one.run.step + 1, of=len(one.plan.steps),
            plan=says(one.plan.name),
        ),
        "alarms": (Alarm(at=later, to="manager", what=says("A step of a plan is still to be done")),),
    }  # fmt: skip
    if one.state != ACTIVE:
        told = {
            "how": "decide",
            "what": says("First put the complaint right"),
            "why": says("“{plan}” waits while a complaint is open", plan=says(one.plan.name)),
        }
    return debt(
        RULE, matter, cause, occasion=one.run.occasion, due=due, count=one.run.step + 1,
        band=WARM if one.run.kind in (ORDER, LAPSE) else QUIET, **told,
    )  # fmt: skip


rule = Rule(
    promise=says("We ask again, step by step, until they answer."),
    owed=owed,
    knobs={"escalate": ESCALATE},
    courage=says("One word is easily missed. Asking again, kindly, is what most people leave out."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. I wanted to ask once more about {topic}. What would help you most?"
        ),
        voicemail=says("Hello {name}, it's {me} about {topic}. I'll try you again another day."),
        mail=says(
            "Hello {name},\n\nI am coming back to you about {topic}. What would help you most?\n\nBest wishes\n{me}"
        ),
        text=says("Hello {name}, {me} here about {topic}. When may I ring you?"),
    ),
)
