"""What is private to somebody, left out of the questions of everybody else."""

from django.db.models import Q

from followthrough.core.matter import PRIVATE
from followthrough.ledger.models import Member

IS_PRIVATE = f"""EXISTS (
    SELECT 1 FROM ledger_matter m WHERE m.id = matter_id AND m.kind = '{PRIVATE}')"""  # noqa: S608 - no value is written into it
# Conditions on rows of follow-ups, in SQL; the second takes the id of whoever looks.
NOT_PRIVATE = f"AND NOT {IS_PRIVATE}"
NOT_THEIRS = f"AND (member_id = %s OR NOT {IS_PRIVATE})"


def not_theirs(member: Member) -> Q:
    """The same for Django."""
    return Q(member=member) | ~Q(matter__kind=PRIVATE)
