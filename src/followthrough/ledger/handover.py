"""Everything of one member goes to another, each hand-over a fact."""

from datetime import datetime

from followthrough.ledger.models import Member


def hand_over_everything(member: Member, *, to: Member, by: Member, at: datetime) -> int:
    """How many items changed hands. There is nothing to hand over yet."""
    del member, to, by, at
    return 0
