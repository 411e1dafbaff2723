"""The circles of a promise: to customers, inside the team, and private, which is its owner's alone.

To a colleague and to oneself we promise as to everybody: there is a party for each, which no list
of people shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from followthrough.core.facts import Closed
from followthrough.core.matter import PRIVATE
from followthrough.ledger.models import FollowUp, Matter, Member, OwnKey, Party, Text
from followthrough.ledger.models.parties import COLLEAGUE
from followthrough.ledger.names import hashed
from followthrough.ledger.record import record
from followthrough.ledger.search import NO_WORDS

CUSTOMERS, TEAM = "customers", "team"
CIRCLES = (CUSTOMERS, TEAM, PRIVATE)
AN_HOUR = timedelta(hours=1)
LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class Busy:
    """Others see that the time is taken, and not by what."""

    start: datetime
    end: datetime


def circle_of(party: Party) -> str:
    return {PRIVATE: PRIVATE, COLLEAGUE: TEAM}.get(party.kind, CUSTOMERS)


def private_party(member: Member, *, at: datetime) -> Party:
    """Whom a member's private promises are given to; it is called so for everybody."""
    return _party(member, kind=PRIVATE, name="Private", owner=member, at=at)


def colleague_party(colleague: Member, *, at: datetime) -> Party:
    party = _party(colleague, kind=COLLEAGUE, name=colleague.name, owner=None, at=at)
    if party.name != colleague.name[:200]:
        party.name = colleague.name[:200]
        party.save(update_fields=["name"])
    return party


def _party(member: Member, *, kind: str, name: str, owner: Member | None, at: datetime) -> Party:
    """Found by a keyed hash, which no list that is brought in can name."""
    party, _ = Party.objects.select_related("workspace").get_or_create(
        workspace_id=member.workspace_id, external=hashed(f"{kind}:{member.pk}"),
        defaults={
            "kind": kind, "name": name[:200], "owner": owner, "created_at": at, "firm": NO_WORDS,
            "compared": True, "terms_version": member.workspace.terms_version,
        },
    )  # fmt: skip
    return party


def busy(member: Member, first: datetime, last: datetime) -> Sequence[Busy]:
    """When private promises of this member take their time, in [first, last)."""
    rows = FollowUp.objects.filter(
        workspace=member.workspace_id, member=member, settled_at=None, rule="keep_promises",
        matter__kind=PRIVATE, party__in=_private_of(member), due__gt=first - AN_HOUR, due__lt=last,
    )  # fmt: skip
    starts = rows.order_by("due", "pk").values_list("due", flat=True)
    return [Busy(start=start, end=start + AN_HOUR) for start in starts]


def of_others(member: Member) -> Q:
    """Parties that are private to somebody else."""
    return Q(kind=PRIVATE) & ~Q(owner=member)


def shut(member: Member, *, at: datetime) -> None:
    """Whoever leaves takes what is private along: closed, the words emptied, the key destroyed."""
    with transaction.atomic():
        for party in _private_of(member).select_related("workspace"):
            rows = Matter.objects.filter(
                workspace=party.workspace_id, party=party, closed_at=None, kind=PRIVATE
            )
            closings = [
                Closed(at=at, matter=key, outcome=LEFT, by=str(member.pk))
                for key in rows.values_list("key", flat=True)
            ]
            if closings:
                record(party, *closings, source=f"{LEFT}:{party.pk}:{at.isoformat()}", at=at)
            texts = Text.objects.filter(workspace=party.workspace_id, party=party)
            texts.update(title="", body="", sealed="")
        OwnKey.objects.filter(workspace=member.workspace_id, member=member).delete()


def _private_of(member: Member) -> QuerySet[Party]:
    return Party.objects.filter(
        workspace=member.workspace_id, external=hashed(f"{PRIVATE}:{member.pk}")
    )
