"""What the words of a mail come to: the sentence that matters, its tone, and whether it asks."""

from dataclasses import dataclass, replace
from datetime import datetime

from followthrough.core.facts import TheyEnquired, TheyWrote, WeWrote
from followthrough.core.saying import says
from followthrough.inlets.language import findings, private
from followthrough.inlets.language.tone import TONES, days_named, surest, toned
from followthrough.inlets.mailbox import own_words
from followthrough.inlets.mailbox.offers import why_an_offer
from followthrough.inlets.noticed import Finding
from followthrough.inlets.wording import one_line
from followthrough.worker.importing.outcomes import Told

SHORTEST, LONGEST = 16, 300
NOTHING_ASKED = says("Nothing in it seems to ask for an answer")


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
    facts = (toned(mail, found), *others, *days_named(mail, found))
    return replace(told, facts=facts, findings=found)


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
        return surest(self.found, *kinds)


def words_of(title: str, body: str, *, at: datetime, by_us: bool) -> Words:
    found = findings(body, at=at, by_us=by_us, subject=title)
    return Words(title=title, body=body, found=found)
