"""The books of some parties: what the tables say of them, and their whole history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from followthrough.core.facts import Fact as Happened
from followthrough.core.facts import unpack
from followthrough.core.history import History
from followthrough.ledger.homes import Homes, at_home
from followthrough.ledger.models import Address, Fact, FollowUp, Matter, Party
from followthrough.ledger.statements import select

Where = tuple[str, str]  # the kind of an address, and what of it says where they are
ADDRESS = ("party", "kind", "value", "canonical")
COLUMNS = (
    "party", "kind", "at", "name", "matter", "person", "by", "did", "text", "own",
)  # fmt: skip
MATTER = tuple(field.name for field in Matter._meta.concrete_fields)
FOLLOWUP = tuple(field.name for field in FollowUp._meta.concrete_fields)


@dataclass(kw_only=True)
class Books:
    """What the tables say of one party. `shadowed` are matters of a merged record whose key the
    party uses itself."""

    party: Party
    family: set[int]
    homes: Homes
    happened: list[Happened] = field(default_factory=list)
    reached: frozenset[Where] = frozenset()
    matters: dict[str, Matter] = field(default_factory=dict)
    shadowed: list[Matter] = field(default_factory=list)
    followups: list[FollowUp] = field(default_factory=list)


def read(parties: Iterable[Party]) -> list[Books]:
    books = [
        Books(party=party, family=family_of(party), homes=Homes(root=party.pk)) for party in parties
    ]
    by_id = {pk: one for one in books for pk in one.family}
    within = {one.party.workspace_id for one in books}
    told: dict[int, dict[int, list[Happened]]] = defaultdict(lambda: defaultdict(list))
    for row in select(Fact, COLUMNS, {"workspace": within, "party": by_id}):
        told[by_id[row[0]].party.pk][row[0]].append(_happened(row))
    for one in books:
        one.homes, one.happened = at_home(one.party.pk, told[one.party.pk])
    works = "AND dead_by = ''"  # mail to others comes back: they reach nobody
    reached: dict[int, set[Where]] = defaultdict(set)
    for pk, *said in select(Address, ADDRESS, {"workspace": within, "party": by_id}, works):
        reached[by_id[pk].party.pk].add(where(*said))
    for one in books:
        one.reached = frozenset(reached[one.party.pk])
    for values in select(Matter, MATTER, {"workspace": within, "party": by_id}):
        matter = Matter(*values)
        _keep(matter, by_id[matter.party_id])
    unsettled = "AND settled_at IS NULL"
    for values in select(FollowUp, FOLLOWUP, {"workspace": within, "party": by_id}, unsettled):
        followup = FollowUp(*values)
        by_id[followup.party_id].followups.append(followup)
    return books


def of_newcomer(party: Party, reached: frozenset[Where], rows: Iterable[Fact]) -> Books:
    """What `read` would find of somebody who has these facts and nothing else."""
    told = [
        _happened(
            (party.pk, row.kind, row.at.astimezone(UTC), row.name, row.matter, row.person, row.by,
             row.did, row.text_id, row.own)
        )
        for row in rows
    ]  # fmt: skip
    homes, happened = at_home(party.pk, {party.pk: told})
    return Books(
        party=party, family={party.pk}, homes=homes, happened=happened, reached=reached
    )  # fmt: skip


def _keep(matter: Matter, books: Books) -> None:
    """The party's own row comes first, then that of the record merged earliest."""
    key = books.homes.key(matter.key, matter.party_id)
    other = books.matters.get(key)
    if other is None:
        books.matters[key] = matter
        return
    own = books.party.pk
    first = min(matter, other, key=lambda row: (row.party_id != own, row.party_id, row.key != key))
    books.matters[key] = first
    books.shadowed.append(other if first is matter else matter)


def where(kind: str, value: str, canonical: str) -> Where:
    """What an address tells of how, and where, somebody is reached."""
    return kind, {"post": value, "phone": canonical}.get(kind, "")


def family_of(party: Party) -> set[int]:
    """The party and all that were merged into it, directly or through another."""
    family, found = {party.pk}, {party.pk} if party.has_absorbed else set()
    while found:
        found = set(
            Party.objects.filter(workspace_id=party.workspace_id, merged_into_id__in=found)
            .exclude(pk__in=family)
            .values_list("pk", flat=True)
        )
        family |= found
    return family


def history_of(party: Party) -> History:
    """The party's whole history, as the core sees it."""
    [(_party, history)] = histories_of([party])
    return history


def histories_of(parties: Iterable[Party]) -> list[tuple[Party, History]]:
    """Each with its own, in one question for all."""
    asked = list(parties)
    by_id = {pk: party for party in asked for pk in family_of(party)}
    where = {"workspace": {party.workspace_id for party in asked}, "party": by_id}
    told: dict[int, dict[int, list[Happened]]] = defaultdict(lambda: defaultdict(list))
    for row in select(Fact, COLUMNS, where) if asked else ():
        told[by_id[row[0]].pk][row[0]].append(_happened(row))
    return [
        (party, History(str(party.pk), at_home(party.pk, told[party.pk])[1])) for party in asked
    ]


def _happened(row: tuple[Any, ...]) -> Happened:
    _, kind, at, name, matter, person, by, did, text, own = row
    common = {
        "at": at, "name": name, "matter": matter, "person": person, "by": by, "did": did,
        "text": str(text or ""),
    }  # fmt: skip
    return unpack(kind, common, own)
