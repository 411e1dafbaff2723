"""Somebody new hears from us soon: after an enquiry taken by hand, a list, or a first meeting."""

from collections.abc import Iterator

from followthrough.core.enrolments import speaks
from followthrough.core.facts import Met
from followthrough.core.followups import QUIET, WARM, Alarm, Owed
from followthrough.core.history import ASIDE, History
from followthrough.core.matter import Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

AFTER_OPENING = Knob(
    default=1, unit=says("working days"), asks=says("Somebody new hears from us within")
)
AFTER_MEETING = Knob(
    default=3, unit=says("working days"), asks=says("After a first meeting we write within")
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        if matter.plan or matter.waiting or matter.is_hot or _is_spoken_for(matter):
            continue
        if speaks(history, matter, terms):
            continue
        calendar = our_calendar(history, matter, terms)
        known = history.contact is not None
        if matter.touches == 0 and matter.theirs is None and not (known and matter.listed):
            # On a list they may have stood for years: it counts from the day we brought it in.
            since = (matter.listed or matter.opened).at
            due = calendar.working_days_after(
                since, knob(terms, "first_touch.after_opening", AFTER_OPENING)
            )
            late = (
                (Alarm(at=due, to="", what=says("No first word yet")),) if not matter.listed else ()
            )
            yield debt(
                "first_touch", matter, matter.opened, due=due, start=since,
                band=WARM if matter.listed else QUIET, alarms=late,
                what=says("Take it up with them") if known else says("Say hello"),
                why=says("Just opened, and no word about it yet") if known else says("New to us, and no contact on record yet"),
            )  # fmt: skip
        elif isinstance(matter.talk, Met) and matter.touches == 1 and matter.talk.ball == "us":
            due = calendar.working_days_after(
                matter.talk.at, knob(terms, "first_touch.after_meeting", AFTER_MEETING)
            )
            yield debt(
                "first_touch", matter, matter.talk, due=due, band=WARM, how="card",
                what=says("Write after meeting"), why=says("You met, and the next word is ours"),
            )  # fmt: skip


def _is_spoken_for(matter: Matter) -> bool:
    """Where a word or a question stands, its own promise speaks."""
    words = matter.promises or matter.their_promises or matter.asked or matter.perhaps
    return bool(matter.kind in ASIDE or words)


rule = Rule(
    promise=says("Somebody new hears from us soon."),
    owed=owed,
    knobs={"after_opening": AFTER_OPENING, "after_meeting": AFTER_MEETING},
    courage=says("They left their name so that somebody would call."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. You were interested in {topic}. What would help you most?"
        ),
        voicemail=says("Hello {name}, it's {me} about {topic}. I'll try again tomorrow morning."),
        mail=says(
            "Hello {name},\n\nYou were interested in {topic}. What would help you most?\n\nBest wishes\n{me}"
        ),
        text=says("Hello {name}, {me} here about {topic}. When is a good time to ring you?"),
    ),
)
