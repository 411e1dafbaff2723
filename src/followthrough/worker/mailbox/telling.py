"""Mail that came just now, into the books: on Today at once, where nothing speaks against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from followthrough.core.facts import TheyEnquired, TheyWrote
from followthrough.inlets.mailbox import wants_an_answer
from followthrough.inlets.noticed import Mail
from followthrough.ledger import at_once, doubting, proposals, topics, wants
from followthrough.ledger.forget import anybody_is_forgotten
from followthrough.ledger.holding import hold_again
from followthrough.ledger.models import FollowUp, Mailbox
from followthrough.ledger.parties import Match, Matches, match_many
from followthrough.ledger.plain import clean
from followthrough.ledger.record import Way, record_many
from followthrough.worker.importing.answerable import note_heads
from followthrough.worker.importing.heard import words_of
from followthrough.worker.importing.outcomes import Outcome, Told
from followthrough.worker.importing.proposing import propose_held, said_in, wanted_in
from followthrough.worker.importing.writing import (
    heard_of,
    known_of,
    note_addresses,
    without_forgotten,
)
from followthrough.worker.mailbox.doubting import (
    Line,
    colleagues,
    doubt_about,
    doubts_in,
    proposed_in,
    without_their_own,
)
from followthrough.worker.mailbox.topics import topics_in


@dataclass(frozen=True, kw_only=True)
class Came:
    """A mail with what it tells. `old`: it was moved here, and came long ago; `mail` is what was
    read of it."""

    outcome: Outcome
    old: bool = False
    mail: Mail | None = None


def tell(mailbox: Mailbox, mails: Sequence[Came], *, at: datetime) -> None:
    """Words given and numbers are proposed, as ever. Whoever waits stands on Today, but for
    strangers who seem to want no business, and what is old: of those somebody is asked."""
    workspace = mailbox.workspace
    kept = list(mails)
    if anybody_is_forgotten():
        kept = [replace(one, outcome=without_forgotten(workspace, one.outcome)) for one in mails]
    told = [one for mail in kept for one in mail.outcome.told]
    with transaction.atomic():
        known = [known_of(one.contact) for one in told]
        found = match_many(workspace, known, owner=mailbox.member, at=at)
        mails_of = [mail.mail for mail in kept for _ in mail.outcome.told]
        lines = without_their_own(list(zip(told, found.each, mails_of, strict=True)))
        pairs = [(one, match) for one, match, _ in lines]
        asked = topics_in(mailbox, _just_now(kept, lines))
        _record(mailbox, pairs, found, at)
        topics.put(asked)
        note_heads(workspace, told, found.each, mailbox)
        _doubts(mailbox, lines, found, at)
        wants.add_many([w for one, match in pairs for w in wanted_in(one, match.party)])
        said = [s for one, match in pairs for s in said_in(one, match.party)]
        proposals.hear([*said, *proposed_in(mailbox, lines)], member=mailbox.member)
        doubtful = set(_doubtful(kept, found))
        _answer_at_once(mailbox, kept, found, doubtful)
        if doubtful and _hold(mailbox, doubtful, at):
            propose_held(workspace, mailbox.member, None, at=at)


def _record(
    mailbox: Mailbox, pairs: Sequence[tuple[Told, Match]], found: Matches, at: datetime
) -> None:
    told, matches = [one for one, _ in pairs], [match for _, match in pairs]
    returned = note_addresses(mailbox.workspace, told)
    gone = {match.party.pk for one, match in pairs if one.source in returned}
    newcomers = {pk: kinds for pk, kinds in found.newcomers.items() if pk not in gone}
    record_many(list(heard_of(told, matches)), at=at, way=Way(newcomers=newcomers))


def _just_now(mails: Sequence[Came], lines: Sequence[Line]) -> list[Line]:
    """Of what was moved here nobody is asked what it was about."""
    old = {one.source for mail in mails if mail.old for one in mail.outcome.told}
    return [line for line in lines if line[0].source not in old]


def _doubts(mailbox: Mailbox, lines: Sequence[Line], found: Matches, at: datetime) -> None:
    """Whose mail it may be, and of whom else of the house it may be the answer."""
    also = list(colleagues(mailbox, lines, found))
    if also:
        record_many(also, at=at)
    doubting.put([*doubts_in(mailbox, lines), *(doubt_about(mailbox, one, lines) for one in also)])


def _answer_at_once(
    mailbox: Mailbox, mails: Sequence[Came], found: Matches, doubtful: set[int]
) -> None:
    """Somebody's first mail to us, and only where a person wrote it to us alone."""
    whose: Iterator[Match] = iter(found.each)
    for came in mails:
        for told, match in [(one, next(whose)) for one in came.outcome.told]:
            mail, party = came.mail, match.party
            first = party.pk in found.newcomers and party.pk not in doubtful
            if mail and first and wants_an_answer(mail) and type(told.facts[0]) is TheyWrote:
                at_once.ask_for(
                    at_once.Enquiry(
                        party=party, source=told.source, to=mail.sender.email,
                        at=told.facts[0].at, topic=clean(mail.subject), mailbox=mailbox,
                    )
                )  # fmt: skip


def _doubtful(mails: Sequence[Came], found: Matches) -> Iterator[int]:
    """The parties of whom somebody is asked first."""
    whose: Iterator[Match] = iter(found.each)
    for mail in mails:
        for one in mail.outcome.told:
            party = next(whose).party.pk
            if mail.old or (party in found.newcomers and _no_business(one)):
                yield party


def _no_business(told: Told) -> bool:
    mail, *_ = told.facts
    if not isinstance(mail, TheyWrote | TheyEnquired):
        return False
    (title, body), *_ = told.words
    words = words_of(title, body, at=mail.at, by_us=False)
    return bool(words.why_no_business(enquired=isinstance(mail, TheyEnquired), times=1))


def _hold(mailbox: Mailbox, parties: set[int], at: datetime) -> bool:
    """Only what came on the books just now: nothing is taken off anybody's list."""
    rows = FollowUp.objects.filter(
        workspace=mailbox.workspace_id, party__in=parties, opened_at=at, settled_at=None,
        spread_to=None, member__isnull=False,
    )  # fmt: skip
    held = list(rows)
    hold_again(held)
    return bool(held)
