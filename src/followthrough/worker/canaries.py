"""Mailboxes write to themselves once a day, and what became of that is settled."""

from datetime import datetime
from secrets import token_hex

from followthrough.channels import house
from followthrough.channels.email.letter import Letter, ready
from followthrough.ledger import canaries
from followthrough.ledger.models import Mailbox, Workspace


def fly(workspace: Workspace, now: datetime) -> str:
    lost = canaries.settle(workspace, at=now)
    flown = sum(_let_fly(mailbox, now) for mailbox in canaries.due(workspace, at=now))
    said = [(flown, "sent to themselves"), (lost, "not back")]
    return ", ".join(f"{count} {what}" for count, what in said if count)


def _let_fly(mailbox: Mailbox, now: datetime) -> int:
    flown = 0
    for to, plus in canaries.addresses_of(mailbox, token_hex(6)):
        subject, text = house.tried(mailbox, now)
        letter = Letter(
            sender=mailbox.address, to=to, subject=subject, text=text, automatic="auto-generated"
        )
        flown += canaries.send(mailbox, ready(letter, at=now), plus=plus, at=now)
    return flown
