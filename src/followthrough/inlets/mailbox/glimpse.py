"""The head of a mail alone: what a first look over a whole mailbox needs, and no more."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from followthrough.inlets.mailbox.clues import Clues
from followthrough.inlets.mailbox.headers import (
    addresses_in,
    arrival,
    believable,
    contacts,
    ids,
    instant,
    references_of,
)
from followthrough.inlets.mailbox.outlook import OLE, as_mail
from followthrough.inlets.mailbox.verdicts import judged
from followthrough.inlets.noticed import Mail

LONGEST_HEAD = 262_144
MBOX_LINE = re.compile(rb"\A>?From [^\r\n]*\r?\n")
BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_OLD_HEADER = re.compile(rb"^([A-Za-z-]{2,40})[ \t]+:", re.MULTILINE)  # written so before 2001
_EXPECTED = frozenset(
    ("from", "to", "subject", "date", "message-id", "received", "return-path", "reply-to", "sender")
)
# The first of each is the last stop of the way: the mailbox itself, not a list or alias before it.
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-delivered-to")


@dataclass(frozen=True, kw_only=True)
class Glimpse:
    """A mail without its words. `at` is as far as can be believed."""

    message_id: str = ""
    references: tuple[str, ...] = ()
    sender: str = ""
    recipients: tuple[str, ...] = ()
    delivered_to: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    mailing_list: bool = False
    a_person: bool = True
    at: datetime | None = None


def glimpse(raw: bytes) -> Glimpse | None:
    """None for what is no mail; whatever it holds, it raises nothing."""
    try:
        message = read_head(bare(raw))
        return _seen(Clues(message)) if message else None
    except Exception:  # the second, closer look says what is wrong with it
        return None


def subject_of(raw: bytes) -> str:
    """As far as one can be read in it: "" else."""
    try:
        message = read_head(bare(raw))
        return Clues(message).subject if message else ""
    except Exception:  # it was set aside because something is wrong with it
        return ""


def read_head(raw: bytes) -> Message | None:
    """The mail without what stands in it, or None where nothing looks like one."""
    blank = BLANK_LINE.search(raw, 0, LONGEST_HEAD)
    return read_mail(raw[: blank.end() if blank else LONGEST_HEAD])


def bare(raw: bytes) -> bytes:
    """Without the line that an mbox puts before it, and out of Outlook's wrapping.

    Raises NotReadable for what is broken in that.
    """
    if raw.startswith(OLE):
        return as_mail(raw)
    if raw[:1] in b"\r\n\xef":
        raw = raw.lstrip(b"\r\n\xef\xbb\xbf")
    line = MBOX_LINE.match(raw)
    return raw[line.end() :] if line else raw


def read_mail(raw: bytes) -> Message | None:
    """The mail in its parts, or None where nothing in its head looks like one."""
    message: Message = message_from_bytes(raw, policy=compat32)
    if not _looks_like_mail(message):
        message = message_from_bytes(_OLD_HEADER.sub(rb"\1:", raw), policy=compat32)
    return message if _looks_like_mail(message) else None


def _looks_like_mail(message: Message) -> bool:
    return any(name.lower() in _EXPECTED for name, _ in message.raw_items())


def _seen(clues: Clues) -> Glimpse:
    values = clues.values
    people = contacts([*values.get("to", []), *values.get("cc", []), *values.get("bcc", [])])
    arrived = arrival(values)
    return Glimpse(
        message_id=next(iter(ids(values.get("message-id", [])[:1])), ""),
        references=references_of(values),
        sender=clues.sender.email,
        recipients=tuple(dict.fromkeys(one.email for one in people)),
        delivered_to=delivered_to(values),
        lists=clues.lists,
        mailing_list=clues.mailing_list,
        a_person=judged(clues).a_person,
        at=believable(instant(clues.first("date")), arrived) or arrived,
    )


def delivered_to(values: dict[str, list[str]]) -> tuple[str, ...]:
    return addresses_in([v for name in _DELIVERED for v in values.get(name, [])[:1]])


def of_mail(mail: Mail) -> Glimpse:
    """The same of a mail that has been read already."""
    return Glimpse(
        message_id=mail.message_id,
        references=mail.references,
        sender=mail.sender.email,
        recipients=tuple(dict.fromkeys(one.email for one in mail.recipients)),
        delivered_to=mail.delivered_to,
        lists=mail.lists,
        mailing_list=mail.mailing_list,
        a_person=mail.verdict.a_person,
        at=mail.at,
    )
