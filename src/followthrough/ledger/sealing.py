"""Private words are sealed with their member's own key, which is locked with the server's.

Whoever takes a copy of the books, or administers the team, reads nothing. Whoever controls the
machine has the server's key too: docs/promises.md says so.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from followthrough.core.saying import says
from followthrough.ledger.models import Member, OwnKey, Text

PURPOSE = b"followthrough: private words"
NONCE = 12
OTHER_KEY = says(
    "This cannot be read: the server’s key was changed. It is not lost. Give the server the "
    "NAME_KEY it had before (without one, the SECRET_KEY), and it can be read again."
)


class CouldNotSeal(Exception):
    """Said to the person as it stands."""


class Sealed(str):
    """Words as nobody but their member can read them; `record` keeps them apart from all others."""

    __slots__ = ()


def seal(member: Member, words: str, *, at: datetime) -> Sealed:
    """With the member's key, made if this is their first private word."""
    row, _ = OwnKey.objects.get_or_create(
        workspace_id=member.workspace_id, member=member,
        defaults={"wrapped": _wrapped(Fernet.generate_key(), member), "made_at": at},
    )  # fmt: skip
    key = _unwrapped(row, member)
    if key is None:  # a new key would make the old words unreadable for ever
        raise CouldNotSeal(OTHER_KEY)
    return Sealed(Fernet(key).encrypt(words.encode("utf-8", "replace")).decode())


def open_for(member: Member, texts: Iterable[Text]) -> None:
    """The member's own sealed words stand in `body`, in memory only; of others nothing does."""
    sealed = [text for text in texts if text.sealed]
    if not sealed:
        return
    row = OwnKey.objects.filter(workspace=member.workspace_id, member=member).first()
    if row is None:
        return
    key = _unwrapped(row, member)
    for text in sealed:
        text.body = _opened(text.sealed, key) if key else OTHER_KEY


def _opened(sealed: str, key: bytes) -> str:
    try:
        return Fernet(key).decrypt(sealed.encode()).decode()
    except InvalidToken:  # somebody else's
        return ""


def _wrapped(key: bytes, member: Member) -> str:
    return locked(key, PURPOSE, _whose(member))


def _unwrapped(row: OwnKey, member: Member) -> bytes | None:
    """None: the server has another key than the one that locked it."""
    try:
        return unlocked(row.wrapped, PURPOSE, _whose(member))
    except InvalidTag:
        return None


def locked(secret: bytes, purpose: bytes, whose: bytes) -> str:
    """With the server's key (AES-GCM, NIST SP 800-38D; the key by HKDF, RFC 5869)."""
    nonce = os.urandom(NONCE)
    return urlsafe_b64encode(nonce + _servers(purpose).encrypt(nonce, secret, whose)).decode()


def unlocked(packed: str, purpose: bytes, whose: bytes) -> bytes:
    """InvalidTag: another key, another purpose, or another row than the one it was locked for."""
    raw = urlsafe_b64decode(packed)
    return _servers(purpose).decrypt(raw[:NONCE], raw[NONCE:], whose)


def _servers(purpose: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return AESGCM(derived.derive(settings.NAME_KEY.encode()))


def _whose(member: Member) -> bytes:
    """Bound to the member: in another row their key opens nothing."""
    return f"{member.workspace_id}:{member.pk}".encode()
