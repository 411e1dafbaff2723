"""Everything of one member goes to another, each hand-over a fact."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from followthrough.core.facts import HandedOver
from followthrough.core.matter import PRIVATE
from followthrough.ledger import holding
from followthrough.ledger.balance import balance
from followthrough.ledger.books import family_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import FollowUp, Matter, Member, Party
from followthrough.ledger.record import Heard, record_many
from followthrough.ledger.undo import undo

SLICE = 200
# The party, who looked after them before and who does now, and the source.
Given = tuple[int, int | None, int, str]


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


def hand_over_parties(
    parties: Iterable[Party], *, to: Member, by: Member, at: datetime
) -> list[Given]:
    """Several at once with all that is open with them, what came with joined records too, without
    what is private; what `hand_back` needs to undo it."""
    with transaction.atomic():
        locked = lock({one.pk for one in parties}).values()
        roots = list({root.pk: root for root in locked if root.kind != PRIVATE}.values())
        given = [(root.pk, root.owner_id, to.pk, _source(root, to, at)) for root in roots]
        for root in roots:
            root.owner, root.intake = to, None
            root.save(update_fields=["owner", "intake"])
        record_many([_handed(root, to, by, at) for root in roots], at=at)
        for workspace in {root.workspace_id: root.workspace for root in roots}.values():
            holding.put_right(workspace)
    return given


def hand_back(given: Iterable[Given], *, by: Member, at: datetime) -> int:
    """Each to whom looked after them before; how many. Whom somebody took since then, stays."""
    back = 0
    for pk, owner, taken_by, source in given:
        with transaction.atomic():
            root = lock({pk})[pk]
            if root.owner_id != taken_by:
                continue
            undo(root, source=source, by=by, at=at)
            root.owner_id = owner
            root.save(update_fields=["owner"])
            balance([root], at=at)
            back += 1
    return back


def _source(root: Party, to: Member, at: datetime) -> str:
    return f"handover:party:{root.pk}:{to.pk}:{at.isoformat()}"


def _handed(root: Party, to: Member, by: Member, at: datetime) -> Heard:
    rows = Matter.objects.filter(
        workspace_id=root.workspace_id, party__in=family_of(root), closed_at=None
    )
    keys = sorted(set(rows.values_list("key", flat=True)))
    facts = [HandedOver(at=at, matter=key, to=str(to.pk), by=str(by.pk)) for key in keys]
    return Heard(party=root, source=_source(root, to, at), facts=facts)


def _matters_of(member: Member) -> dict[int, set[str]]:
    """Keys of the open matters that this member owns or owes something on, by party."""
    keys: dict[int, set[str]] = defaultdict(set)
    mine = {"workspace": member.workspace_id}
    owned = Matter.objects.filter(**mine, owner=member, closed_at=None).exclude(kind=PRIVATE)
    theirs = Q(member=member) | Q(sender=member)  # also what leaves by itself in their name
    owing = FollowUp.objects.filter(theirs, **mine, settled_at=None)
    owing = owing.exclude(matter__kind=PRIVATE)
    for party, key in owned.values_list("party_id", "key"):
        keys[party].add(key)
    for party, key in owing.values_list("matter__party_id", "matter__key"):
        keys[party].add(key)
    return keys
