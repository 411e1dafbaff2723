"""Where somebody is reached: their addresses and numbers, and those of who was merged into them."""

from collections.abc import Iterable

from followthrough.ledger.books import family_of
from followthrough.ledger.models import Address, Party
from followthrough.ledger.whole import marks_for, rows_with


def addresses_of(parties: Iterable[Party]) -> dict[int, list[Address]]:
    """Of each party, in the order in which they were noted, each with whose it is. One question
    for all."""
    asked = list(parties)
    found: dict[int, list[Address]] = {party.pk: [] for party in asked}
    speaks = {pk: party.pk for party in asked for pk in family_of(party)}
    within = {party.workspace_id for party in asked}
    if not asked:
        return found
    shops, who = marks_for([*within]), marks_for([*speaks])
    where = f"WHERE own.workspace_id IN ({shops}) AND own.party_id IN ({who}) ORDER BY own.id"
    for row in rows_with(Address, ("person",), where, [*within, *speaks]):
        found[speaks[row.party_id]].append(row)
    return found
