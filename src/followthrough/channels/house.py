"""What the house tells its own members: by mail, and in a notice on their devices.

Mail goes through the mail server of the installation. What is said is written by the screens, which
stand above this: they hand their writer in when the product starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMultiAlternatives

from followthrough.channels.push.sealing import Note
from followthrough.ledger.models import Mailbox, Member, Notice


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`name` is the same however often it is sent, so that a second one is known as the same."""

    to: str
    subject: str
    text: str
    html: str
    name: str


# None: there is nothing to say.
Writer = Callable[[Member, Sequence[Notice], datetime], Letter | None]
Tester = Callable[[Mailbox, datetime], tuple[str, str]]
Noter = Callable[[Member, Sequence[Notice], datetime], Note]


class _Desk:
    writer: Writer | None = None
    noter: Noter | None = None
    tester: Tester | None = None


def let_write(writer: Writer) -> None:
    _Desk.writer = writer


def let_note(noter: Noter) -> None:
    _Desk.noter = noter


def let_try(tester: Tester) -> None:
    _Desk.tester = tester


def tried(mailbox: Mailbox, at: datetime) -> tuple[str, str]:
    """Subject and text of what a mailbox writes to itself."""
    if _Desk.tester is None:
        raise RuntimeError("Nobody was named who writes the test mails of the house.")
    return _Desk.tester(mailbox, at)


def noted(member: Member, notices: Sequence[Notice], at: datetime) -> Note:
    """As short as a lock screen is, in their language."""
    if _Desk.noter is None:
        raise RuntimeError("Nobody was named who writes the notices of the house.")
    return _Desk.noter(member, notices, at)


def written(member: Member, notices: Sequence[Notice], at: datetime) -> Letter | None:
    """What these notices say to their member, in their language."""
    if _Desk.writer is None:
        raise RuntimeError("Nobody was named who writes the mail of the house.")
    return _Desk.writer(member, notices, at)


def send(letter: Letter) -> None:
    """Handed to the mail server, or its refusal as it says it."""
    mail = EmailMultiAlternatives(
        subject=letter.subject, body=letter.text, to=[letter.to],
        headers={
            "Message-ID": letter.name,
            "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's absence answers it
            "X-Auto-Response-Suppress": "All",
        },
    )  # fmt: skip
    mail.attach_alternative(letter.html, "text/html")
    mail.send()
