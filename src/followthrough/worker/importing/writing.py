"""One slice of outcomes into the books: people, facts, pieces and the cursor, all or nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from followthrough.core.facts import Bounced, Fact, TheyWrote
from followthrough.core.saying import says
from followthrough.inlets.noticed import Contact
from followthrough.ledger import alarms, dead, intakes, proposals, spreading, told_again, wants
from followthrough.ledger.forget import anybody_is_forgotten
from followthrough.ledger.holding import hold_back
from followthrough.ledger.mail_heads import thread_in_the_books
from followthrough.ledger.models import Intake, Piece, Workspace
from followthrough.ledger.names import fact_name
from followthrough.ledger.parties import (
    ForgottenMeanwhile,
    Known,
    Match,
    Matches,
    forgotten,
    match_many,
)
from followthrough.ledger.plain import clean
from followthrough.ledger.record import Heard, Way, record_many
from followthrough.ledger.statements import insert_values
from followthrough.ledger.writes import Writes
from followthrough.worker.importing.answerable import note_heads
from followthrough.worker.importing.outcomes import IGNORED, QUARANTINED, Outcome, Told
from followthrough.worker.importing.proposing import said_in, wanted_in

ASKED_TO_BE_FORGOTTEN = says("asked to be forgotten")


def write(intake: Intake, outcomes: Sequence[Outcome], *, at: datetime) -> None:
    """Raises LostTheLease, with nothing written, where another worker was faster."""
    while True:
        try:
            return _write(intake, outcomes, at=at)
        except ForgottenMeanwhile:  # nothing was written: they are left out by now
            continue


def _write(intake: Intake, outcomes: Sequence[Outcome], *, at: datetime) -> None:
    kept = list(outcomes)
    if anybody_is_forgotten():
        kept = [without_forgotten(intake.workspace, one) for one in outcomes]
    told = [one for outcome in kept for one in outcome.told]
    known = [known_of(one.contact) for one in told]
    counts = counted(intake.counts, kept)
    with transaction.atomic():
        intakes.advance(intake, by=len(kept), counts=counts, at=at)
        found = match_many(
            intake.workspace, known, owner=intake.member, at=at, intake=intake.pk
        )  # fmt: skip
        _record(intake, told, found, at)
        note_heads(intake.workspace, told, found.each, None)
        _propose_later(intake, kept, found.each, at)
        _write_pieces(intake, kept, iter(found.each))
    intake.cursor, intake.counts = intake.cursor + len(kept), counts


def _record(intake: Intake, told: Sequence[Told], found: Matches, at: datetime) -> None:
    """What is long late rings no bell, and a long list does not bury today."""
    heard = list(heard_of(told, found.each))
    rings: list[bool] = []

    def calm(writes: Writes) -> None:
        spreading.park([row for row, _ in writes.opened], intake.workspace, at=at)
        rings.append(writes.rings)

    returned = note_addresses(intake.workspace, told)
    gone = {one.party.pk for one, by in zip(found.each, told, strict=True) if by.source in returned}
    newcomers = {pk: kinds for pk, kinds in found.newcomers.items() if pk not in gone}
    way = Way(newcomers=newcomers, intake=intake.pk, before=calm)
    if record_many(heard, at=at, way=way) < sum(len(one.facts) for one in heard):
        told_again.note(intake, heard, at=at)
    if any(rings):
        touched = {one.party.pk for one in found.each}
        alarms.stay_silent(intake.workspace, touched, since=intake.created_at, at=at)


def note_addresses(workspace: Workspace, told: Sequence[Told]) -> set[str]:
    """To an address that does not exist nothing is sent; one that they write from works. The
    sources that told of such a one."""
    returned: dict[str, str] = {}
    wrote: dict[str, datetime] = {}
    for one in told:
        for fact in one.facts:
            for mail in one.contact.emails:
                if isinstance(fact, Bounced) and fact.dead:
                    returned[clean(mail)] = fact_name(one.source, Bounced.__name__)
                elif isinstance(fact, TheyWrote):
                    wrote[clean(mail)] = max(fact.at, wrote.get(clean(mail), fact.at))
    dead.mark(workspace, returned)
    dead.hear_from(workspace, wrote)
    names = set(returned.values())
    return {one.source for one in told if fact_name(one.source, Bounced.__name__) in names}


def counted(before: dict[str, Any], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The report's numbers: each piece once, by outcome; the rules that left something out."""
    outcome = Counter(before.get("outcomes", {})) + Counter(one.outcome for one in outcomes)
    rules = Counter(before.get("rules", {})) + Counter(
        one.reason for one in outcomes if one.outcome == IGNORED
    )
    tally = Counter(before.get("tally", {})) + Counter(
        name for one in outcomes for name in one.tally
    )
    return before | {"outcomes": dict(outcome), "rules": dict(rules), "tally": dict(tally)}


