"""When nobody waits today: what comes next, who said yes lately, and who has heard nothing long."""

from dataclasses import dataclass
from datetime import datetime

from followthrough.ledger.holding import HELD
from followthrough.ledger.models import FollowUp, Matter, Member, Party
from followthrough.ledger.models.parties import UNLISTED
from followthrough.ledger.today import end_of_day

MOST = 100


@dataclass(frozen=True, kw_only=True)
class Coming:
    """The first that comes after today, and how many come on its day."""

    followup: FollowUp
    that_day: int


def coming_next(member: Member, now: datetime) -> Coming | None:
    rows = FollowUp.objects.filter(
        workspace=member.workspace_id, member=member, settled_at=None,
        show_at__gte=end_of_day(member, now), show_at__lt=HELD,
    )  # fmt: skip
    first = rows.select_related("party").order_by("show_at", "id").first()
    if first is None:
        return None
    evening = end_of_day(member, first.show_at)
    return Coming(followup=first, that_day=rows.filter(show_at__lt=evening)[:MOST].count())


def bought_lately(member: Member, since: datetime) -> list[Party]:
    """Who said yes, the last first."""
    won = Matter.objects.filter(
        workspace=member.workspace_id, owner=member, closed_at__gte=since, outcome="won"
    )
    rows = won.select_related("party").order_by("-closed_at", "-pk")[:MOST]
    return list({row.party_id: row.party for row in rows}.values())


def longest_silent(member: Member, before: datetime) -> Party | None:
    """Whom we know and were in touch with, but not for long."""
    rows = Party.objects.filter(
        workspace=member.workspace_id, last_contact_at__lt=before, owner=member,
        forgotten=False, merged_into=None,
    ).exclude(kind__in=UNLISTED)  # fmt: skip
    some = rows.order_by("last_contact_at", "pk")[:5]
    return next((party for party in some if "*" not in party.refuses), None)


def knows_anybody(member: Member) -> bool:
    return Party.objects.filter(workspace=member.workspace_id).exists()
