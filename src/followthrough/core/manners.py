"""Persistent, polite, never a pest: the limits over all rules, plans and members together."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from followthrough.core.followups import WARM, Owed
from followthrough.core.history import History
from followthrough.core.rule import Knob, knob
from followthrough.core.terms import Terms

WEEKLY = Knob(
    default=2, unit="contacts", asks="We start at most so many contacts in 7 days", least=1
)
PATIENCE = Knob(default=12, unit="contacts", asks="A person decides after so much silence", least=3)
KNOBS = {"weekly": WEEKLY, "patience": PATIENCE}
WEEK = timedelta(days=7)
WAYS = ("call", "email", "sms", "card", "meeting")


def mannered(owed: Iterable[Owed], history: History, terms: Terms) -> list[Owed]:
    """The same debts, held where we would be a pest, and by a way that they allow."""
    return [_mannered(debt, history, terms) for debt in owed]


def _mannered(debt: Owed, history: History, terms: Terms) -> Owed:
    debt = _by_a_way_they_allow(debt, history, terms)
    if not debt.ours_to_start:
        return debt
    if "*" in history.refused:
        return replace(
            debt, what="Close it, or say why not", how="decide", band=WARM, rank=0, alarms=(),
            why="They asked us to stop, so nothing goes out to them",
        )  # fmt: skip
    matter = history.matters[debt.matter]
    if matter.silence >= knob(terms, "manners.patience", PATIENCE):
        return replace(
            debt, what="Decide: go on, or close it kindly", how="decide",
            why=f"{matter.silence} contacts without a sign of life",
        )  # fmt: skip
    return _spaced(debt, history.touched, knob(terms, "manners.weekly", WEEKLY))


def _by_a_way_they_allow(debt: Owed, history: History, terms: Terms) -> Owed:
    if debt.how not in WAYS or _is_open(debt.how, history, terms):
        return debt
    other = next((way for way in WAYS if _is_open(way, history, terms)), "find")
    return replace(debt, how=other)


def _is_open(way: str, history: History, terms: Terms) -> bool:
    asked_for_it = way in terms.reaches or way in ("card", "meeting")
    return asked_for_it and not history.refuses(way)


def _spaced(debt: Owed, touched: list[datetime], weekly: int) -> Owed:
    """Held until fewer than `weekly` of our contacts lie within the 7 days before it."""
    if len(touched) < weekly:
        return debt
    free = touched[-weekly] + WEEK
    if debt.due >= free:
        return debt
    return replace(
        debt, due=free, start=free, alarms=(), held="Held: that would be too much in 7 days"
    )
