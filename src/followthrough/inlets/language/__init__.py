"""What the words of a mail may oblige: its sentences that ask, promise, beg, hurt and want."""

from collections.abc import Iterator
from datetime import datetime

from followthrough.inlets.language.asks import asks
from followthrough.inlets.language.cues import Said
from followthrough.inlets.language.promises import promises
from followthrough.inlets.language.sentences import sentences_of
from followthrough.inlets.noticed import Finding

__all__ = ["findings"]


def findings(text: str, *, at: datetime, by_us: bool, subject: str = "") -> tuple[Finding, ...]:
    return tuple(_all(text, at=at, by_us=by_us))


def _all(text: str, *, at: datetime, by_us: bool) -> Iterator[Finding]:
    for sentence in sentences_of(text):
        said = Said(sentence)
        yield from promises(said, at=at, by_us=by_us)
        if not by_us:
            yield from asks(said)
