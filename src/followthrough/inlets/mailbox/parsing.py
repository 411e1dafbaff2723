"""One raw mail, read: whatever it holds, the answer is a Mail or a sentence why not."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from followthrough.core.saying import says
from followthrough.inlets.mailbox.appointments import appointment_in
from followthrough.inlets.mailbox.bounces import bounce_of
from followthrough.inlets.mailbox.clues import Clues
from followthrough.inlets.mailbox.forwards import forwarded_in
from followthrough.inlets.mailbox.glimpse import (
    BLANK_LINE,
    bare,
    delivered_to,
    read_head,
    read_mail,
)
from followthrough.inlets.mailbox.headers import (
    arrival,
    believable,
    contacts,
    heads,
    ids,
    instant,
    references_of,
)
from followthrough.inlets.mailbox.machine_words import DAEMON, NO_REPLY
from followthrough.inlets.mailbox.outlook import NotReadable
from followthrough.inlets.mailbox.verdicts import judged
from followthrough.inlets.mailbox.words import text_of
from followthrough.inlets.noticed import Contact, Mail, Unreadable

PIECE = 1 << 20
LARGEST_READ = 8 << 20  # words stand before attachments; the key still covers every byte


def parse(
    raw: bytes | Unreadable, *, where: str = "", ours: frozenset[str] = frozenset()
) -> Mail | Unreadable:
    """What could not even be opened comes as it is."""
    if isinstance(raw, Unreadable):
        return raw
    try:
        mail = _mail(bare(raw), ours)
        return mail or Unreadable(where=where, raw=raw, why=NO_MAIL)
    except NotReadable:
        return Unreadable(where=where, raw=raw, why=BROKEN_OUTLOOK)
    except RecursionError:
        return Unreadable(
            where=where, raw=raw, why=says("This mail is nested too deeply to be read safely.")
        )
    except Exception as error:  # one unforeseen mail must not stop the others
        return Unreadable(
            where=where,
            raw=raw,
            why=says("This mail could not be read ({error}).", error=type(error).__name__),
        )


def wants_an_answer(mail: Mail) -> bool:
    """Whether a machine may answer it (RFC 3834): a person wrote, to us, for the first time."""
    local = mail.sender.email.partition("@")[0]
    machine = NO_REPLY.match(local) or DAEMON.match(local)
    against = {NO_MACHINE, "sent in bulk", "marked as spam", "several senders"} & set(mail.flags)
    human = mail.verdict.kind == "human"
    return human and not (machine or against or mail.mailing_list or mail.references)


def key_alone(raw: bytes) -> str:
    """The key that `parse` would give, without reading on; "" for what is no mail."""
    try:
        raw = bare(raw)
        message = read_head(raw)
        return key_of(raw, heads(message)) if message else ""
    except Exception:  # the same mail was set aside when it was read
        return ""


BROKEN_OUTLOOK = says(
    "This is a file in Outlook's own format, and broken or no mail. "
    "Open it in Outlook and save it as .eml, then it reads."
)
NO_MAIL = says("This has no sender, date or subject, so it does not look like a mail.")


def _mail(raw: bytes, ours: frozenset[str]) -> Mail | None:
    message = read_mail(raw[:LARGEST_READ])
    if message is None:
        return None
    clues = Clues(message)
    values = clues.values
    arrived = arrival(values)
    found = judged(clues, ours=ours)
    text = text_of(message)
    return Mail(
        key=key_of(raw, values),
        **_names(values),
        sender=clues.sender,
        reply_to=contacts(values.get("reply-to", [])),
        to=contacts(values.get("to", [])),
        cc=contacts(values.get("cc", []) + values.get("bcc", [])),
        sent_at=believable(instant(clues.first("date")), arrived),
        arrived_at=arrived,
        subject=clues.subject,
        text=text,
        mailing_list=clues.mailing_list,
        lists=clues.lists,
        flags=_flags(clues),
        verdict=found,
        bounce=bounce_of(message, raw) if found.kind in _REPORTS else None,
        forwarded=forwarded_in(clues, text) if found.kind in ("human", "own") else None,
        appointment=appointment_in(clues) if found.kind == "calendar" else None,
    )


def _names(values: dict[str, list[str]]) -> dict[str, Any]:
    """What it calls itself, what it answers, and where it was delivered."""
    return {
        "message_id": next(iter(ids(values.get("message-id", [])[:1])), ""),
        "references": references_of(values),
        "delivered_to": delivered_to(values),
    }


NO_MACHINE = "wants no automatic answer"
_SUPPRESSED = re.compile(r"\b(all|autoreply|oof)\b", re.IGNORECASE)
_REPORTS = ("bounce", "delayed", "delivered", "complaint", "read_receipt")


def key_of(raw: bytes, values: dict[str, list[str]]) -> str:
    """Names the mail by what it says. Two copies that took different ways get the same key;
    two mails that share a Message-ID do not."""
    named = "\0".join(
        (values.get(name) or [""])[0].strip() for name in ("message-id", "date", "from", "subject")
    )
    found = hashlib.sha256(named.encode("utf-8", "replace") + b"\0")
    blank = BLANK_LINE.search(raw)
    for piece in _body(raw, blank.end()) if blank else ():
        found.update(piece)
    return found.hexdigest()


def _body(raw: bytes, start: int) -> Iterator[bytes]:
    """What stands below the head, with one kind of line end, piece by piece: it may be large."""
    end = len(raw)
    while end > start and raw[max(start, end - PIECE) : end].isspace():
        end = max(start, end - PIECE)
    last = raw[max(start, end - PIECE) : end]
    end -= len(last) - len(last.rstrip())
    while start < end:
        stop = min(start + PIECE, end)
        stop += raw[stop - 1 : stop] == b"\r" and stop < end
        yield raw[start:stop].replace(b"\r\n", b"\n")
        start = stop


def _flags(clues: Clues) -> tuple[str, ...]:
    """What a person should know before trusting the sender."""
    values = clues.values
    flags = ["no sender"] if clues.sender == Contact() else []
    if len(values.get("from", [])) > 1:
        flags.append("several senders")
    if clues.rewritten:
        flags.append("sender rewritten by a list")
    if clues.sent_in_bulk:
        flags.append("sent in bulk")
    if clues.null_path or _SUPPRESSED.search(clues.first("x-auto-response-suppress")):
        flags.append(NO_MACHINE)
    if (
        clues.first("x-spam-flag").lower() == "yes"
        or clues.first("x-spam-status")[:3].lower() == "yes"
    ):
        flags.append("marked as spam")
    return tuple(flags)
