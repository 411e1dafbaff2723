"""What the words of a mail say beside being a mail: that somebody begs, is upset, or promised."""

from dataclasses import replace

from followthrough.core.facts import Fact, TheyEnquired, TheyWrote, WeWrote
from followthrough.inlets.language import findings
from followthrough.inlets.noticed import Finding
from followthrough.worker.importing.outcomes import Told


def with_findings(told: Told) -> Told:
    """Read once, as it comes in. Numbers and titles stand under words of theirs alone."""
    if not told.facts or not told.words:
        return told
    mail, *others = told.facts
    if not isinstance(mail, TheyWrote | TheyEnquired | WeWrote):
        return told
    (title, body), *_ = told.words
    found = findings(body, at=mail.at, by_us=isinstance(mail, WeWrote), subject=title)
    return replace(told, facts=(_toned(mail, found), *others), findings=found)


def _toned(mail: Fact, found: tuple[Finding, ...]) -> Fact:
    kinds = {one.kind for one in found}
    if not isinstance(mail, TheyWrote):
        return mail
    return replace(mail, upset="upset" in kinds, begging="begs" in kinds)
