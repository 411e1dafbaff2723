"""Mail that may be their answer waits for somebody's word: until then nothing goes on by itself."""

from collections.abc import Iterator

from followthrough.core.followups import WAITING, Alarm, Owed
from followthrough.core.history import History
from followthrough.core.rule import Knob, Rule, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.terms import Terms

LIMIT = Knob(
    default=1, unit=says("working days"), asks=says("Whether a mail is their answer we say within")
)
WHY = {
    "machine": says("A mail came that looks automatic; it may be their answer"),
    "elsewhere": says("Somebody answered from an address that is new; it may be them"),
    "colleague": says("Somebody else of their house wrote; it may be their answer"),
    "other": says("Somebody else answered in this talk; it may be their answer"),
}
WHAT = says("Say whether it is their answer")


def owed(history: History, terms: Terms) -> Iterator[Owed]:
    for matter in history.open_matters():
        if not matter.perhaps:
            continue
        first = matter.perhaps[0]
        days = knob(terms, "ask_whether.limit", LIMIT)
        due = our_calendar(history, matter, terms).working_days_after(first.at, days)
        yield debt(
            "ask_whether", matter, first, band=WAITING, how="decide", due=due, start=first.at,
            count=len(matter.perhaps), what=WHAT, why=WHY.get(first.why, WHY["other"]),
            evidence=tuple(fact.name for fact in matter.perhaps), ours_to_start=False,
            alarms=(Alarm(at=due, to="", what=says("Nobody has said whether it is their answer")),),
        )  # fmt: skip


rule = Rule(
    promise=says("What may be an answer is looked at before we write again."),
    owed=owed,
    knobs={"limit": LIMIT},
    courage=says("One look, one press. Whoever answered is not asked again."),
)
