"""What somebody wrote, made into the bytes of a mail: the same for each attempt to send it."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.utils import format_datetime, formataddr
from functools import lru_cache
from pathlib import PurePosixPath, PureWindowsPath
from secrets import token_hex

from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode
from email_validator import EmailNotValidError, validate_email

from followthrough.core.saying import says
from followthrough.ledger.outbox.queueing import Ready

MOST_BYTES, MOST_FILES = 20 << 20, 20  # of attachments; more is refused by many servers
LONGEST_SUBJECT, LONGEST_NAME = 300, 120
REPLIED = "auto-replied"
REFERENCES = 100  # so many of the last ones say where a mail belongs
IDENT = re.compile(r"<[^<>\s@]+@[^<>\s]+>")
# Direction marks and separators that a header must not hold, beside the control characters.
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}

SEVEN_BITS = Charset("utf-8")  # every server takes it as it is
SEVEN_BITS.body_encoding = QP


class CannotBeMailed(Exception):
    """Said to the person as it stands."""


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    content: bytes
    kind: str = "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`answers` is the Message-ID of the mail that it answers, `references` those before it.

    `automatic` is "auto-replied" or "auto-generated" where no person pressed send (RFC 3834).
    `leave` is the address at which one press ends such mail (RFC 8058): for mail to many only.
    """

    sender: str
    name: str = ""
    to: str
    to_name: str = ""
    subject: str
    text: str
    html: str = ""
    signature: str = ""
    files: Sequence[File] = ()
    answers: str = ""
    references: Sequence[str] = ()
    reply_to: str = ""
    automatic: str = ""
    leave: str = ""


def ready(letter: Letter, *, at: datetime) -> Ready:
    """Nothing in it is decided later: not its name, not its date, not one byte."""
    sender, to = _address(letter.sender), _address(letter.to)
    attached = _attached(letter.files)
    token = token_hex(16)  # 128 bits: never guessed
    message_id = f"<{token}@{sender.rpartition('@')[2]}>"
    text = _signed(letter.text, letter.signature)
    mail = EmailMultiAlternatives(
        subject=clean(letter.subject)[:LONGEST_SUBJECT], body=text,
        from_email=_named(letter.name, sender), to=[_named(letter.to_name, to)],
        headers=_headers(letter) | {"Message-ID": message_id, "Date": format_datetime(at)},
    )  # fmt: skip
    mail.encoding = SEVEN_BITS
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    for file, known in zip(letter.files, attached, strict=True):
        mail.attach(str(known["name"]), file.content, file.kind)
    raw = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django’s own
    _nothing_came_in(raw, message_id)
    return Ready(
        message_id=message_id, envelope=token, sender=sender,
        recipient=to, subject=clean(letter.subject)[:LONGEST_SUBJECT], words=letter.text, raw=raw,
        attached=attached,
    )  # fmt: skip


def clean(text: str) -> str:
    """One line without anything that ends it, turns it round or cannot be seen."""
    shown = (" " if char in "\t\r\n\u2028\u2029" else char for char in text)
    kept = (char for char in shown if char == "\u200d" or unicodedata.category(char) not in UNSEEN)
    return " ".join("".join(kept).split())


@lru_cache(maxsize=256)  # whoever writes to many looks at their own once
def _address(address: str) -> str:
    try:
        found = validate_email(address.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise CannotBeMailed(
            says("{address} is no mail address.", address=clean(address)[:80])
        ) from error
    if not found.local_part.isascii():
        raise CannotBeMailed(
            says(
                "Mail cannot be sent to {address}: its first part has letters that most servers"
                " do not take.",
                address=found.normalized,
            )
        )
    return f"{found.local_part}@{punycode(found.domain)}"


def _named(name: str, address: str) -> str:
    shown = clean(name)[:LONGEST_NAME]
    if shown.isascii():
        return formataddr((shown, address))
    return f"{Header(shown, 'utf-8', maxlinelen=1000).encode()} <{address}>"


def _headers(letter: Letter) -> dict[str, str]:
    headers = {}
    if answers := IDENT.findall(letter.answers)[:1]:
        before = [one for text in letter.references for one in IDENT.findall(text)]
        chain = [one for one in before if one != answers[0]] + answers
        headers = {"In-Reply-To": answers[0], "References": " ".join(chain[-REFERENCES:])}
    if letter.reply_to:
        headers["Reply-To"] = _address(letter.reply_to)
    if letter.automatic:
        headers["Auto-Submitted"] = clean(letter.automatic)
    if letter.automatic == REPLIED:
        # Two machines must not talk; whether it came back we want to hear all the same. What leaves
        # by itself is to be answered also by those who are away: a plan waits for them.
        headers["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    return headers | _ways_out(letter)


def _ways_out(letter: Letter) -> dict[str, str]:
    """One press counts over https only; a mail that asks to stop is heard everywhere."""
    by_mail = f"<mailto:{_address(letter.sender)}?subject=unsubscribe>"
    if not letter.leave:
        return {}
    if not letter.leave.startswith("https://"):
        return {"List-Unsubscribe": by_mail}
    return {
        "List-Unsubscribe": f"<{clean(letter.leave)}>, {by_mail}",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _signed(text: str, signature: str) -> str:
    body = text.replace("\0", "").rstrip()
    return f"{body}\n\n-- \n{signature.strip()}\n" if signature.strip() else f"{body}\n"


def _attached(files: Sequence[File]) -> list[dict[str, str | int]]:
    if len(files) > MOST_FILES:
        raise CannotBeMailed(says("At most {n} files go with one mail.", n=MOST_FILES))
    if sum(len(file.content) for file in files) > MOST_BYTES:
        most = MOST_BYTES >> 20
        raise CannotBeMailed(
            says("The files are too large for a mail: at most {n} MB together.", n=most)
        )
    return [
        {
            "name": _file_name(file.name),
            "size": len(file.content),
            "sha256": hashlib.sha256(file.content).hexdigest(),
        }
        for file in files
    ]


def _file_name(name: str) -> str:
    last = PureWindowsPath(PurePosixPath(clean(name)).name).name
    return last.strip(". ")[-120:] or "file"


def _nothing_came_in(raw: bytes, message_id: str) -> None:
    """Whatever was typed: each of these stands in the head once, and no other line ended early."""
    head = raw.partition(b"\r\n\r\n")[0]
    for name in (b"from", b"to", b"subject", b"message-id", b"date"):
        found = re.findall(rb"(?im)^" + name + rb":", head)
        if len(found) != 1:
            raise CannotBeMailed(says("This cannot be written as a mail."))
    if re.search(rb"(?im)^(bcc|cc|resent-\w+):", head) or b"\n" in head.replace(b"\r\n", b""):
        raise CannotBeMailed(says("This cannot be written as a mail."))
    if message_id.encode() not in head:
        raise CannotBeMailed(says("This cannot be written as a mail."))
