"""Calls that reach nobody are tried again, and after the third by another way."""

from collections.abc import Iterator

from followthrough.core.enrolments import runs_here
from followthrough.core.followups import QUIET, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter
from followthrough.core.rule import Knob, Rule, Words, debt, knob, our_calendar
from followthrough.core.saying import Saying, says
from followthrough.core.terms import Terms

AGAIN = Knob(
    default=2,
    unit=says("working days"),
    asks=says("A call without answer is tried again in"),
    least=1,
)
SWITCH = Knob(
    default=3, unit=says("calls"), asks=says("Another way is tried after"), least=1, most=12
)


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    limit = knob(terms, "they_owe_us_a_call.switch", SWITCH)
    for matter in history.open_matters():
        last = matter.touch
        if last is None or not matter.unreached or _is_spoken_for(matter):
            continue
        if runs_here(history, matter, terms):
            continue
        calendar = our_calendar(history, matter, terms)
        due = calendar.working_days_after(last.at, knob(terms, "they_owe_us_a_call.again", AGAIN))
        switch = matter.unreached >= limit
        how = _another_way(matter.elsewhere, history, terms) if switch else "call"
        yield debt(
            "they_owe_us_a_call", matter, last, due=due, band=QUIET, count=matter.unreached,
            how=how, what=says("Try another way") if how != "call" else says("Try again"),
            why=_why(matter.unreached, how),
        )  # fmt: skip


def _is_spoken_for(matter: Matter) -> bool:
    quoted = matter.quote_is_quiet  # the quote is newer than the call, and asked after by itself
    return bool(matter.waiting or matter.plan or matter.is_hot or quoted)


def _another_way(step: int, history: History, terms: Terms) -> str:
    """A text, or a mail where there is no number; then a card; then from the start. Only ways that
    they allow."""
    written = [way for way in ("sms", "email") if way in terms.reaches]
    ways = [*written[:1], "card", *written[1:], "call"]
    allowed = [way for way in ways if not history.refuses(way)]
    return allowed[step % len(allowed)] if allowed else "call"


def _why(calls: int, how: str) -> Saying:
    if calls == 1:
        return says("You rang and nobody answered")
    if how == "sms":
        return says("{n} unanswered calls: try a text, then a card", n=calls)
    if how == "email":
        return says("{n} unanswered calls: try a mail", n=calls)
    if how == "card":
        return says("{n} unanswered calls: try a card", n=calls)
    return says("{n} calls without an answer", n=calls)


rule = Rule(
    promise=says("A call that reaches nobody is tried another way."),
    owed=owed,
    knobs={"again": AGAIN, "switch": SWITCH},
    courage=says("Most people mean to ring back and forget. You make it easy for them."),
    words=Words(
        call=says(
            "Hello {name}, it's {me}. We keep missing each other about {topic}. Is now a good moment?"
        ),
        voicemail=says(
            "Hello {name}, it's {me} about {topic}. If a text is easier for you, send me one."
        ),
        mail=says(
            "Hello {name},\n\nWe keep missing each other on the phone. Is writing easier for you? It is about {topic}.\n\nBest wishes\n{me}"
        ),
        text=says(
            "Hello {name}, {me} here. We keep missing each other about {topic}. Easier by text?"
        ),
    ),
)
