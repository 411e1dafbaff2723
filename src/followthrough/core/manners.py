"""Persistent, polite, never a pest: the limits over all rules, plans and members together."""

from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from followthrough.core.followups import WARM, Owed
from followthrough.core.history import History
from followthrough.core.rule import Knob, knob
from followthrough.core.saying import says
from followthrough.core.terms import Terms

WEEKLY = Knob(
    default=2,
    unit=says("contacts"),
    asks=says("We start at most so many contacts in 7 days"),
    least=1,
)
PATIENCE = Knob(
    default=12, unit=says("contacts"), asks=says("A person decides after so much silence"), least=3
)
KNOBS = {"weekly": WEEKLY, "patience": PATIENCE}
WEEK = timedelta(days=7)
WAYS = ("call", "email", "sms", "card", "meeting")
HELD = says("Held: that would be too much in 7 days")


def mannered(owed: Iterable[Owed], history: History, terms: Terms) -> list[Owed]:
    """The same debts, held where we would be a pest, and by a way that they allow."""
    allowed = [_allowed(debt, history, terms) for debt in owed]
    return _spaced(allowed, history.starts, knob(terms, "manners.weekly", WEEKLY))


def _allowed(debt: Owed, history: History, terms: Terms) -> Owed:
    if history.stopped and (debt.ours_to_start or not _asked_for_since(debt, history)):
        return replace(
            debt, what=says("Close it, or say why not"), how="decide", band=WARM, rank=0, alarms=(),
            alone=False,
            why=says("They asked us to stop, so nothing goes out to them"),
        )  # fmt: skip
    if not debt.ours_to_start:
        return _by_a_way_that_works(debt, terms)
    matter = history.matters[debt.matter]
    # A plan made after so much silence is a person's decision to go on.
    if not matter.plan and matter.silence >= knob(terms, "manners.patience", PATIENCE):
        return replace(
            debt, what=says("Decide: go on, or close it kindly"), how="decide", alone=False,
            why=says("{n} contacts without a sign of life", n=matter.silence),
        )  # fmt: skip
    return _by_a_way_they_allow(debt, history, terms)


def _asked_for_since(debt: Owed, history: History) -> bool:
    """They said stop, and then wrote again, or we gave our word: that is still owed."""
    waiting = history.matters[debt.matter].waiting
    again = waiting and waiting[0].name == debt.occasion
    asked = waiting[-1] if again else history.named(debt.because)
    return bool(asked and history.stopped and asked.at > history.stopped.at)


def _by_a_way_that_works(debt: Owed, terms: Terms) -> Owed:
    """Who waits for our word has asked for it, whatever they refused: it only has to arrive."""
    if debt.how not in ("call", "email", "sms") or debt.how in terms.reaches:
        return debt
    other = next((way for way in WAYS if way in terms.reaches), "find")
    return replace(debt, how=other)


def _by_a_way_they_allow(debt: Owed, history: History, terms: Terms) -> Owed:
    if debt.how not in WAYS or _is_open(debt.how, history, terms):
        return debt
    other = next((way for way in WAYS if _is_open(way, history, terms)), "find")
    return replace(debt, how=other, alone=False)


def _is_open(way: str, history: History, terms: Terms) -> bool:
    reaches_them = way in terms.reaches or way in ("card", "meeting")
    return reaches_them and not history.refuses(way)


def _spaced(owed: list[Owed], starts: list[datetime], weekly: int) -> list[Owed]:
    """Over all matters, no more than `weekly` of our starts in any 7 days: the rest is held. A day
    that a person chose stands, and takes its place before the others."""
    ours = [debt for debt in owed if _starts_a_contact(debt)]
    if len(ours) + len(starts) <= weekly:
        return owed
    # What was due before the last contact is overdue: done at the earliest after that one.
    earliest = {debt.key: max([debt.due, *starts[-1:]]) for debt in ours}
    kept = [debt for debt in owed if debt.chosen or not _starts_a_contact(debt)]
    taken = sorted([*starts, *(earliest[debt.key] for debt in ours if debt.chosen)])
    by_rules = [debt for debt in ours if not debt.chosen]
    for debt in sorted(by_rules, key=lambda debt: (debt.due, debt.key)):
        free = _free_from(earliest[debt.key], taken, weekly)
        if debt.until is not None and free >= debt.until:
            continue  # another debt speaks from then on
        kept.append(debt if free == earliest[debt.key] else _held(debt, free))
        insort(taken, free)
    return kept


def _starts_a_contact(debt: Owed) -> bool:
    return debt.ours_to_start and debt.how in WAYS


def _held(debt: Owed, until: datetime) -> Owed:
    return replace(debt, due=until, start=until, alarms=(), held=HELD, exact=True)


def _free_from(earliest: datetime, taken: list[datetime], weekly: int) -> datetime:
    """The first moment with fewer than `weekly` of `taken` in the 7 days before it."""
    moments = [earliest, *(at + WEEK for at in taken if at + WEEK > earliest)]
    return next(at for at in moments if _within_a_week(taken, at) < weekly)


def _within_a_week(taken: list[datetime], at: datetime) -> int:
    return bisect_right(taken, at) - bisect_right(taken, at - WEEK)
