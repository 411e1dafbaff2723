"""Undo is a fact: what one source told is taken back, and the books follow."""

from datetime import datetime

from followthrough.core.facts import Retracted
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Fact, Member, Party
from followthrough.ledger.names import hashed
from followthrough.ledger.record import record


def undo(party: Party, *, source: str, by: Member, at: datetime) -> bool:
    """Take back all facts that this source told of the party. False: there was nothing to undo."""
    rows = Fact.objects.filter(
        workspace_id=party.workspace_id, party_id__in=family_of(party), source=hashed(source)
    ).exclude(kind=Retracted.__name__)
    takings = [
        Retracted(at=at, what=name, by=str(by.pk)) for name in rows.values_list("name", flat=True)
    ]
    if not takings:
        return False
    return record(party, *takings, source=f"undo:{source}", at=at)
