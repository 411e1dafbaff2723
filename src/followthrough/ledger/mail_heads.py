"""Where an answer belongs: the newest mail of each conversation, kept as long as there is talk."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesHeaderParser

from django.db.models import QuerySet

from followthrough.ledger.books import family_of, history_of
from followthrough.ledger.models import Mailbox, MailHead, Message, Party, Workspace
from followthrough.ledger.models.outbox import SENT
from followthrough.ledger.names import hashed

HASHED = re.compile("[0-9a-f]{32}")
MOST = 12  # conversations with one person
MOST_IDS = 40  # of the mails before; the last ones join a conversation just as well
LONGEST_ID, LONGEST_SUBJECT = 998, 300
COLUMNS = ("mailbox", "message_id", "references", "subject", "address", "ours", "written_at")


@dataclass(frozen=True, kw_only=True)
class Head:
    """A mail as an answer names it. Ids stand without brackets."""

    thread: str
    message_id: str
    references: tuple[str, ...] = ()
    subject: str = ""
    address: str = ""
    ours: bool = False
    written_at: datetime
    mailbox: int | None = None


def note(workspace: Workspace, heads: Iterable[tuple[Party, Head]]) -> None:
    """Of each conversation only the newest stays, and of each person only the newest ones."""
    fresh: dict[tuple[int, str], Head] = {}
    for party, head in heads:
        known = fresh.get((party.pk, head.thread))
        if _can_be_answered(head) and (known is None or known.written_at <= head.written_at):
            fresh[party.pk, head.thread] = head
    parties = {party for party, _ in fresh}
    for row in _rows(workspace, parties):
        new = fresh.get((row.party_id, row.thread))
        if new and row.written_at > new.written_at:
            del fresh[row.party_id, row.thread]
    rows = [_row(workspace, party, head) for (party, _), head in fresh.items()]
    MailHead.objects.bulk_create(
        rows, update_conflicts=True, update_fields=COLUMNS,
        unique_fields=("workspace", "party", "thread"),
    )  # fmt: skip
    _let_the_oldest_go(workspace, parties)


def _can_be_answered(head: Head) -> bool:
    ident = head.message_id
    return 0 < len(ident) <= LONGEST_ID - 2 and not any(sign in ident for sign in "<> \t\r\n")


def _rows(workspace: Workspace, parties: Iterable[int]) -> QuerySet[MailHead]:
    return MailHead.objects.filter(workspace=workspace, party__in=set(parties))


def _row(workspace: Workspace, party: int, head: Head) -> MailHead:
    return MailHead(
        workspace=workspace, party_id=party, mailbox_id=head.mailbox, thread=head.thread,
        message_id=head.message_id, references=list(head.references[-MOST_IDS:]),
        subject=head.subject[:LONGEST_SUBJECT], address=head.address[:254], ours=head.ours,
        written_at=head.written_at,
    )  # fmt: skip


def _let_the_oldest_go(workspace: Workspace, parties: Iterable[int]) -> None:
    kept: dict[int, int] = {}
    gone = []
    newest_first = _rows(workspace, parties).order_by("-written_at", "-pk")
    for pk, party in newest_first.values_list("pk", "party"):
        kept[party] = kept.get(party, 0) + 1
        if kept[party] > MOST:
            gone.append(pk)
    if gone:
        MailHead.objects.filter(workspace=workspace, pk__in=gone).delete()


# --- what is answered ------------------------------------------------------------------------


def last_of(party: Party, matter: str) -> Head | None:
    """The newest mail in which this matter is talked about, theirs or ours; None: there is none."""
    threads = history_of(party).threads_of(matter) if matter else set()
    if not threads:
        return None
    read = _theirs(party).filter(thread__in=threads).order_by("-written_at").first()
    sent = Message.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), state=SENT, thread__in=threads
    )
    last = sent.exclude(handover_at=None).defer("raw").order_by("-handover_at").first()
    if last and last.handover_at and (read is None or read.written_at < last.handover_at):
        return _head_of_ours(last, last.handover_at)
    return _head(read) if read else None


def last_mailbox(party: Party) -> Mailbox | None:
    """The mailbox that they wrote to last."""
    rows = _theirs(party).filter(ours=False, mailbox__removed_at=None).exclude(mailbox=None)
    last = rows.select_related("mailbox__workspace", "mailbox__member").order_by("-written_at")
    row = last.first()
    return row.mailbox if row else None


def _head(row: MailHead) -> Head:
    return Head(
        thread=row.thread, message_id=row.message_id, references=tuple(row.references),
        subject=row.subject, address=row.address, ours=row.ours, written_at=row.written_at,
        mailbox=row.mailbox_id,
    )  # fmt: skip


def _head_of_ours(row: Message, at: datetime) -> Head:
    return Head(
        thread=row.thread, message_id=bare(row.message_id), references=_before(bytes(row.raw)),
        subject=row.subject, address=row.recipient, ours=True, written_at=at,
        mailbox=row.mailbox_id,
    )  # fmt: skip


def _before(raw: bytes) -> tuple[str, ...]:
    named = str(BytesHeaderParser().parsebytes(raw).get("References", ""))
    return tuple(bare(one) for one in named.split())


def bare(message_id: str) -> str:
    return message_id.strip().strip("<>")


def thread_named(message_id: str) -> str:
    """The name of the conversation that this mail begins: the same that its answers get."""
    return hashed(bare(message_id))


def thread_in_the_books(thread: str) -> str:
    """A thread's id may hold an address: in the books it is a hash that only stays itself. A live
    mailbox knows its threads by their hash already."""
    return thread if HASHED.fullmatch(thread) else hashed(thread)


def _theirs(party: Party) -> QuerySet[MailHead]:
    return MailHead.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
