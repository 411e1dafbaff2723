"""What happened with somebody lately, newest first, without what was taken back."""

from dataclasses import dataclass
from typing import Any

from followthrough.core.facts import Fact as Happened
from followthrough.core.facts import unpack
from followthrough.core.order import taken_back
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Fact, Member, Party
from followthrough.ledger.sealing import open_for
from followthrough.ledger.whole import marks_for, rows_with

MOST = 40


@dataclass(frozen=True, kw_only=True)
class Told:
    """A row of the ledger, and the fact that it holds."""

    row: Any
    fact: Happened

    @property
    def has_words(self) -> bool:
        return bool(self.row.text and self.row.text.body)


def lately(party: Party, member: Member) -> list[Told]:
    family = sorted(family_of(party))
    rest = (
        f'WHERE own."workspace_id" = %s AND own."party_id" IN ({marks_for(family)}) '
        f'ORDER BY own."at" DESC, own."id" DESC LIMIT {MOST}'
    )
    rows = rows_with(Fact, ("text",), rest, [party.workspace_id, *family])
    open_for(member, [row.text for row in rows if row.text])
    newest = [
        Told(row=row, fact=unpack(row.kind, {"at": row.at, "name": row.name}, row.own))
        for row in rows
    ]
    # What takes a fact back is newer than the fact.
    gone = taken_back([one.fact for one in newest])
    return [one for one in newest if one.row.name not in gone and one.row.kind != "Retracted"]
