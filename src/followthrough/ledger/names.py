"""What may arrive twice has a name: sources as keyed hashes, facts named by their source."""

from hashlib import blake2b

from django.conf import settings


def hashed(source: str) -> str:
    """A keyed hash, so that a source such as a Message-ID or an address tells nothing."""
    key = settings.NAME_KEY.encode()[:64]
    return blake2b(source.encode(), key=key, digest_size=16).hexdigest()


def fact_name(source: str, kind: str, ordinal: int = 0) -> str:
    """How other facts refer to the fact of this kind that was heard from this source."""
    return f"{hashed(source)}.{kind}.{ordinal}"
