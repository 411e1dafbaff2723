"""What is owed to one party: every rule, what people decided, manners, and then the net."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from followthrough.core import rules
from followthrough.core.followups import WARM, Alarm, Owed, key_of
from followthrough.core.history import History
from followthrough.core.manners import mannered
from followthrough.core.matter import BARE_WORDS, PRIVATE, Matter
from followthrough.core.registry import discover
from followthrough.core.rule import Knob, Rule, debt, knob, our_calendar
from followthrough.core.saying import says
from followthrough.core.score import lifted, score
from followthrough.core.terms import Terms

RULES: dict[str, Rule] = discover(rules, "rule")

NET = "net"
NET_LIMIT = Knob(
    default=3,
    unit=says("working days"),
    asks=says("Without a next step we ask for one after"),
    least=1,
)


def decide(history: History, terms: Terms, rules: Mapping[str, Rule] = RULES) -> list[Owed]:
    """All that is owed to this party, dated and with an owner; no open matter goes without."""
    if not history.matters:
        return []
    owed = by_the_rules(history, terms, rules)
    owed += by_the_net(history, owed, terms)
    return [_settle_who_and_when(one, history, terms) for one in _by_their_score(owed, history)]


def by_the_rules(history: History, terms: Terms, rules: Mapping[str, Rule] = RULES) -> list[Owed]:
    """What the promises say, as people put it off or let it go, and with manners."""
    owed = [owed for rule in rules.values() for owed in rule.owed(history, terms)]
    if history.put_off or history.waived:
        owed = list(_as_people_decided(owed, history))
    return mannered(owed, history, terms)


def by_the_net(history: History, owed: Iterable[Owed], terms: Terms) -> list[Owed]:
    """An open matter that no rule speaks for still gets a date: decide the next step."""
    spoken_for = {one.matter for one in owed}
    steps = [
        _next_step(history, matter, terms)
        for matter in history.open_matters()
        if matter.name not in spoken_for
    ]
    return [_put_off(step, history) for step in steps] if history.put_off else steps


def _by_their_score(owed: list[Owed], history: History) -> list[Owed]:
    """Who is nearer to a yes comes before others of the same band and the same money."""
    points = score(history.known, history.open_matters())
    if not points.lift:
        return owed
    return [
        replace(one, rank=lifted(one.rank, history.matters[one.matter], points))
        if one.rank or not history.stopped else one
        for one in owed
    ]  # fmt: skip


def _as_people_decided(owed: Iterable[Owed], history: History) -> Iterator[Owed]:
    for one in owed:
        if one.key not in history.waived:
            yield _put_off(one, history)


def _put_off(one: Owed, history: History) -> Owed:
    moved = history.put_off.get(one.key)
    if moved is None or _spoke_again(history.matters[one.matter], one, moved.at):
        return one
    # What has been told is not told again; what would have been told before that day waits.
    alarms = (replace(alarm, at=max(alarm.at, moved.until)) for alarm in one.alarms)
    late = tuple(alarm for alarm, old in zip(alarms, one.alarms, strict=True) if old.at > moved.at)
    start = one.start or one.due if moved.stays else moved.until
    return replace(one, due=max(one.due, moved.until), start=start, alarms=late)


def _spoke_again(matter: Matter, one: Owed, since: datetime) -> bool:
    """A new word from them was not there when their old ones were put off."""
    waiting = matter.waiting
    return bool(waiting) and waiting[0].name == one.occasion and waiting[-1].at > since


def _next_step(history: History, matter: Matter, terms: Terms) -> Owed:
    calendar = our_calendar(history, matter, terms)
    letting_go = history.waived.get(key_of(NET, matter.name, matter.last.name))
    since = max(matter.last.at, letting_go.at) if letting_go else matter.last.at
    kept = matter.kind in BARE_WORDS and not matter.promises
    return debt(
        NET, matter, matter.last, band=WARM, how="decide", ours_to_start=False,
        due=calendar.working_days_after(since, knob(terms, "net.limit", NET_LIMIT)),
        what=says("Close it, or decide the next step") if kept else says("Decide the next step"),
        why=says("This is open, and nobody has chosen what comes next"),
    )  # fmt: skip


def _settle_who_and_when(one: Owed, history: History, terms: Terms) -> Owed:
    matter = history.matters[one.matter]
    # Counted from the last thing that happened between us, in whichever matter.
    latest = history.facts[-1].at + terms.bound
    due = min(one.due, latest)
    if due < one.due:
        one = replace(
            one, what=says("Look in: does the day still stand?"), how="decide", alone=False,
            why=says("Its day is more than {n} days away", n=terms.bound.days),
        )  # fmt: skip
    who = _who(matter, history, terms, due)
    return replace(
        one, due=due, who=who, start=min(one.start or due, due),
        until=one.until if one.until and one.until > due else None,
        alarms=tuple(_addressed(alarm, who, terms, due) for alarm in one.alarms),
    )  # fmt: skip


def _who(matter: Matter, history: History, terms: Terms, due: datetime) -> str:
    if matter.kind == PRIVATE and matter.owner:
        return matter.owner
    return terms.present(matter.owner, history.owner, terms.owner, terms.manager, at=due)


def _addressed(alarm: Alarm, who: str, terms: Terms, due: datetime) -> Alarm:
    to = terms.present(terms.manager, at=due) if alarm.to == "manager" else who
    return replace(alarm, to=to)
