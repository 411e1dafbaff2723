"""Where we are found, for the screens; the ledger knows it for what leaves by itself."""

from followthrough.ledger.site import absolute, host

__all__ = ["absolute", "host"]
