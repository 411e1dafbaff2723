"""Facts as plain values for the ledger, and back."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from followthrough.core.facts import (
    decisions,
    heard,
    offers,
    ours,
    people,
    plans,
    standing,
    theirs,
    words,
)
from followthrough.core.facts.base import Fact, Ours, Theirs

KINDS: dict[str, type[Fact]] = {
    name: kind
    for module in (theirs, ours, words, decisions, people, plans, heard, offers, standing)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Fact) and kind not in (Fact, Ours, Theirs)
}
COMMON = {field.name for field in fields(Fact)}
MOMENTS = ("due", "until", "check_by", "since")
DAYS = "dates"


def pack(fact: Fact) -> dict[str, Any]:
    """What a kind knows beyond the common fields, as JSON-ready values."""
    own = [(f, getattr(fact, f.name)) for f in _OWN[type(fact).__name__]]
    # Left out only where empty is what a reader would assume: a default may change one day.
    return {
        f.name: _plain(value)
        for f, value in own
        if not (value in ("", None) and value == f.default)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def unpack(kind: str, common: dict[str, Any], own: dict[str, Any]) -> Fact:
    """The fact that `pack` came from; a field that this release does not know is left aside."""
    cls = KINDS[kind]
    known = _KNOWN[kind]
    rest = {key: _rich(key, value) for key, value in own.items() if key in known} if own else {}
    return cls(**common, **rest)


def _rich(key: str, value: Any) -> Any:
    if key in MOMENTS and isinstance(value, str):
        return datetime.fromisoformat(value)
    if key == DAYS:
        return tuple(map(date.fromisoformat, value))
    return tuple(value) if isinstance(value, list) else value


_OWN = {
    name: tuple(f for f in fields(kind) if f.name not in COMMON) for name, kind in KINDS.items()
}
_KNOWN = {name: {f.name for f in fields(kind)} - COMMON for name, kind in KINDS.items()}
