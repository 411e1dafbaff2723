"""All that one person's page shows, in few and plain questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from followthrough.ledger.books import family_of
from followthrough.ledger.models import Address, Fact, FollowUp, Matter, Member, Party, Person, Text
from followthrough.ledger.place import Place
from followthrough.ledger.statements import adapted_moment
from followthrough.ledger.whole import rows_of

LINES = 30


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """`older` is where the next lines begin, None where there are none."""

    party: Party
    people: list[Person]
    addresses: list[Address]
    matters: list[Matter]  # open ones first
    followups: list[FollowUp]  # open, in the order of the day
    timeline: list[Fact]
    members: dict[int, Member]
    older: Place | None = None


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Which lines of the timeline: after a place, of some kinds, so many."""

    before: Place | None = None
    kinds: Sequence[str] = ()
    limit: int = LINES


def person_page(party: Party, lines: Lines = Lines()) -> PersonPage:
    theirs = {"workspace": [party.workspace_id], "party": sorted(family_of(party))}
    members = {one.pk: one for one in rows_of(Member, {"workspace": [party.workspace_id]})}
    matters = [
        matter for matter in rows_of(Matter, theirs, "ORDER BY id") if matter.outcome != "joined"
    ]
    for matter in matters:
        matter.owner = members.get(matter.owner_id or 0)
    happened = _timeline(theirs, lines)
    last = happened[lines.limit - 1] if len(happened) > lines.limit else None
    return PersonPage(
        party=party,
        people=rows_of(Person, theirs, "ORDER BY name, id"),
        addresses=rows_of(Address, theirs, "ORDER BY kind, id"),
        matters=sorted(matters, key=lambda matter: matter.closed_at is not None),
        followups=_followups(theirs, party, matters, members),
        timeline=happened[: lines.limit],
        members=members,
        older=(last.at, last.pk) if last else None,
    )


def _followups(
    theirs: dict[str, Any], party: Party, matters: list[Matter], members: dict[int, Member]
) -> list[FollowUp]:
    by_id = {matter.pk: matter for matter in matters}
    order = "AND settled_at IS NULL ORDER BY band, rank DESC, due, id"
    rows = [row for row in rows_of(FollowUp, theirs, order) if row.matter_id in by_id]
    for row in rows:
        row.party, row.matter = party, by_id[row.matter_id]
        row.member = members.get(row.member_id or 0)
    return rows


def _timeline(theirs: dict[str, Any], lines: Lines) -> list[Fact]:
    """What happened, last first, one more than asked for; what only takes back stands not alone."""
    also = "AND kind <> 'Retracted'"
    more: list[Any] = []
    if lines.kinds:
        also += f" AND kind IN ({', '.join(['%s'] * len(lines.kinds))})"
        more += lines.kinds
    if lines.before:
        at, pk = lines.before
        also += " AND at <= %s AND (at < %s OR id < %s)"
        more += [adapted_moment(at), adapted_moment(at), pk]
    also += f" ORDER BY at DESC, id DESC LIMIT {lines.limit + 1:d}"
    rows = rows_of(Fact, theirs, also, more)
    texts = _texts(rows)
    for row in rows:
        if row.text_id:
            row.text = texts[row.text_id]
    return rows


def _texts(rows: list[Fact]) -> dict[int, Text]:
    ids = [row.text_id for row in rows if row.text_id]
    if not ids:
        return {}
    within = {row.workspace_id for row in rows}
    return {text.pk: text for text in rows_of(Text, {"workspace": within, "id": ids})}
