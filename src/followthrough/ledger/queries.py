"""The named questions screens and reports ask. Each asks in a fixed number of queries."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from followthrough.core.followups import WAITING
from followthrough.core.matter import PRIVATE
from followthrough.ledger import search
from followthrough.ledger.audit import audit, uncovered_matters
from followthrough.ledger.books import family_of
from followthrough.ledger.holding import HELD
from followthrough.ledger.models import (
    Address,
    Fact,
    FollowUp,
    Matter,
    Member,
    Party,
    Person,
    Workspace,
)
from followthrough.ledger.names import hashed
from followthrough.ledger.today import COUNTED, Band, Row, Today, due_rows, speaking, today

__all__ = [
    "Band",
    "PersonPage",
    "Row",
    "Today",
    "blocking",
    "done_today",
    "heard_from",
    "open_items_of",
    "people_like",
    "person_page",
    "timeline",
    "today",
    "uncovered",
    "waiting_count",
]

Place = tuple[datetime, int]  # where a page of the timeline ended


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    party: Party
    people: list[Person]
    addresses: list[Address]
    matters: list[Matter]  # open ones first
    followups: list[FollowUp]  # open, in the order of the day
    timeline: list[Fact]


def open_items_of(member: Member) -> int:
    """Open matters that are this member's or wait for them, and parties that are theirs. What is
    private is nobody else's business, and not counted."""
    here = {"workspace": member.workspace_id}
    owing = FollowUp.objects.filter(**here, matter=OuterRef("pk"), member=member, settled_at=None)
    theirs = Q(owner=member, closed_at=None) | Q(Exists(owing))
    matters = Matter.objects.filter(theirs, **here).exclude(kind=PRIVATE).count()
    return matters + Party.objects.filter(**here, owner=member).exclude(kind=PRIVATE).count()


def waiting_count(member: Member, now: datetime) -> int:
    """How many wait for a word from this member; counting stops at 100."""
    waiting = due_rows(member, now).filter(speaking(now), band=WAITING)
    return len(waiting.values_list("pk")[: COUNTED + 1])


def done_today(member: Member, day: date) -> list[FollowUp]:
    """What was settled on this day of theirs, last first. What a sweep put right, what was taken
    back and what nobody had seen yet is not counted."""
    start = datetime.combine(day, time(), member.own_zone())
    end = datetime.combine(day + timedelta(days=1), time(), member.own_zone())
    rows = FollowUp.objects.filter(
        workspace=member.workspace_id, member=member, settled_at__gte=start, settled_at__lt=end
    ).exclude(Q(settled_by="") | Q(settled_by__contains=".Retracted.") | Q(show_at=HELD))
    return list(rows.select_related("party", "matter").order_by("-settled_at", "-pk"))


def blocking(member: Member, now: datetime) -> FollowUp | None:
    """Somebody asked so often in vain that nothing of ours starts before them (S48)."""
    index = "INDEXED BY followup_that_blocks" if connection.vendor == "sqlite" else ""
    until = connection.ops.adapt_datetimefield_value(now.astimezone(UTC))
    first = RawSQL(FIRST_OF_ALL.format(index=index), [member.workspace_id, member.pk, until])  # noqa: S611
    rows = FollowUp.objects.filter(workspace=member.workspace_id, pk__in=first)
    return rows.select_related("party", "matter").first()


# Without its statistics SQLite would read all that is open of this member.
FIRST_OF_ALL = """
SELECT id FROM ledger_followup {index}
 WHERE workspace_id = %s AND member_id = %s AND settled_at IS NULL AND blocks AND show_at <= %s
 ORDER BY since, id LIMIT 1
"""


def heard_from(workspace: Workspace, source: str) -> Party | None:
    """Whom this source told us of, if we have heard it before."""
    rows = Fact.objects.filter(workspace=workspace, source=hashed(source))
    first = rows.select_related("party").order_by("pk").first()
    return first.party if first else None


def uncovered(workspace: Workspace, at: datetime) -> list[Matter]:
    return uncovered_matters(audit(workspace, at=at), workspace)


def timeline(party: Party, before: Place | None = None, limit: int = 200) -> list[Fact]:
    """What happened, last first; `before` is the (at, pk) of the last line of the page before."""
    rows = Fact.objects.filter(workspace=party.workspace_id, party__in=family_of(party))
    if before:
        at, pk = before
        rows = rows.filter(Q(at__lt=at) | Q(pk__lt=pk), at__lte=at)
    return list(rows.select_related("text").order_by("-at", "-pk")[:limit])


def person_page(party: Party) -> PersonPage:
    theirs = {"workspace": party.workspace_id, "party__in": family_of(party)}
    owed = FollowUp.objects.filter(**theirs, settled_at=None).select_related("matter", "member")
    matters = Matter.objects.filter(**theirs).exclude(outcome="joined").select_related("owner")
    return PersonPage(
        party=party,
        people=list(Person.objects.filter(**theirs).order_by("name", "pk")),
        addresses=list(Address.objects.filter(**theirs).order_by("kind", "pk")),
        matters=sorted(matters, key=lambda matter: (matter.closed_at is not None, matter.pk)),
        followups=list(owed.order_by("band", "-rank", "due", "pk")),
        timeline=timeline(party),
    )


def people_like(workspace: Workspace, words: str, limit: int = 20) -> list[Party]:
    """Who has these words in the name, the company, an address or a number, by name."""
    rows = search.found(workspace, words)
    return list(rows.select_related("owner").order_by("name", "pk")[:limit])