def without_forgotten(workspace: Workspace, outcome: Outcome) -> Outcome:
    """Whoever asked to be forgotten is told of no more."""
    kept = tuple(one for one in outcome.told if not forgotten(workspace, known_of(one.contact)))
    if outcome.told and not kept:
        return Outcome(where=outcome.where, outcome=IGNORED, reason=ASKED_TO_BE_FORGOTTEN)
    return replace(outcome, told=kept)


def known_of(contact: Contact) -> Known:
    return Known(
        name=clean(contact.name),
        emails=tuple(map(clean, contact.emails)),
        phones=tuple(map(clean, contact.phones)),
        company=clean(contact.company),
        role=clean(contact.title),
        note=clean(contact.note),
        external=clean(contact.external),
    )


def heard_of(told: Sequence[Told], found: Sequence[Match]) -> Iterator[Heard]:
    for one, match in zip(told, found, strict=True):
        if one.facts:
            yield Heard(
                party=match.party,
                source=one.source,
                facts=tuple(map(_bare, one.facts)),
                words=tuple((clean(title), clean(body)) for title, body in one.words),
            )


def _bare(fact: Fact) -> Fact:
    """A thread's id may hold an address: in the books it is a hash that only stays itself."""
    thread = getattr(fact, "thread", "")
    named = thread_in_the_books(thread) if thread else ""
    return fact if named == thread else replace(fact, thread=named)  # type: ignore[call-arg]


PIECE = ("workspace", "intake", "where", "outcome", "reason", "joined_by", "party", "raw")


def _propose_later(
    intake: Intake, outcomes: Sequence[Outcome], found: Sequence[Match], at: datetime
) -> None:
    """What mails oblige to is held back from Today until somebody has said yes."""
    whose, waiting = iter(found), set[int]()
    said: list[proposals.Said] = []
    wanted: list[wants.Wanted] = []
    for outcome in outcomes:
        of_it = [(one, next(whose).party) for one in outcome.told]
        if outcome.proposed:
            waiting |= {party.pk for _, party in of_it}
            said += [sentence for one, party in of_it for sentence in said_in(one, party)]
            wanted += [want for one, party in of_it for want in wanted_in(one, party)]
    if waiting:
        wants.add_many(wanted)
        proposals.hear(said, member=intake.member, intake=intake)
        hold_back(intake, waiting, at=at)


def _write_pieces(intake: Intake, outcomes: Sequence[Outcome], found: Iterator[Match]) -> None:
    rows = []
    for one in outcomes:
        of_it = [next(found) for _ in one.told]
        party, by = (of_it[0].party.pk, of_it[0].by) if of_it else (None, "")
        raw = (one.raw or None) if one.outcome == QUARANTINED else None
        rows.append(
            (intake.workspace_id, intake.pk, clean(one.where)[:300], one.outcome,
             clean(one.reason)[:200], by[:254], party, raw)
        )  # fmt: skip
    insert_values(Piece, PIECE, rows)
