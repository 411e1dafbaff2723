"""One raw mail, read: whatever it holds, the answer is a Mail or a sentence why not."""

import hashlib
import re
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from followthrough.inlets.mailbox.bounces import bounce_of
from followthrough.inlets.mailbox.clues import Clues
from followthrough.inlets.mailbox.headers import addresses_in, arrival, contacts, ids, instant
from followthrough.inlets.mailbox.verdicts import judged
from followthrough.inlets.mailbox.words import text_of
from followthrough.inlets.noticed import Contact, Mail, Unreadable

LARGEST_READ = 8 << 20  # words stand before attachments; the key still covers every byte

_EXPECTED = frozenset(
    ("from", "to", "subject", "date", "message-id", "received", "return-path", "reply-to", "sender")
)
_SPACED = re.compile(
    rb"^([A-Za-z-]{2,40})[ \t]+:", re.MULTILINE
)  # how mail was written before 2001
_MBOX_LINE = re.compile(rb"\A>?From [^\r\n]*\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")


def parse(raw: bytes, *, where: str = "", ours: frozenset[str] = frozenset()) -> Mail | Unreadable:
    try:
        mail = _mail(_MBOX_LINE.sub(b"", raw.lstrip(b"\r\n\xef\xbb\xbf"), count=1), ours)
        return mail or Unreadable(where=where, raw=raw, why=_why_no_mail(raw))
    except RecursionError:
        return Unreadable(
            where=where, raw=raw, why="This mail is nested too deeply to be read safely."
        )
    except Exception as error:  # one unforeseen mail must not stop the others
        return Unreadable(
            where=where, raw=raw, why=f"This mail could not be read ({type(error).__name__})."
        )


def _why_no_mail(raw: bytes) -> str:
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return "This is a mail in Outlook's own format. Save it as .eml in Outlook, then it reads."
    return "This has no sender, date or subject, so it does not look like a mail."


def _mail(raw: bytes, ours: frozenset[str]) -> Mail | None:
    message: Message = message_from_bytes(raw[:LARGEST_READ], policy=compat32)
    if not _looks_like_mail(message):
        message = message_from_bytes(_SPACED.sub(rb"\1:", raw[:LARGEST_READ]), policy=compat32)
    if not _looks_like_mail(message):
        return None
    clues = Clues(message)
    values = clues.values
    arrived = arrival(values)
    found = judged(clues, ours=ours)
    return Mail(
        key=key_of(raw, values),
        message_id=next(iter(ids(values.get("message-id", [])[:1])), ""),
        references=_references(values),
        sender=clues.sender,
        reply_to=contacts(values.get("reply-to", [])),
        to=contacts(values.get("to", [])),
        cc=contacts(values.get("cc", []) + values.get("bcc", [])),
        delivered_to=addresses_in([v for name in _DELIVERED for v in values.get(name, [])[:1]]),
        sent_at=_believable(instant(clues.first("date")), arrived),
        arrived_at=arrived,
        subject=clues.subject,
        text=text_of(message),
        mailing_list=clues.mailing_list,
        lists=clues.lists,
        flags=_flags(clues),
        verdict=found,
        bounce=bounce_of(message, raw) if found.kind in _REPORTS else None,
    )


_REPORTS = ("bounce", "delayed", "delivered")


def _looks_like_mail(message: Message) -> bool:
    return any(name.lower() in _EXPECTED for name, _ in message.raw_items())


# The first of each is the last stop of the way: the mailbox itself, not a list or alias before it.
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-delivered-to")


def key_of(raw: bytes, values: dict[str, list[str]]) -> str:
    """Names the mail by what it says. Two copies that took different ways get the same key;
    two mails that share a Message-ID do not."""
    blank = _BLANK_LINE.search(raw)
    body = raw[blank.end() :] if blank else b""
    body = body.replace(b"\r\n", b"\n").rstrip() if body else body
    named = "\0".join(
        (values.get(name) or [""])[0].strip() for name in ("message-id", "date", "from", "subject")
    )
    return hashlib.sha256(named.encode("utf-8", "replace") + b"\0" + body).hexdigest()


def _references(values: dict[str, list[str]]) -> tuple[str, ...]:
    """What it answers comes last and is never cut off."""
    answered = ids(values.get("in-reply-to", []))[:10]
    thread = [one for one in ids(values.get("references", [])) if one not in answered]
    return (*thread, *answered)


def _believable(written: datetime | None, arrived: datetime | None) -> datetime | None:
    """A date later than the arrival, or before there was mail, was set by a wrong clock."""
    if written and arrived and written > arrived + timedelta(days=1):
        return None
    return written


def _flags(clues: Clues) -> tuple[str, ...]:
    """What a person should know before trusting the sender."""
    values = clues.values
    flags = ["no sender"] if clues.sender == Contact() else []
    if len(values.get("from", [])) > 1:
        flags.append("several senders")
    if "x-original-from" in values:
        flags.append("sender rewritten by a list")
    if clues.sent_in_bulk:
        flags.append("sent in bulk")
    if (
        clues.first("x-spam-flag").lower() == "yes"
        or clues.first("x-spam-status")[:3].lower() == "yes"
    ):
        flags.append("marked as spam")
    return tuple(flags)
