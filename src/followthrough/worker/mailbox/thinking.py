"""What stored mails mean: each is read once, and one that cannot be read stops no other."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from followthrough.core.facts import TheyBooked, TheyWrote
from followthrough.core.saying import says
from followthrough.inlets.mailbox import Desk, parse
from followthrough.inlets.mailbox.desk import A_COPY
from followthrough.inlets.mailbox.doubtful import Doubtful
from followthrough.inlets.noticed import LeftOut, Mail, Noticed, Unreadable
from followthrough.ledger import intakes, mailboxes, spreading
from followthrough.ledger.models import Reading, StoredMail, Workspace
from followthrough.ledger.models.reading import (
    ASIDE,
    COPY,
    JUNK,
    READ,
    UNREADABLE,
    WAITING,
)
from followthrough.ledger.plain import clean
from followthrough.ledger.statements import update
from followthrough.worker.importing.outcomes import IGNORED, LINKED, QUARANTINED, Outcome
from followthrough.worker.importing.proposing import propose, propose_words
from followthrough.worker.importing.sorter import Sorter
from followthrough.worker.importing.writing import write
from followthrough.worker.mailbox.hearing import Ears
from followthrough.worker.mailbox.memory import Memory
from followthrough.worker.mailbox.telling import Came, tell

logger = logging.getLogger(__name__)

SLICE = 40  # mails in a transaction: others want to write, too
FAULTS = (OperationalError, InterfaceError)  # of the database, not of a mail: try again later
NOT_FROM_JUNK = says("in the junk folder, and no answer to us")
STATES = {LINKED: READ, IGNORED: ASIDE, QUARANTINED: UNREADABLE}


class WasFaster(Exception):
    """Another worker thought about these mails; nothing was written."""


def think(workspace: Workspace, *, at: datetime) -> int:
    """A slice of each mailbox; how many mails were thought about."""
    readings = list(mailboxes.to_think_about(workspace))
    done = sum(think_about(reading, at=at) for reading in readings)
    while readings and propose_words(workspace, None, at=at):
        pass
    return done


def think_about(reading: Reading, *, at: datetime) -> int:
    """What came just now goes first. What lay there already is thought about when all of it is
    stored: only then it is known who answers whom."""
    if reading.mailbox.removed_at:
        _finish(reading, at)
        return 0
    live = _waiting(reading, old=False)
    old = _waiting(reading, old=True) if not live and reading.caught_up_at else []
    try:
        if live or (old and _is_brought_in(reading)):
            _safely(reading, live or old, at)
        elif old:
            _bring_in(reading, old, at)
        elif reading.intake and reading.caught_up_at:
            _finish(reading, at)
    except (WasFaster, intakes.LostTheLease):
        return 0
    return len(live or old)


def _waiting(reading: Reading, *, old: bool) -> list[StoredMail]:
    rows = StoredMail.objects.filter(
        workspace=reading.workspace_id, mailbox=reading.mailbox_id, state=WAITING, old=old
    )
    return list(rows.select_related("folder").order_by("pk")[:SLICE])


# --- mail that came just now -----------------------------------------------------------------


def _safely(reading: Reading, rows: Sequence[StoredMail], at: datetime) -> None:
    try:
        _tell(reading, rows, at)
    except (*FAULTS, WasFaster):
        raise
    except Exception:  # one mail must not stop the others: it is found and set aside
        logger.exception("Mails of mailbox %s are taken in one by one", reading.mailbox_id)
        for row in rows:
            _alone(reading, row, at)


def _alone(reading: Reading, row: StoredMail, at: datetime) -> None:
    try:
        _tell(reading, [row], at)
    except (*FAULTS, WasFaster):
        raise
    except Exception as error:
        why = says("This could not be taken in ({error}).", error=type(error).__name__)
        _settle([row], [Outcome(where="", outcome=QUARANTINED, reason=why)])


def _tell(reading: Reading, rows: Sequence[StoredMail], at: datetime) -> None:
    outcomes, ears = _read(reading, rows, at)
    mails = [
        Came(outcome=one, old=row.old, mail=ears.read[n])
        for n, (one, row) in enumerate(zip(outcomes, rows, strict=True))
    ]
    with transaction.atomic():
        tell(reading.mailbox, mails, at=at)
        ears.keep(at=at)
        _settle(rows, outcomes)


# --- what lay there already --------------------------------------------------------------------


def _is_brought_in(reading: Reading) -> bool:
    return bool(reading.intake and reading.intake.finished_at)


def _bring_in(reading: Reading, rows: Sequence[StoredMail], at: datetime) -> None:
    """As an import does it: what it obliges to waits for a yes, and all of it can be taken back."""
    if reading.intake is None:
        total = StoredMail.objects.filter(
            workspace=reading.workspace_id, mailbox=reading.mailbox_id, state=WAITING, old=True
        ).count()
        box = reading.mailbox
        reading.intake = intakes.of_mailbox(box.member, box.address, total=total, at=at)
        reading.save(update_fields=["intake"])
    try:
        _write(reading, rows, at)
    except (*FAULTS, WasFaster, intakes.LostTheLease):
        raise
    except Exception:
        logger.exception("Mails of mailbox %s are brought in one by one", reading.mailbox_id)
        for row in rows:
            _write_alone(reading, row, at)


def _write_alone(reading: Reading, row: StoredMail, at: datetime) -> None:
    try:
        _write(reading, [row], at)
    except (*FAULTS, WasFaster, intakes.LostTheLease):
        raise
    except Exception as error:
        why = says("This could not be taken in ({error}).", error=type(error).__name__)
        _settle([row], [Outcome(where="", outcome=QUARANTINED, reason=why)])


def _write(reading: Reading, rows: Sequence[StoredMail], at: datetime) -> None:
    assert reading.intake is not None  # noqa: S101 - made by whoever calls
    outcomes, ears = _read(reading, rows, at)
    with transaction.atomic():
        write(reading.intake, outcomes, at=at)
        ears.keep(at=at)
        _settle(rows, outcomes)


def _finish(reading: Reading, at: datetime) -> None:
    intake = reading.intake
    if intake is None or intake.finished_at:
        return
    with transaction.atomic():
        if propose(intake, at=at):  # a handful at a time; the next turn goes on
            return
    spreading.spread(intake.workspace, at=at)
    intakes.finish(intake, at=at)


# --- both ----------------------------------------------------------------------------------------


def _read(reading: Reading, rows: Sequence[StoredMail], at: datetime) -> tuple[list[Outcome], Ears]:
    ours = mailboxes.our_addresses(reading.mailbox.workspace)
    parsed = [parse(bytes(row.raw or b""), where=str(row)) for row in rows]
    ears = Ears(reading.mailbox, parsed, ours)
    mails = [ears.by_its_id(one) for one in parsed]
    known = Memory(reading.mailbox.workspace, [one for one in mails if isinstance(one, Mail)])
    desk = FolderDesk(known, frozenset(ours))
    sorter = Sorter(desk, members=ours, at=at)
    outcomes = []
    for row, mail in zip(rows, mails, strict=True):
        desk.junk, desk.live = row.folder.role == JUNK, not row.old
        place = f"{row.folder.name} {row.uidvalidity}/{row.uid}"
        outcomes.append(ears.said_of(mail, sorter.outcome(mail, place, b"")))
    return outcomes, ears


class FolderDesk(Desk):
    """The desk of a mailbox: what the server took for junk counts only as an answer to us."""

    junk = live = False

    def __init__(self, known: Memory, ours: frozenset[str]) -> None:
        super().__init__(known, ours)
        self.doubtful = Doubtful(known, ours)

    def outcome(self, mail: Mail) -> list[Noticed] | LeftOut | Unreadable:
        if self.junk and not self._expected(mail):
            return LeftOut(key=mail.key, rule=NOT_FROM_JUNK, subject=mail.subject)
        found = super().outcome(mail)
        told = found[0].fact if isinstance(found, list) else None
        if self.live and isinstance(found, list) and isinstance(told, TheyWrote | TheyBooked):
            found = [*found, *self.doubtful.beside(mail)]
        return found

    def in_doubt(self, mail: Mail) -> list[Noticed]:
        return self.doubtful.instead(mail) if self.live else []

    def _expected(self, mail: Mail) -> bool:
        answers = self.known.first_of_ours(mail.references)
        return bool(answers) or self.known.was_written_to(mail.sender.email) or bool(mail.bounce)


def _settle(rows: Sequence[StoredMail], outcomes: Sequence[Outcome]) -> None:
    """In the transaction that told the books. What cannot be read is kept as it came."""
    mine = StoredMail.objects.select_for_update().filter(
        pk__in=[row.pk for row in rows], state=WAITING
    )
    if len(list(mine.values_list("pk", flat=True))) != len(rows):
        raise WasFaster
    for row, one in zip(rows, outcomes, strict=True):
        row.state = COPY if one.reason == A_COPY else STATES[one.outcome]
        row.reason = clean(one.reason)[:200]
        row.raw = row.raw if row.state == UNREADABLE else None
    update(rows, ("state", "reason", "raw"))
