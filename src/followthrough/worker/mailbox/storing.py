"""A portion of mails into the books, and the folder's cursor past them: both or neither."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from followthrough.core.saying import says
from followthrough.inlets.mailbox import glimpse, key_alone, seen_in_time
from followthrough.inlets.mailbox.glimpse import Glimpse
from followthrough.inlets.servers.postbox import Letter
from followthrough.ledger import canaries, mailboxes
from followthrough.ledger.models import Folder, MailTrace, Reading, StoredMail
from followthrough.ledger.models.reading import (
    ASIDE,
    COPY,
    JUNK,
    LIST,
    REFERS,
    SENT,
    TO,
    UNREADABLE,
    WAITING,
)
from followthrough.ledger.names import hashed
from followthrough.ledger.outbox.doubts import ours_among
from followthrough.ledger.statements import insert, insert_numbered, select

# What was written longer ago than that was moved here, and did not come just now.
JUST_NOW = timedelta(days=14)
MOST_IDS = 100
NOT_HANDED_OVER = says("The mail server could not hand this mail over.")


class LostTheLease(Exception):
    """Another worker reads this mailbox by now; nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Portion:
    """Some letters of one folder with what is in them; b"" where the server gave nothing.

    `next_uid` is what comes after them: numbers before it that are not here are nobody's any more.
    """

    letters: Sequence[Letter]
    wholes: Mapping[int, bytes]
    next_uid: int


def store(reading: Reading, folder: Folder, portion: Portion, *, at: datetime) -> int:
    """How many were new. The heads are remembered, so that answers find what they answer."""
    ours = mailboxes.our_addresses(reading.mailbox.workspace)
    heads = {one.uid: _glimpse(portion.wholes.get(one.uid, b""), at) for one in portion.letters}
    with transaction.atomic():
        if not mailboxes.holds(reading, at=at):
            raise LostTheLease
        fresh = _not_stored(folder, portion.letters)
        if folder.role == SENT:
            _learn_aliases(reading, ours, [heads[one.uid] for one in fresh])
        rows = [_row(folder, one, portion.wholes.get(one.uid, b""), at) for one in fresh]
        _set_aside_copies(folder, rows)
        _set_aside_what_we_sent(folder, rows, [heads[one.uid] for one in fresh])
        canaries.set_aside(reading.mailbox, rows, portion.wholes, at=at)
        _remember(rows, [heads[one.uid] for one in fresh], ours)
        folder.next_uid = max(folder.next_uid, portion.next_uid)
        folder.save(update_fields=["next_uid"])
    return len(fresh)


def _glimpse(raw: bytes, at: datetime) -> Glimpse:
    seen = glimpse(raw) if raw else None
    return seen_in_time(seen, at=at) if seen else Glimpse()


def _not_stored(folder: Folder, letters: Sequence[Letter]) -> list[Letter]:
    where = {
        "workspace": [folder.workspace_id], "mailbox": [folder.mailbox_id],
        "folder": [folder.pk], "uidvalidity": [folder.uidvalidity],
        "uid": [one.uid for one in letters],
    }  # fmt: skip
    stored = {uid for (uid,) in select(StoredMail, ("uid",), where)}
    return [one for one in letters if one.uid not in stored]


def _learn_aliases(reading: Reading, ours: dict[str, str], heads: Iterable[Glimpse]) -> None:
    """What lies among the sent mail was written by us, whichever address it bears; unless it is
    somebody's: theirs was moved there, or sent on under their name, and they stay who they are."""
    senders = {one.sender for one in heads} - {""}
    new = senders - ours.keys() - set(reading.not_ours)
    new -= mailboxes.theirs_among(reading.mailbox.workspace, new) if new else set()
    if new:
        reading.aliases = sorted({*reading.aliases, *new})
        reading.save(update_fields=["aliases"])
        ours |= dict.fromkeys(new, str(reading.mailbox.member_id))


def _row(folder: Folder, letter: Letter, raw: bytes, at: datetime) -> StoredMail:
    key = (key_alone(raw) if raw else "") or sha256(
        raw or f"{folder.pk}:{folder.uidvalidity}:{letter.uid}".encode()
    ).hexdigest()
    return StoredMail(
        workspace_id=folder.workspace_id, mailbox_id=folder.mailbox_id, folder=folder,
        uidvalidity=folder.uidvalidity, uid=letter.uid, size=letter.size,
        arrived_at=letter.arrived, stored_at=at, raw=raw or None, key=key,
        state=WAITING if raw else UNREADABLE, reason="" if raw else NOT_HANDED_OVER,
        old=folder.caught_up_at is None,
    )  # fmt: skip


