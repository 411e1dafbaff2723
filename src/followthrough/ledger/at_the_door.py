"""Who is at the door, with what every page shows of their work: one question for each request.

In plain SQL: Django would build these parts of the question anew for every page.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection

from followthrough.ledger.holding import HELD
from followthrough.ledger.models import Member, User, Workspace
from followthrough.ledger.models.mailboxes import WORKS
from followthrough.ledger.models.members import ADMINISTRATOR
from followthrough.ledger.proposals import DETAILS, OPEN
from followthrough.ledger.whole import columns_of, made_of
from followthrough.ledger.wrong import ALIVE, AUDIT

_DETAILS = ", ".join(f"'{kind}'" for kind in DETAILS)
_OPEN = f"""
  FROM ledger_proposal p LEFT JOIN ledger_followup f ON f.id = p.followup_id
 WHERE p.workspace_id = ledger_member.workspace_id AND p.member_id = ledger_member.id
   AND p.state = '{OPEN}'
   AND (p.followup_id IS NULL OR (f.settled_at IS NULL AND f.show_at >= '{HELD:%Y-%m-%d}'))"""
# What is yes or no: SQLite answers with a number.
YES_OR_NO = ("covers", "anything_found", "made_late", "writes", "faulty")
SHOWN = {
    # Somebody away has them as stand-in.
    "covers": """
SELECT EXISTS (SELECT 1 FROM ledger_member away
 WHERE away.stand_in_id = ledger_member.id AND away.away_from IS NOT NULL)""",
    # What the last run of the audit found.
    "uncovered": """
SELECT c.uncovered FROM ledger_checked c
 WHERE c.workspace_id = ledger_member.workspace_id ORDER BY c.at DESC LIMIT 1""",
    # How many people, found in mail and ticked by us, wait for a yes or a no.
    "found": f"""
SELECT COUNT(DISTINCT p.party_id) {_OPEN} AND p.ticked
   AND p.kind NOT IN ({_DETAILS})""",
    "anything_found": f"SELECT EXISTS (SELECT 1 {_OPEN})",
    # How much leaves by itself in their name; counting stops soon.
    "leaving": """
SELECT COUNT(*) FROM (SELECT 1 FROM ledger_followup f
 WHERE f.workspace_id = ledger_member.workspace_id AND f.settled_at IS NULL
   AND f.sender_id = ledger_member.id LIMIT 100) leaving""",
    # When the machine last looked around; what it found wrong that is theirs to know.
    "alive": f"""
SELECT h.at FROM ledger_heartbeat h
 WHERE h.workspace_id = ledger_member.workspace_id AND h.name = '{ALIVE}'""",  # noqa: S608
    "faulty": f"""
SELECT EXISTS (SELECT 1 FROM ledger_fault t LEFT JOIN ledger_mailbox b ON b.id = t.mailbox_id
 WHERE t.workspace_id = ledger_member.workspace_id AND t.over_at IS NULL AND t.key <> '{AUDIT}'
   AND (ledger_member.role = '{ADMINISTRATOR}' OR b.member_id = ledger_member.id))""",  # noqa: S608
    # Whether changed terms made anything late that they are asked about.
    "made_late": """
SELECT EXISTS (SELECT 1 FROM ledger_madelate l
 WHERE l.workspace_id = ledger_member.workspace_id
   AND l.member_id = ledger_member.id AND l.answer = '')""",
    # Whether there is a mailbox that they may write from.
    "writes": f"""
SELECT EXISTS (SELECT 1 FROM ledger_mailbox b
 WHERE b.workspace_id = ledger_member.workspace_id AND b.removed_at IS NULL
   AND b.state = '{WORKS}' AND (b.shared OR b.member_id = ledger_member.id))""",  # noqa: S608 - a constant
}


def user_at_the_door(pk: Any) -> User | None:
    """Whom the session names; `at_the_door` is the member who they are, with what SHOWN names."""
    row = _asked(_question(), pk)
    if row is None:
        return None
    own = len(User._meta.concrete_fields)
    user = made_of(User, row[:own])
    setattr(user, "at_the_door", _member(user, row[own:]))  # noqa: B010 - no column
    return user


def member_at_the_door(user: User) -> Member | None:
    """With what SHOWN names as attributes."""
    known: Member | None = getattr(user, "at_the_door", None)
    if known is None:
        found = user_at_the_door(user.pk)
        known = getattr(found, "at_the_door", None)
    return known


def _asked(question: str, pk: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(question, [pk])
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _member(user: User, row: Sequence[Any]) -> Member | None:
    if row[0] is None:
        return None
    ours, theirs = len(Member._meta.concrete_fields), len(Workspace._meta.concrete_fields)
    member = made_of(Member, row[:ours])
    member.workspace, member.user = made_of(Workspace, row[ours : ours + theirs]), user
    for name, value in zip(SHOWN, row[ours + theirs :], strict=True):
        setattr(member, name, bool(value) if name in YES_OR_NO else value)
    return member


@cache
def _question() -> str:
    shown = ", ".join(f"({question})" for question in SHOWN.values())
    return f"""
SELECT {columns_of(User, "own")}, {columns_of(Member, "ledger_member")},
       {columns_of(Workspace, "team")}, {shown}
  FROM ledger_user own
  LEFT JOIN ledger_member ON ledger_member.user_id = own.id AND ledger_member.active
  LEFT JOIN ledger_workspace team ON team.id = ledger_member.workspace_id
 WHERE own.id = %s
 ORDER BY ledger_member.id LIMIT 1"""  # noqa: S608 - constants
