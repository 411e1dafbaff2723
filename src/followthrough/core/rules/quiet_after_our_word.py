"""Waiting for them is a loan with an end: after our word, silence brings the ball back to us."""

from collections.abc import Iterator

from followthrough.core.enrolments import speaks
from followthrough.core.facts import Fact, TheyOrdered
from followthrough.core.followups import QUIET, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.offers import end_that_is_near
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

QUOTE = Knob(default=2, unit=says("working days"), asks=says("After a quote we call in"), least=1)
WORD = Knob(
    default=5, unit=says("working days"), asks=says("After any other word we ask again in"), least=1
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        if matter.plan or matter.waiting or matter.is_hot or matter.came_back_otherwise:
            continue
        if speaks(history, matter, terms):
            continue
        if matter.quote_is_quiet or (matter.word and not _is_spoken_for(matter)):
            yield _ask(history, matter, terms)


def _is_spoken_for(matter: Matter) -> bool:
    """A talk, a call or a word that stands has its own promise, and brings the ball back itself."""
    ours = matter.promises or matter.asked or matter.provided
    theirs = matter.talk or matter.their_promises or matter.unreached
    ordered = matter.kind == "order" and isinstance(matter.theirs, TheyOrdered)
    return bool(ours or theirs or ordered or matter.kind == "keep_in_touch")


def _ask(history: History, matter: Matter, terms: Terms) -> Owed:
    calendar = our_calendar(history, matter, terms)
    quoted = matter.quote_is_quiet
    last = (matter.quote if quoted else matter.touch) or matter.opened
    name, limit = ("quote", QUOTE) if quoted else ("word", WORD)
    days = knob(terms, f"quiet_after_our_word.{name}", limit)
    due = calendar.working_days_after(last.at, days, at=calendar.start)
    ends = end_that_is_near(matter.offers.values(), terms.contact, due)
    if ends is not None:
        due = calendar.working_days_after(ends, 1, at=calendar.start)
    return debt(
        "quiet_after_our_word", matter, last, band=QUIET, how="call",
        due=due,
        what=says("Call: did it arrive?") if quoted and not matter.seen else says("Ask again"),
        why=_why(matter, last),
    )  # fmt: skip


def _why(matter: Matter, last: Fact) -> str:
    if matter.seen is not None and matter.seen.at >= last.at:
        return says("They looked at it, and have not answered")
    if matter.quote_is_quiet:
        return says("The quote went out and nobody has said that it arrived")
    return says("We wrote last, and they have gone quiet")


rule = Rule(
    promise=says("Silence after our word brings the ball back to us."),
    owed=owed,
    knobs={"quote": QUOTE, "word": WORD},
    courage=says("Silence is not a no. Mail gets lost; a voice does not."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. I sent you something about {topic} and have a feeling that it never reached you. Did it arrive?"
        ),
        voicemail=says(
            "Hello {name}, it's {me} about {topic}. I only want to be sure that it reached you. I'll try again tomorrow."
        ),
        mail=says(
            "Hello {name},\n\nDid what I sent you about {topic} arrive? If anything in it does not fit, tell me: I would rather change it.\n\nBest wishes\n{me}"
        ),
        text=says("Hello {name}, {me} here. Did what I sent about {topic} reach you?"),
    ),
)
