"""What is worth knowing before the next word: what we have in common, and what matters when."""

from collections.abc import Sequence
from datetime import date

from followthrough.ledger.books import family_of
from followthrough.ledger.models import Detail, Party

COMMON_GROUND, PERSONAL, GOAL, ROLE = "common_ground", "personal", "goal", "role"
KINDS = (COMMON_GROUND, PERSONAL, GOAL, ROLE)
# What stands beside the call; goals and roles are read on the page.
FOR_THE_TALK = (PERSONAL, COMMON_GROUND)


def of_party(party: Party) -> list[Detail]:
    """All of it, in the order in which it is shown: kind by kind, as it was told."""
    rows = Detail.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), gone_at=None
    )
    return sorted(rows, key=lambda one: (KINDS.index(one.kind) if one.kind in KINDS else 9, one.pk))


def for_the_talk(details: Sequence[Detail], today: date) -> list[Detail]:
    """What to speak about today: what belongs to this month first, then what always does."""
    talk = [one for one in details if one.kind in FOR_THE_TALK]
    now = [one for one in talk if one.month == today.month]
    return [*now, *(one for one in talk if one.month is None)]
