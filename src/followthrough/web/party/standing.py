"""Words given and things asked for, as the core reads the whole history."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from followthrough.core import facts
from followthrough.core.facts import Fact
from followthrough.core.history import ENDS_OUR_WORD, History
from followthrough.ledger.models import Member, Text
from followthrough.web import say
from followthrough.web.tongue import tell

Context = dict[str, Any]
Promise = facts.WePromised | facts.TheyPromised
ENDED = 8  # so many that are over stand below those that are open
TONES = {"kept": "pine", "late": "ember"}


def standing_of(history: History, member: Member, now: datetime) -> Context:
    """Promises both ways, and what they asked for and do not have yet."""
    ours = _in_turn(history, facts.WePromised)
    theirs = _in_turn(history, facts.TheyPromised)
    asked = [one for matter in history.open_matters() for one in matter.asked.values()]
    words = _words_of([*ours, *theirs, *asked])

    def lines(promises: list[Promise]) -> list[Context]:
        return [_line(one, _state(one, history, now), words, member, now) for one in promises]

    return {
        "promises": {"ours": lines(ours), "theirs": lines(theirs)},
        "questions": [
            {"name": one.name, "text": words.get(one.name) or _("A question")} for one in asked
        ],
    }


def _in_turn(history: History, kind: type[Promise]) -> list[Promise]:
    """Those that bind, then the newest of those that are over."""
    given = [fact for fact in history.facts if isinstance(fact, kind)]
    standing = _standing(history)
    over = [one for one in given if one.name not in standing]
    return [*(one for one in given if one.name in standing), *over[: -ENDED - 1 : -1]]


def _standing(history: History) -> set[str]:
    found: set[str] = set()
    for matter in history.open_matters():
        found |= {*matter.promises, *matter.their_promises}
    return found


def _state(promise: Promise, history: History, now: datetime) -> str:
    """open, late, kept, over (no longer binds) or past (their day was spoken about)."""
    if promise.name in _standing(history):
        return "late" if promise.due is not None and promise.due < now else "open"
    for fact in reversed(history.facts):
        if isinstance(fact, facts.PromiseKept) and fact.promise == promise.name:
            return "kept"
        if isinstance(fact, facts.PromiseReleased) and fact.promise == promise.name:
            return "over"
    if any(key.endswith(f"/{promise.name}") for key in history.waived):
        return "over"
    if isinstance(promise, facts.TheyPromised):
        return "past"
    return "over" if _ended_with_its_matter(promise, history) else "kept"


def _ended_with_its_matter(promise: Promise, history: History) -> bool:
    matter = history.matters.get(promise.matter)
    if matter is None or matter.closed is None:
        return False
    return matter.kind == "promise" or matter.closed.outcome in ENDS_OUR_WORD


def _line(
    promise: Promise, state: str, words: dict[str, str], member: Member, now: datetime
) -> Context:
    condition = getattr(promise, "condition", "")
    return {
        "name": promise.name,
        "text": words.get(promise.name) or tell(str(promise)),
        "by": _("when {this}").format(this=condition)
        if condition
        else _("by {day}").format(day=_due(promise, member, now)),
        "state": state,
        "tone": TONES.get(state, ""),
    }


def _due(promise: Promise, member: Member, now: datetime) -> str:
    return "" if promise.due is None else say.in_words(promise.due, now, member.own_zone())


def _words_of(told: Iterable[Fact]) -> dict[str, str]:
    texts = {int(one.text): one.name for one in told if one.text}
    rows = Text.objects.filter(pk__in=texts)
    return {texts[row.pk]: row.body or row.title for row in rows}
