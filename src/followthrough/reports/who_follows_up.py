"""How often does one of us follow up: always, mostly, sometimes or rarely?

A follow-up counts once it stood on the list and its day is over. It was followed up where we did
it by then, or within the grace of the knob. What they settled themselves, what was taken back,
handed on or put right by the machine counts neither way; nor does what is private.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from followthrough.core.facts import KINDS, THEIRS
from followthrough.core.rule import Knob, knob
from followthrough.ledger.hidden import NOT_PRIVATE
from followthrough.ledger.models import Member
from followthrough.ledger.terms import terms_of
from followthrough.reports.shares import Share

WINDOW = timedelta(days=90)
GRACE = Knob(default=24, unit="hours", asks="A follow-up counts as done in time within", most=240)
KNOB = "who_follows_up.grace"
ALWAYS, MOSTLY, SOMETIMES, RARELY = "always", "mostly", "sometimes", "rarely"
MOST = 1000  # the latest of each kind that are looked at
# By these a follow-up ends without one of us having done it.
NOT_OURS = (
    *(name for name, kind in KINDS.items() if kind.turn == THEIRS),
    "Asked", "AskedForDays", "Retracted", "Merged", "Unmerged", "HandedOver", "OptedOut",
    "Happened", "Assigned",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Habit:
    share: Share

    @property
    def word(self) -> str:
        """ "" where there are too few to say."""
        return "" if self.share.too_few else word_for(self.share.value)


def word_for(value: float) -> str:
    if value >= 0.98:
        return ALWAYS
    if value >= 0.80:
        return MOSTLY
    return SOMETIMES if value >= 0.50 else RARELY


def who_follows_up(member: Member, now: datetime) -> Habit:
    """Two queries: the terms, and one that counts."""
    grace = timedelta(hours=knob(terms_of(member.workspace), KNOB, GRACE))
    end = now - grace
    start = end - WINDOW

    def stored(at: datetime) -> Any:
        return connection.ops.adapt_datetimefield_value(at.astimezone(UTC))

    whose = [member.workspace_id, member.pk]
    due = [stored(start), stored(end)]
    settled = [*whose, stored(start), *due, MOST]
    still = [*whose, stored(end), *due, stored(now), MOST]
    seconds = int(grace.total_seconds())
    with connection.cursor() as cursor:
        cursor.execute(COUNT[connection.vendor], [seconds, *still, *settled])
        done, ended, still_open = cursor.fetchone()
    return Habit(share=Share(done=done or 0, of=(ended or 0) + (still_open or 0)))


def _not_ours() -> str:
    return " ".join(f"AND settled_by NOT LIKE '%%.{kind}.%%'" for kind in NOT_OURS)


IN_TIME = {
    "sqlite": "julianday(settled_at) <= julianday(due) + %s / 86400.0",
    "postgresql": "settled_at <= due + %s * interval '1 second'",
}
SQL = """
SELECT SUM(CASE WHEN {in_time} THEN 1 ELSE 0 END), COUNT(*), (SELECT COUNT(*) FROM (
    SELECT id FROM ledger_followup
     WHERE workspace_id = %s AND member_id = %s AND settled_at IS NULL AND show_at <= %s
       AND due > %s AND due <= %s AND (until IS NULL OR until > %s) {not_private}
     ORDER BY show_at DESC, id DESC LIMIT %s) AS still)
  FROM (
    SELECT due, settled_at FROM ledger_followup
     WHERE workspace_id = %s AND member_id = %s AND settled_at IS NOT NULL AND settled_at >= %s
       AND due > %s AND due <= %s AND settled_at >= show_at
       AND (until IS NULL OR until > settled_at) AND settled_by <> ''
       {not_ours} {not_private}
     ORDER BY settled_at DESC LIMIT %s) AS ended
"""
COUNT = {
    vendor: SQL.format(in_time=in_time, not_ours=_not_ours(), not_private=NOT_PRIVATE)
    for vendor, in_time in IN_TIME.items()
}
