"""Passwords and tokens of mailboxes and connections: sealed with a key that is not in the database.

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
    mailbox.secret = seal_for(_whose(mailbox), secret)


def secret_of(mailbox: Mailbox) -> str:
    """What was sealed, in the clear: for signing in, never for a screen or a log."""
    return open_for(_whose(mailbox), mailbox.secret)


def _whose(mailbox: Mailbox) -> str:
    """Bound to its address: in another row it opens nothing."""
    return f"{mailbox.workspace_id}:{mailbox.address}"


def seal_for(whose: str, secret: str) -> str:
    """`whose` names the one row in which it can be opened."""
    return locked(secret.encode(), PURPOSE, whose.encode())


def open_for(whose: str, sealed: str) -> str:
    try:
        return unlocked(sealed, PURPOSE, whose.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise CouldNotUnlock from error