def _set_aside_copies(folder: Folder, rows: Sequence[StoredMail]) -> None:
    """The server counted anew, or somebody moved it: we have it, under another number. What was
    left aside as junk and lies elsewhere by now was taken out of there by somebody: it counts."""
    where: dict[str, list[Any]] = {
        "workspace": [folder.workspace_id], "mailbox": [folder.mailbox_id],
        "key": [row.key for row in rows],
    }  # fmt: skip
    found = list(select(StoredMail, ("key", "state", "folder"), where)) if rows else []
    junk = _junk(folder) if any(state == ASIDE for _, state, _ in found) else set()
    known = {key for key, state, lies in found if state != ASIDE or lies not in junk}
    for row in rows:
        if row.key in known and row.state == WAITING:
            row.state, row.raw = COPY, None
        known.add(row.key)


def _junk(folder: Folder) -> set[int]:
    """Where this folder is not junk itself."""
    rows = Folder.objects.filter(
        workspace=folder.workspace_id, mailbox=folder.mailbox_id, role=JUNK
    )
    return set(rows.exclude(pk=folder.pk).values_list("pk", flat=True))


def _set_aside_what_we_sent(
    folder: Folder, rows: Sequence[StoredMail], heads: Sequence[Glimpse]
) -> None:
    """What left through here stands on the timeline already; its copy is no news."""
    ids = {f"<{one.message_id}>" for one in heads if one.message_id}
    known = ours_among(folder.workspace, ids) if folder.role == SENT and ids else set()
    for row, head in zip(rows, heads, strict=True):
        if f"<{head.message_id}>" in known:
            row.state, row.raw = COPY, None


# --- what is remembered --------------------------------------------------------------------


def _remember(
    rows: Sequence[StoredMail], heads: Sequence[Glimpse], ours: Mapping[str, str]
) -> None:
    known = _threads(rows, heads)
    for row, head in zip(rows, heads, strict=True):
        row.message_id = hashed(head.message_id) if head.message_id else ""
        row.sender = hashed(head.sender) if head.sender else ""
        row.ours = head.sender in ours
        row.written_at = head.at
        written = head.at or row.arrived_at
        row.old = row.old or bool(written and written < row.stored_at - JUST_NOW)
        row.thread = _thread(row, head, known)
    insert_numbered(rows)
    insert([one for row, head in zip(rows, heads, strict=True) for one in _traces(row, head)])


def _thread(row: StoredMail, head: Glimpse, known: dict[str, str]) -> str:
    """That of the nearest mail which is known; else it is named after where it began."""
    chain = [hashed(one) for one in head.references[-MOST_IDS:]]
    chain += [row.message_id] if row.message_id else []
    found = next((known[one] for one in reversed(chain) if one in known), "")
    thread = found or (chain[0] if chain else hashed(f"key:{row.key}"))
    for one in chain:
        known.setdefault(one, thread)
    return thread


def _threads(rows: Sequence[StoredMail], heads: Sequence[Glimpse]) -> dict[str, str]:
    """What is known already of the ids that these mails name."""
    if not rows:
        return {}
    ids = {hashed(one) for head in heads for one in (head.message_id, *head.references[-MOST_IDS:])}
    workspace = rows[0].workspace_id
    answered = MailTrace.objects.filter(workspace=workspace, kind=REFERS, value__in=list(ids))
    found = dict(answered.order_by("-pk").values_list("value", "mail__thread"))
    where = {"workspace": [workspace], "message_id": ids - {hashed("")}}
    found |= dict(select(StoredMail, ("message_id", "thread"), where))
    return {one: thread for one, thread in found.items() if thread}


def _traces(row: StoredMail, head: Glimpse) -> Iterator[MailTrace]:
    named = [(REFERS, one) for one in head.references[-MOST_IDS:]]
    named += [(TO, one) for one in head.recipients] if row.ours else []
    named += [(LIST, one) for one in head.lists]
    for kind, value in dict.fromkeys(named):
        yield MailTrace(
            workspace_id=row.workspace_id, mail_id=row.pk, kind=kind, value=hashed(value)
        )
