"""The named questions screens and reports ask. Each asks in a fixed number of queries."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from followthrough.core.followups import WAITING
from followthrough.core.matter import PRIVATE
from followthrough.ledger import search
from followthrough.ledger.audit import audit, uncovered_matters
from followthrough.ledger.books import family_of
from followthrough.ledger.done import done_on
from followthrough.ledger.models import (
    Fact,
    FollowUp,
    Matter,
    Member,
    Party,
    Workspace,
)
from followthrough.ledger.names import hashed
from followthrough.ledger.order_of_day import Look, first_that_blocks, whole
from followthrough.ledger.person import PersonPage, person_page
from followthrough.ledger.place import Place
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


def open_items_of(member: Member) -> int:
    """Open matters that are this member's or wait for them, and parties that are theirs. What is
    private is nobody else's business, and not counted."""
    here = {"workspace": member.workspace_id}
    its = Q(member=member) | Q(sender=member)
    owing = FollowUp.objects.filter(its, **here, matter=OuterRef("pk"), settled_at=None)
    theirs = Q(owner=member, closed_at=None) | Q(Exists(owing))
    matters = Matter.objects.filter(theirs, **here).exclude(kind=PRIVATE).count()
    return matters + Party.objects.filter(**here, owner=member).exclude(kind=PRIVATE).count()


def waiting_count(member: Member, now: datetime) -> int:
    """How many wait for a word from this member; counting stops at 100."""
    waiting = due_rows(member, now).filter(speaking(now), band=WAITING)
    return len(waiting.values_list("pk")[: COUNTED + 1])


def done_today(member: Member, day: date) -> list[FollowUp]:
    """What was settled on this day of theirs, last first, with whom it was."""
    done = done_on(member, day)
    rows = {row.pk: row for row in whole([one.pk for one in done])}
    return [rows[one.pk] for one in done]


def blocking(member: Member, now: datetime) -> FollowUp | None:
    """Somebody asked so often in vain that nothing of ours starts before them (S48)."""
    look = Look(workspace=member.workspace_id, whose=(member.pk,), now=now, until=now)
    return first_that_blocks(look)


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


def people_like(workspace: Workspace, words: str, limit: int = 20) -> list[Party]:
    """Who has these words in the name, the company, an address or a number, by name."""
    rows = search.found(workspace, words)
    return list(rows.select_related("owner").order_by("name", "pk")[:limit])
