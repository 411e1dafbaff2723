"""Copies of what we sent that are still to be laid among the sent mail of its mailbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from followthrough.core.saying import Saying
from followthrough.ledger.models import Folder, Message, Reading
from followthrough.ledger.models.outbox import SENT
from followthrough.ledger.models.reading import SENT as SENT_MAIL

LATEST = timedelta(days=7)  # what could not be filed for so long is not tried any more
PAUSE = timedelta(minutes=15)  # between two tries, where the server did not take one


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One mail, as it left."""

    id: int
    message_id: str
    raw: bytes
    left_at: datetime


def to_file(reading: Reading, *, most: int, at: datetime) -> list[Copy]:
    """What left lately, the oldest first. Only where we know that the server files nothing by
    itself: a copy of ours would else teach us that it does, and then the absence of one would
    count as proof that a mail did not leave."""
    mailbox = reading.mailbox
    if mailbox.keeps_copies is not False or (reading.file_at and reading.file_at > at):
        return []
    rows = Message.objects.filter(
        workspace=reading.workspace_id, mailbox=mailbox, state=SENT, filed_at=None,
        ended_at__gte=at - LATEST, party__isnull=False,
    ).order_by("ended_at", "pk")  # fmt: skip
    found = list(rows.values_list("pk", "message_id", "raw", "ended_at")[:most])
    if not found and reading.filing_problem:
        _keep(reading, "", None)  # what could not be filed is too old by now
    return [
        Copy(id=pk, message_id=name, raw=bytes(raw), left_at=left)
        for pk, name, raw, left in found
        if raw and left
    ]


def sent_folder(reading: Reading) -> Folder | None:
    """Where it keeps what was sent; None: it shows no such folder."""
    rows = Folder.objects.filter(
        workspace=reading.workspace_id, mailbox=reading.mailbox_id, role=SENT_MAIL
    )
    return rows.order_by(F("read_at").desc(nulls_last=True)).first()


def filed(reading: Reading, copy: Copy, *, at: datetime) -> None:
    """It lies there now; what was wrong with filing is over."""
    Message.objects.filter(workspace=reading.workspace_id, pk=copy.id).update(filed_at=at)
    if reading.filing_problem:
        _keep(reading, "", None)


def not_filed(reading: Reading, why: Saying, *, at: datetime) -> None:
    """The page of the mailbox says why. It is tried again after a while."""
    _keep(reading, str(why)[:300], at + PAUSE)


def _keep(reading: Reading, problem: str, again_at: datetime | None) -> None:
    reading.filing_problem, reading.file_at = problem, again_at
    reading.save(update_fields=["filing_problem", "file_at"])
