"""Give first: how often in a row we asked something of them and gave them nothing (S99)."""

from collections.abc import Iterable

from followthrough.core.facts import THEIRS, Fact, Provided, QuoteSent

# At the third ask without a gift it is time to give.
PATIENCE = 2
GIVE = (Provided, QuoteSent)


def asks_without_value(happened: Iterable[Fact]) -> int:
    """Facts in their order. An answer to them is no ask; a call that nobody took is none either."""
    asks, answering = 0, False
    for fact in happened:
        if fact.turn == THEIRS:
            asks, answering = 0, True
        elif not fact.turn or getattr(fact, "outcome", "") == "no_answer":
            continue
        elif getattr(fact, "given", "") or isinstance(fact, GIVE):
            asks, answering = 0, False
        elif answering:
            answering = False
        else:
            asks += 1
    return asks
