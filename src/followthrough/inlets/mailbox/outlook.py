"""A mail as Outlook stores it (.msg), written as the mail that it was."""

import base64
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.parser import HeaderParser
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path

from olefile import OleFileIO
from oxmsg import Message
from oxmsg.domain import constants as name_of

from followthrough.inlets.wording import many_lines, one_line

logging.getLogger("olefile").setLevel(logging.CRITICAL)  # damaged files are told of by us

OLE = b"\xd0\xcf\x11\xe0"
_ONE = "__properties_version1.0"
_TO, _CC = 1, 2
_RECIPIENT_TYPE, _MESSAGE_ID, _ANSWERS, _THREAD = 0x0C15, 0x1035, 0x1042, 0x1039
_SENDER_ADDRESSES = (0x5D01, 0x5D02, 0x0C1F, 0x0065, 0x0C1A, 0x0042)
_NOT_OF_THE_WHOLE = re.compile(r"^(content-|mime-version)", re.IGNORECASE)


class NotReadable(Exception):
    """This is in Outlook's format, and broken or no mail."""


def is_outlook(path: Path) -> bool:
    """Whether this is a mail, and not one of the many other kinds of file in that format."""
    try:
        with OleFileIO(path) as box:
            return bool(box.exists(_ONE))
    except Exception:  # whatever a stranger's file makes of the reader
        return False


def as_mail(raw: bytes) -> bytes:
    """The same mail in the form in which mails travel. Raises NotReadable."""
    try:
        _refuse_a_bomb(raw)
        message = Message.load(raw)
        head = "\r\n".join(f"{name}: {value}" for name, value in _head(message))
        return f"{head}\r\n{_body(message)}".encode("utf-8", "replace")
    except Exception as error:  # whatever a stranger's file makes of the reader
        raise NotReadable from error


def _refuse_a_bomb(raw: bytes) -> None:
    """Each part of it may claim the same bytes as the others."""
    with OleFileIO(BytesIO(raw)) as box:
        claimed = sum(entry.size for entry in box.direntries if entry)
    if claimed > 2 * len(raw):
        raise NotReadable


def _head(message: Message) -> Iterator[tuple[str, str]]:
    """Its own headers where it travelled; what they lack is made from what Outlook knows."""
    text = message.properties.str_prop_value(name_of.PID_TRANSPORT_MESSAGE_HEADERS) or ""
    lines = text.replace("\r\n", "\n").split("\n")
    start = next(
        (n for n, line in enumerate(lines) if re.match(r"[!-9;-~]+\s*:", line)), len(lines)
    )
    travelled = HeaderParser().parsestr("\n".join(lines[start:])).items()
    given = [(name, one_line(value, limit=8_000)) for name, value in travelled]
    kept = [(name, value) for name, value in given if not _NOT_OF_THE_WHOLE.match(name) and value]
    yield from kept
    named = {name.lower() for name, _ in kept}
    for name, value in _known(message):
        if value and name.lower() not in named:
            yield name, one_line(value, limit=8_000)


def _known(message: Message) -> Iterator[tuple[str, str]]:
    text = message.properties.str_prop_value
    sender = next((one for pid in _SENDER_ADDRESSES if "@" in (one := text(pid) or "")), "")
    people = list(_recipients(message))
    kind = message.message_class.upper()
    yield "From", _person(text(name_of.PID_SENDER_NAME) or "", sender)
    yield "To", ", ".join(who for which, who in people if which == _TO)
    yield "Cc", ", ".join(who for which, who in people if which == _CC)
    yield "Subject", message.subject
    yield "Date", _date(message)
    yield "Message-ID", text(_MESSAGE_ID) or ""
    yield "In-Reply-To", text(_ANSWERS) or ""
    yield "References", text(_THREAD) or ""
    if kind.startswith("REPORT.") and kind.endswith(".NDR"):
        yield "X-Failed-Recipients", ", ".join(who for _, who in people)
    if kind.startswith("IPM.NOTE.RULES.OOF"):
        yield "Auto-Submitted", "auto-replied"


def _recipients(message: Message) -> Iterator[tuple[int, str]]:
    for one in message.recipients:
        address = one.email_address if "@" in one.email_address else ""
        which = one.properties.int_prop_value(_RECIPIENT_TYPE) or _TO
        yield which, _person(one.name, address)


def _person(name: str, address: str) -> str:
    name = re.sub(r'["\\<>]', "", name)
    return f'"{name}" <{address}>' if address and name else address or ""


def _date(message: Message) -> str:
    at = message.sent_date or message.properties.date_prop_value(0x0E06)
    if not isinstance(at, datetime):
        return ""
    return format_datetime(at if at.tzinfo else at.replace(tzinfo=UTC))


def _body(message: Message) -> str:
    plain = message.body
    words = many_lines(plain or message.html_body or "", limit=4 << 20)
    packed = base64.encodebytes(words.encode("utf-8", "replace")).decode("ascii")
    return (
        f"MIME-Version: 1.0\r\nContent-Type: text/{'plain' if plain else 'html'}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{packed}"
    )
