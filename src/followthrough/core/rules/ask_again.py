"""The next step of a plan, counted from the step before it; one at a time, until they answer."""

from collections.abc import Iterator
from typing import Any

from followthrough.core.enrolments import ACTIVE, RESTS, Enrolment, enrolment, next_at
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
REST = Knob(
    default=10,
    unit=says("working days"),
    asks=says("While a sequence is paused, somebody decides about each person after"),
    least=1,
)
# Why a mail did not leave by itself; each says what to do.
MISSING = {
    "mailbox": says("connect a mailbox whose inbox is read"),
    "address": says("no mail address of theirs works"),
    "topic": says("write down what it is about"),
    "words": says("its step has no words"),
    "refused": says("it could not be sent"),
    "stopped": says("somebody stopped it"),
    "offer": says("its offer has ended, or was answered"),
}
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
    due, ours = next_at(history, matter, terms, one), our_calendar(history, matter, terms)
    cause = matter.touch if matter.touch and matter.touch.at == one.run.last else one.run.began
    if one.state == ACTIVE:
        told = _its_words(one)
        days = knob(terms, "ask_again.escalate", ESCALATE)
        later = ours.working_days_after(due, days)
        late = says("A step of a plan is still to be done")
        told["alarms"] = (Alarm(at=later, to="manager", what=late),)
    else:
        told = _why_it_rests(one)
        pause = terms.pauses.get(one.plan.sequence) if one.why == RESTS else None
        if pause:
            days = knob(terms, "ask_again.rest", REST)
            due = max(due, ours.working_days_after(pause.since, days))
    return debt(
        RULE, matter, cause, occasion=one.occasion, due=due, count=one.place.number + 1,
        band=WARM if one.run.kind in (ORDER, LAPSE) else QUIET, **told,
    )  # fmt: skip


def _its_words(one: Enrolment) -> dict[str, Any]:
    step, by_hand = one.step, one.run.by_hand
    why = says(
        "Step {n} of {of} of “{plan}”", n=one.place.number + 1, of=len(one.plan.steps),
        plan=says(one.plan.name),
    )  # fmt: skip
    if by_hand and step.by_itself and by_hand.missing in MISSING:
        why = says("Not sent by itself: {why}", why=MISSING[by_hand.missing])
    return {
        "how": step.how,
        "what": says(step.what) if step.what else WHAT.get(step.how, WHAT["task"]),
        "why": why,
        "alone": step.by_itself and by_hand is None,
    }


def _why_it_rests(one: Enrolment) -> dict[str, Any]:
    name = says(one.plan.name)
    if one.why == RESTS:
        return {
            "how": "decide", "what": says("Let the plan go on, or decide what comes next"),
            "why": says("The sequence “{plan}” is paused", plan=name),
        }  # fmt: skip
    return {
        "how": "decide", "what": says("First put the complaint right"),
        "why": says("“{plan}” waits while a complaint is open", plan=name),
    }  # fmt: skip


rule = Rule(
    promise=says("We ask again, step by step, until they answer."),
    owed=owed,
    knobs={"escalate": ESCALATE, "rest": REST},
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
