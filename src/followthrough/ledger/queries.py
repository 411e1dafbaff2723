"""The named questions screens and reports ask."""

from followthrough.ledger.models import Member


def open_items_of(member: Member) -> int:
    """How many open matters and follow-ups wait for this member. Nothing to count yet."""
    del member
    return 0
