"""What the words of a mail may oblige: its sentences that ask, promise, beg, hurt and want."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from followthrough.inlets.language.asks import asks
from followthrough.inlets.language.cues import Said, heard
from followthrough.inlets.language.dates import dates, names_days, only_days
from followthrough.inlets.language.feelings import feelings
from followthrough.inlets.language.personal import personal
from followthrough.inlets.language.privacy import private
from followthrough.inlets.language.promises import promises
from followthrough.inlets.language.quoting import lines_of, own_words
from followthrough.inlets.language.sentences import sentences_of
from followthrough.inlets.language.signature import signature_of, signed
from followthrough.inlets.language.wants import wants
from followthrough.inlets.noticed import Finding

__all__ = ["findings", "own_words", "private"]


def findings(
    text: str,
    *,
    at: datetime,
    by_us: bool,
    subject: str = "",  # noqa: ARG001 - a finding stands in the text; the subject may weigh in later
) -> tuple[Finding, ...]:
    """What one mail's sentences may oblige, in the order of the mail.

    `at` is aware: days are read in its wall time. A finding's sentence stands at its `start`, but
    for white space folded to single spaces; one of more than 600 characters comes in pieces. Of a
    mail the first 64 kB and 2,000 lines are read.
    """
    return tuple(_all(text, at=at, by_us=by_us))


def _all(text: str, *, at: datetime, by_us: bool) -> Iterator[Finding]:
    lines = lines_of(text)
    signature = signature_of(lines)
    sentences = [heard(sentence) for sentence in sentences_of(lines)]
    for place, said in enumerate(sentences):
        felt = () if by_us else tuple(feelings(said))
        if not any(one.kind == "upset" for one in felt):  # a threat is no promise
            yield from promises(said, at=at, by_us=by_us)
        if not by_us:
            yield from felt
            yield from _wishes(said)
            yield from personal(said, at=at)
            if names_days(said):
                yield from dates(said, _days_below(sentences, place), at=at)
    if not by_us:
        yield from signed(signature)


def _wishes(said: Said) -> Iterator[Finding]:
    """What is asked and wanted. Whoever wants a thing asks for it, in whatever words."""
    asked, wanted = tuple(asks(said)), tuple(wants(said))
    yield from asked
    for one in wanted:
        if not asked and one.cue != "I needed":
            yield replace(one, kind="asks", value="")
        yield one


def _days_below(sentences: list[Said], place: int) -> str:
    """The lines of dates that a sentence announces."""
    below = []
    for said in sentences[place + 1 : place + 20]:
        if not only_days(said.text):
            break
        below.append(said.text)
    return " . ".join(below)  # a stop, so that no dash joins two lines
