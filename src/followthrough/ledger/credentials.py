"""Passwords and tokens of mailboxes: sealed with a key that is not in the database.

Whoever takes a copy of the books cannot sign in anywhere. Whoever controls the machine has the
server's key too.
"""

from cryptography.exceptions import InvalidTag

from followthrough.ledger.models import Mailbox
from followthrough.ledger.sealing import locked, unlocked

PURPOSE = b"followthrough: credentials"


class CouldNotUnlock(Exception):
    """The server has another key than the one that sealed it: the password must be typed again."""


def seal_secret(mailbox: Mailbox, secret: str) -> None:
    """Sets `mailbox.secret`; the caller saves."""
    mailbox.secret = locked(secret.encode(), PURPOSE, _whose(mailbox))


def secret_of(mailbox: Mailbox) -> str:
    """What was sealed, in the clear: for signing in, never for a screen or a log."""
    try:
        return unlocked(mailbox.secret, PURPOSE, _whose(mailbox)).decode()
    except (InvalidTag, ValueError) as error:
        raise CouldNotUnlock from error


def _whose(mailbox: Mailbox) -> bytes:
    """Bound to its address: in another row it opens nothing."""
    return f"{mailbox.workspace_id}:{mailbox.address}".encode()
