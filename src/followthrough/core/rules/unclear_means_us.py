"""After a talk somebody has to move. If it is unclear who, or they said they would: we do."""

from collections.abc import Iterator

from followthrough.core.enrolments import speaks
from followthrough.core.facts import Met
from followthrough.core.followups import QUIET, WARM, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

BACK_UP = Knob(
    default=3,
    unit=says("working days"),
    asks=says("If nothing comes after a talk, we move in"),
    least=1,
)
WHY = {
    "us": says("You spoke, and the next move is yours"),
    "them": says("They said they would be in touch, and it is quiet"),
    "": says("You spoke, and nobody said who moves next"),
}


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        talk = matter.talk
        if talk is None or matter.plan or matter.waiting or _is_spoken_for(matter):
            continue
        if speaks(history, matter, terms):
            continue
        ball = getattr(talk, "ball", "")
        if isinstance(talk, Met) and matter.touches == 1 and ball == "us":
            continue  # first_touch speaks
        calendar = our_calendar(history, matter, terms)
        due = calendar.working_days_after(talk.at, knob(terms, "unclear_means_us.back_up", BACK_UP))
        yield debt(
            "unclear_means_us", matter, talk, due=due, band=QUIET if ball == "them" else WARM,
            what=says("Make the next move"), why=WHY.get(ball, WHY[""]),
        )  # fmt: skip


def _is_spoken_for(matter: Matter) -> bool:
    """Somebody said who moves next, and by when."""
    return bool(
        matter.promises or matter.their_promises or matter.is_hot or matter.kind == "keep_in_touch"
    )


rule = Rule(
    promise=says("If it is unclear who moves, we move."),
    owed=owed,
    knobs={"back_up": BACK_UP},
    courage=says("Somebody has to move. They will be glad that it was you."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. After our talk about {topic} I did not want it to get lost. How does it look from your side?"
        ),
        voicemail=says(
            "Hello {name}, it's {me}. I have thought about {topic} since we spoke. I'll try again tomorrow."
        ),
        mail=says(
            "Hello {name},\n\nIt was good to talk. So that {topic} does not get lost: how does it look from your side?\n\nBest wishes\n{me}"
        ),
        text=says("Hello {name}, {me} here. Good to talk! How does {topic} look from your side?"),
    ),
)
