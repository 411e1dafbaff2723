"""What comes true with a mail: what it keeps, and the next step that was chosen with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from followthrough.core.facts import Fact, WeWrote, pack, unpack

Stored = Sequence[dict[str, Any]]


class Coming(NamedTuple):
    """Facts, and the words beside each."""

    facts: list[Fact]
    words: list[tuple[str, str]]


def stored(facts: Iterable[Fact], words: Sequence[tuple[str, str]] = ()) -> list[dict[str, Any]]:
    """As a message keeps them until it has left. A WeWrote says what was given with it."""
    beside = [*words]
    return [
        {
            "kind": type(fact).__name__, "did": fact.did, "own": pack(fact),
            "words": list(beside[n]) if n < len(beside) else ["", ""],
        }
        for n, fact in enumerate(facts)
    ]  # fmt: skip


def given_with(then: Stored) -> str:
    """What of value they got by this mail."""
    wrote = [one for one in then if one["kind"] == WeWrote.__name__]
    return str(wrote[0]["own"].get("given", "")) if wrote else ""


def come_true(then: Stored, *, at: datetime, matter: str, by: str) -> Coming:
    rest = [one for one in then if one["kind"] != WeWrote.__name__]
    facts = [
        unpack(one["kind"], {"at": at, "matter": matter, "by": by, "did": one["did"]}, one["own"])
        for one in rest
    ]
    return Coming(facts, [(title, body) for title, body in (one["words"] for one in rest)])
