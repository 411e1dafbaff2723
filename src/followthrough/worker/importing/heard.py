"""What the words of a mail come to: the sentence that matters, its tone, and whether it asks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from followthrough.core.facts import AskedForDays, Fact, TheyEnquired, TheyWrote, WeWrote
from followthrough.core.saying import says
from followthrough.inlets.language import findings, private
from followthrough.inlets.mailbox import own_words
from followthrough.inlets.mailbox.offers import why_an_offer
from followthrough.inlets.noticed import Finding
from followthrough.inlets.wording import one_line
from followthrough.worker.importing.outcomes import Told

SHORTEST, LONGEST = 16, 300
# Hurt people come before those who beg.
TONES = ("upset", "begs")
NOTHING_ASKED = says("Nothing in it seems to ask for an answer")
_ANYBODY = re.compile(
    r"https?://|www\.|\b(?:please|to) (?:visit|go to|click|see our|check (?:out )?(?:our|the))\b"
    r"|\bfor (?:more|further) information\b|\bif you (?:would like|wish|want|choose) to "
    r"(?:see|learn|know|reply|be|receive|unsubscribe|volunteer)\b"
    r"|\be-?mail (?:settings|preference)",
    re.IGNORECASE,
)


def with_findings(told: Told) -> Told:
    """Read once, as it comes in. That they beg, are upset or name days is part of what happened;
    whatever obliges beyond that is proposed."""
    if not told.facts or not told.words:
        return told
    mail, *others = told.facts
    if not isinstance(mail, TheyWrote | TheyEnquired | WeWrote):
        return told
    (title, body), *_ = told.words
    found = findings(body, at=mail.at, by_us=isinstance(mail, WeWrote), subject=title)
    facts = (_toned(mail, found), *others, *_days(mail, found))
    return replace(told, facts=facts, findings=found)


def _toned(mail: Fact, found: Sequence[Finding]) -> Fact:
    """With the place of the sentence that a line should show: facts hold no words."""
    if not isinstance(mail, TheyWrote | TheyEnquired):
        return mail
    kinds = {one.kind for one in found}
    shown = _first(found, *TONES, "asks")
    shows = [(one.start, one.start + len(one.sentence)) for one in shown]
    return replace(
        mail, upset="upset" in kinds, begging="begs" in kinds, shows=shows[0] if shows else (0, 0)
    )


def _days(mail: Fact, found: Sequence[Finding]) -> Iterator[Fact]:
    days = sorted({day for one in found if one.kind == "days" for day in one.days})
    if days and not isinstance(mail, WeWrote):
        yield AskedForDays(at=mail.at, dates=tuple(days))


@dataclass(frozen=True, kw_only=True)
class Words:
    """One mail's words, read again where they are shown."""

    title: str
    body: str
    found: tuple[Finding, ...]

    @property
    def tone(self) -> str:
        return next((one.kind for one in self._first(*TONES)), "")

    @property
    def sentence(self) -> str:
        """The one that asks; else how it begins; else its subject."""
        for one in self._first(*TONES, "asks", "wants"):
            return one.sentence[:LONGEST]
        lines = [line.strip() for line in own_words(self.body).splitlines()]
        says = [line for line in lines if line and not line.endswith((":", ","))]
        long = (line for line in says if len(line) >= SHORTEST)
        return one_line(next(long, "") or " ".join(says[:1]) or self.title, limit=LONGEST)

    def why_no_business(self, *, enquired: bool, times: int) -> str:
        """Why it is left unticked, or "". Whoever is hurt, begs or comes again is ticked."""
        if self.tone:
            return ""
        if why := private(self.body, self.title):
            return says("It reads like private mail: {why}", why=why)
        if why := why_an_offer(self.body, self.title):
            return why
        asks = self._first("asks", "wants", "days") or enquired or times > 1
        return "" if asks else NOTHING_ASKED

    def _first(self, *kinds: str) -> list[Finding]:
        return _first(self.found, *kinds)


def _first(found: Sequence[Finding], *kinds: str) -> list[Finding]:
    """Of the first of these kinds that there is, the surest."""
    for kind in kinds:
        some = [one for one in found if one.kind == kind and not _to_anybody(one)]
        if some:
            return [max(some, key=lambda one: one.sure)]
    return []


def _to_anybody(one: Finding) -> bool:
    """What every reader is asked to do obliges nobody to answer."""
    return one.kind == "asks" and bool(_ANYBODY.search(one.sentence))


def words_of(title: str, body: str, *, at: datetime, by_us: bool) -> Words:
    found = findings(body, at=at, by_us=by_us, subject=title)
    return Words(title=title, body=body, found=found)
