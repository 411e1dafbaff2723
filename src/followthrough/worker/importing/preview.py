"""What would come of a file: shown before anything of it is in the books."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from followthrough.core.facts import Closed, Fact, Listed, Opened, OptedOut
from followthrough.core.saying import Saying, says
from followthrough.ledger.models import Workspace
from followthrough.ledger.parties import speaker_of
from followthrough.worker.importing.mail import MailReading
from followthrough.worker.importing.outcomes import Outcome, Reading
from followthrough.worker.importing.writing import known_of, without_forgotten

FEW = 5
ADDRESSES = 12
ENDED = {"won": says("A deal they bought"), "lost": says("A deal that came to nothing")}
# With its amount in cents and its day, which the page says as its reader writes them.
WORTH = {
    "won": says("A deal they bought, {amount}, of {day}"),
    "lost": says("A deal that came to nothing, {amount}, of {day}"),
}
OVER = says("A deal that has ended")
HELLO = says("A first hello, on a day with room for it")
NOT_WRITTEN = says("Will not be written to")
NOT_CALLED = says("Will not be called")
KNOWN = says("Somebody you know; nothing to do")


def preview(reading: Reading, workspace: Workspace) -> dict[str, Any]:
    """Plain values for the page: what it is, how much, and how the first of it will look."""
    if isinstance(reading, MailReading):
        return _of_mails(reading)
    notes = dict(reading.findings.notes)
    pieces = (one for one in reading.outcomes(0) if one is not None)
    notes["first"] = [_shown(one, workspace) for one in islice(pieces, FEW)]
    return notes


# --- lists and address books ---------------------------------------------------------------


def _shown(outcome: Outcome, workspace: Workspace) -> dict[str, Any]:
    kept = without_forgotten(workspace, outcome)
    if not kept.told:
        return {"where": kept.where, "left_out": kept.reason}
    contact = kept.told[0].contact
    known = speaker_of(workspace, known_of(contact))
    facts = [fact for told in kept.told for fact in told.facts]
    return {
        "where": kept.where,
        "name": contact.name or contact.company or contact.email,
        "email": ", ".join(contact.emails),
        "phone": ", ".join(contact.phones),
        "company": contact.company,
        "known": known.name if known else "",
        "happens": [one.stored() for one in dict.fromkeys(_happens(facts)) or (KNOWN,)],
        "remark": kept.reason,
    }


def _happens(facts: Sequence[Fact]) -> Iterator[Saying]:
    ended = {fact.matter for fact in facts if isinstance(fact, Closed)}
    for fact in facts:
        if isinstance(fact, Listed):
            yield HELLO
        elif isinstance(fact, OptedOut):
            yield NOT_WRITTEN if "email" in fact.channels else NOT_CALLED
        elif isinstance(fact, Closed):
            yield _ended(fact, facts)
        elif fact.matter not in ended:
            yield _plainly(str(fact))


def _ended(fact: Closed, facts: Sequence[Fact]) -> Saying:
    """With the amount and the day that it began, as far as the list tells them."""
    deal = next((it for it in facts if isinstance(it, Opened) and it.matter == fact.matter), None)
    if deal is None or not deal.value:
        return ENDED.get(fact.outcome, OVER)
    return says(WORTH.get(fact.outcome, OVER), amount=deal.value, day=deal.at.isoformat())


def _plainly(said: str) -> Saying:
    return said if isinstance(said, Saying) else says(said)


# --- mailboxes -----------------------------------------------------------------------------


def _of_mails(reading: MailReading) -> dict[str, Any]:
    first, last = reading.known.span()
    notes = reading.findings.notes
    return {
        "from": first.isoformat() if first else "",
        "until": last.isoformat() if last else "",
        "people": reading.known.people(),
        "ours": notes.get("ours", []),
        "guessed": notes.get("guessed", []),
        "addresses": _perhaps_ours(reading),
    }


def _perhaps_ours(reading: MailReading) -> list[str]:
    """Ours first, then those that might be: a person ticks what is right."""
    found = [*reading.findings.notes.get("ours", []), *reading.known.likely_ours()]
    return list(dict.fromkeys(found))[:ADDRESSES]
