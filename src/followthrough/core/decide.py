"""What is owed to one party: every rule, what people decided, manners, and then the net."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from followthrough.core import rules
from followthrough.core.followups import WARM, Alarm, Owed
from followthrough.core.history import History
from followthrough.core.manners import mannered
from followthrough.core.matter import Matter
from followthrough.core.registry import discover
from followthrough.core.rule import Knob, Rule, debt, knob, our_calendar
from followthrough.core.terms import Terms

RULES: dict[str, Rule] = discover(rules, "rule")

NET = "net"
NET_LIMIT = Knob(
    default=3, unit="working days", asks="Without a next step we ask for one after", least=1
)


def decide(history: History, terms: Terms) -> list[Owed]:
    """All that is owed to this party, dated and with an owner; no open matter goes without."""
    if not history.matters:
        return []
    owed = [owed for rule in RULES.values() for owed in rule.owed(history, terms)]
    if history.put_off or history.waived:
        owed = list(_as_people_decided(owed, history))
    owed = mannered(owed, history, terms)
    owed += _net(history, owed, terms)
    return [_settle_who_and_when(one, history, terms) for one in owed]


def _as_people_decided(owed: Iterable[Owed], history: History) -> Iterator[Owed]:
    for one in owed:
        if one.key in history.waived:
            continue
        moved = history.put_off.get(one.key)
        yield (
            replace(one, due=max(one.due, moved.until), start=moved.until, alarms=())
            if moved
            else one
        )


def _net(history: History, owed: Iterable[Owed], terms: Terms) -> list[Owed]:
    """An open matter that no rule speaks for still gets a date: decide the next step."""
    spoken_for = {one.matter for one in owed}
    return [
        _next_step(history, matter, terms)
        for matter in history.open_matters()
        if matter.name not in spoken_for
    ]


def _next_step(history: History, matter: Matter, terms: Terms) -> Owed:
    calendar = our_calendar(history, matter, terms)
    due = calendar.working_days_after(matter.last.at, knob(terms, "net.limit", NET_LIMIT))
    return debt(
        NET, matter, matter.last, due=due, band=WARM, how="decide", ours_to_start=False,
        what="Decide the next step", why="This is open, and nobody has chosen what comes next",
    )  # fmt: skip


def _settle_who_and_when(one: Owed, history: History, terms: Terms) -> Owed:
    matter = history.matters[one.matter]
    due = min(one.due, matter.last.at + terms.bound)
    who = terms.present(matter.owner, history.owner, terms.owner, terms.manager, at=due)
    return replace(
        one, due=due, who=who, start=min(one.start or due, due),
        alarms=tuple(_addressed(alarm, who, terms, due) for alarm in one.alarms),
    )  # fmt: skip


def _addressed(alarm: Alarm, who: str, terms: Terms, due: datetime) -> Alarm:
    to = terms.present(terms.manager, at=due) if alarm.to == "manager" else who
    return replace(alarm, to=to)
