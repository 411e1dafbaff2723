"""The tables, a file each."""

from followthrough.ledger.models.members import Invitation, Member, User, Workspace

__all__ = ["Invitation", "Member", "User", "Workspace"]
