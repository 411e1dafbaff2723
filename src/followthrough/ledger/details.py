"""What is worth knowing before the next word: what we have in common, and what matters when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from followthrough.core.saying import says
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Detail, Party
from followthrough.ledger.whole import rows_of

COMMON_GROUND, PERSONAL, GOAL, ROLE = "common_ground", "personal", "goal", "role"
RESPONSIBILITY, MISSION = "responsibility", "mission"
KINDS = (PERSONAL, COMMON_GROUND, GOAL, ROLE, RESPONSIBILITY, MISSION)
# What a meeting is for, to hear: read again before the next touch.
AT_A_MEETING = (GOAL, ROLE, RESPONSIBILITY, MISSION)
ASK_AFTER = 2  # meetings without a word about what they want to reach
# What stands beside the call; goals and roles are read on the page.
FOR_THE_TALK = (PERSONAL, COMMON_GROUND)


def of_party(party: Party) -> list[Detail]:
    """All of it, in the order in which it is shown: kind by kind, as it was told."""
    theirs = {"workspace": [party.workspace_id], "party": family_of(party)}
    rows = rows_of(Detail, theirs, "AND gone_at IS NULL")
    return sorted(rows, key=lambda one: (KINDS.index(one.kind) if one.kind in KINDS else 9, one.pk))


def for_the_talk(details: Sequence[Detail], today: date) -> list[Detail]:
    """What to speak about today: what belongs to this month first, then what always does."""
    talk = [one for one in details if one.kind in FOR_THE_TALK]
    now = [one for one in talk if one.month == today.month]
    return [*now, *(one for one in talk if one.month is None)]


def before_the_next_word(known: Sequence[Detail]) -> list[Detail]:
    """Their goals, roles, responsibilities and mission, kind by kind."""
    return [one for one in known if one.kind in AT_A_MEETING]


def to_ask(known: Sequence[Detail], meetings: int) -> str:
    """What should be asked next time, as a sentence; "" where nothing is missing."""
    if meetings < ASK_AFTER or any(one.kind == GOAL for one in known):
        return ""
    return says(
        "You have met {n} times, and nobody has written down what they want to reach. Ask.",
        n=meetings,
    )


def follow_their_facts(party: Party, names: Iterable[str], *, gone_at: datetime | None) -> None:
    """What was told in a meeting goes with it, and comes back with it."""
    told = Detail.objects.filter(
        workspace=party.workspace_id, party__in=family_of(party), fact__in=[*names]
    ).exclude(fact="")
    told.filter(gone_at__isnull=bool(gone_at)).update(gone_at=gone_at)
