"""A mail that came back has said nothing to them: it is sent another way, and soon."""

from collections.abc import Iterator

from followthrough.core.enrolments import enrolment
from followthrough.core.facts import Bounced
from followthrough.core.followups import QUIET, Alarm, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

LIMIT = Knob(
    default=2,
    unit=says("working hours"),
    asks=says("After a mail came back we try another way within"),
    most=80,
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        returned = matter.returned
        mended = returned is None or _day_was_chosen_since(matter, returned)
        if returned is not None and not mended and not _plan_mends(history, matter, terms):
            hours = knob(terms, "mend_the_bounce.limit", LIMIT)
            calendar = our_calendar(history, matter, terms)
            yield debt(
                "mend_the_bounce", matter, returned, band=QUIET, how=_how(history, returned, terms),
                due=calendar.working_hours_after(returned.at, hours), start=returned.at,
                what=says("Reach them another way"), why=_why(returned),
                alarms=(Alarm(at=returned.at, to="", what=says("Your mail came back")),),
            )  # fmt: skip


def _plan_mends(history: History, matter: Matter, terms: Terms) -> bool:
    """The sequence says what comes next after a mail that came back, and that stands already."""
    one = enrolment(history, matter, terms)
    return one is not None and one.mends


def _day_was_chosen_since(matter: Matter, returned: Bounced) -> bool:
    """Somebody has seen it and chosen the day of the next step."""
    return matter.plan is not None and matter.plan.at >= returned.at


def _how(history: History, returned: Bounced, terms: Terms) -> str:
    if "call" in terms.reaches and not history.refuses("call"):
        return "call"
    return "find" if returned.dead else "email"


def _why(returned: Bounced) -> str:
    if returned.dead:
        return says("Your mail came back: the address does not exist")
    return says("Your mail came back: it could not be delivered")


rule = Rule(
    promise=says("What came back is sent another way."),
    owed=owed,
    knobs={"limit": LIMIT},
    courage=says("They know nothing of it yet. To them it is your first word, not your second."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. I wrote to you about {topic}, and my mail came back. Which address reaches you?"
        ),
        voicemail=says(
            "Hello {name}, it's {me} about {topic}. My mail to you came back. I'll try again tomorrow."
        ),
        mail=says(
            "Hello {name},\n\nMy last mail about {topic} came back to me, so here it is again.\n\nBest wishes\n{me}"
        ),
        text=says(
            "Hello {name}, {me} here about {topic}. My mail to you came back. Which address is right?"
        ),
    ),
)
