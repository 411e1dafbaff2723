"""The address to which a mail of ours comes back: the mailbox's own with a part that names it.

    bob@banners.example → bob+b-<what we call the mail, and a mark that only we can make>@…

Used only where the mailbox is known to keep such mail; read wherever it comes from.
"""

import re
from base64 import b32decode, b32encode
from binascii import Error

from followthrough.ledger.models import Mailbox, Workspace
from followthrough.ledger.names import hashed

LONGEST_LOCAL = 64  # more, servers need not take
MARK = 5  # bytes: a guess in a million million
NAMED = re.compile(r"\+b-([a-z2-7]{34})@")


def return_address(mailbox: Mailbox, sender: str, envelope: str) -> str:
    """For the talk between servers; what people read stays the plain address."""
    local, _, domain = sender.rpartition("@")
    if not mailbox.plus_works or "+" in local:
        return sender
    token = b32encode(_signed(mailbox.workspace_id, bytes.fromhex(envelope)))
    local = f"{local}+b-{token.decode().lower().rstrip('=')}"
    return f"{local}@{domain}" if len(local) <= LONGEST_LOCAL else sender


def named_in(workspace: Workspace, address: str) -> str:
    """The envelope of the message whose return address this is; "" for every other address, and
    for one that somebody made up."""
    found = NAMED.search(address.lower())
    if not found:
        return ""
    try:
        raw = b32decode(found[1].upper() + "=" * (-len(found[1]) % 8))
    except Error:
        return ""
    token = raw[:-MARK]
    return token.hex() if _signed(workspace.pk, token) == raw else ""


def keeps_plus(mailbox: Mailbox, addresses: tuple[str, ...]) -> bool:
    """Whether a mail that came for the address with something added lay in this mailbox."""
    local, _, domain = mailbox.address.lower().rpartition("@")
    return any(
        one.startswith(f"{local}+") and one.endswith(f"@{domain}")
        for one in map(str.lower, addresses)
    )


def _signed(workspace: int, token: bytes) -> bytes:
    return token + bytes.fromhex(hashed(f"return:{workspace}:{token.hex()}"))[:MARK]
