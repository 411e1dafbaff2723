"""Everything of one member goes to another, each hand-over a fact."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from followthrough.core.facts import HandedOver
from followthrough.core.matter import PRIVATE
from followthrough.ledger import holding
from followthrough.ledger.books import family_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import FollowUp, Matter, Member, Party
from followthrough.ledger.record import Heard, record_many

SLICE = 200


def hand_over_everything(member: Member, *, to: Member, by: Member, at: datetime) -> int:
    """How many matters changed hands."""
    # All of them at once and in one order, or two hand-overs would wait for each other.
    owned = Party.objects.filter(workspace=member.workspace, owner=member).exclude(kind=PRIVATE)
    lock({*_matters_of(member), *owned.values_list("pk", flat=True)})
    keys = _matters_of(member)
    owned.update(owner=to)
    parties = Party.objects.in_bulk(list(keys))
    source = f"handover:{member.pk}:{to.pk}:{at.isoformat()}"
    heard = [
        Heard(
            party=parties[pk],
            source=source,
            facts=[
                HandedOver(at=at, matter=key, to=str(to.pk), by=str(by.pk))
                for key in sorted(matters)
            ],
        )
        for pk, matters in sorted(keys.items())
    ]
    for start in range(0, len(heard), SLICE):
        record_many(heard[start : start + SLICE], at=at)
    holding.put_right(member.workspace)
    return sum(len(matters) for matters in keys.values())


def hand_over(matter: Matter, *, to: Member, by: Member, at: datetime) -> None:
    fact = HandedOver(at=at, matter=matter.key, to=str(to.pk), by=str(by.pk))
    source = f"handover:{matter.pk}:{to.pk}:{at.isoformat()}"
    record_many([Heard(party=matter.party, source=source, facts=[fact])], at=at)


def hand_over_party(party: Party, *, to: Member, by: Member, at: datetime) -> None:
    """They and all that is open with them, what came with joined records too, at once."""
    with transaction.atomic():
        root = lock({party.pk})[party.pk]
        root.owner, root.intake = to, None
        root.save(update_fields=["owner", "intake"])
        rows = Matter.objects.filter(
            workspace_id=root.workspace_id, party__in=family_of(root), closed_at=None
        )
        keys = sorted(set(rows.values_list("key", flat=True)))
        facts = [HandedOver(at=at, matter=key, to=str(to.pk), by=str(by.pk)) for key in keys]
        source = f"handover:party:{root.pk}:{to.pk}:{at.isoformat()}"
        record_many([Heard(party=root, source=source, facts=facts)], at=at)
        holding.put_right(root.workspace)


def _matters_of(member: Member) -> dict[int, set[str]]:
    """Keys of the open matters that this member owns or owes something on, by party."""
    keys: dict[int, set[str]] = defaultdict(set)
    mine = {"workspace": member.workspace_id}
    owned = Matter.objects.filter(**mine, owner=member, closed_at=None).exclude(kind=PRIVATE)
    owing = FollowUp.objects.filter(**mine, member=member, settled_at=None)
    owing = owing.exclude(matter__kind=PRIVATE)
    for party, key in owned.values_list("party_id", "key"):
        keys[party].add(key)
    for party, key in owing.values_list("matter__party_id", "matter__key"):
        keys[party].add(key)
    return keys
