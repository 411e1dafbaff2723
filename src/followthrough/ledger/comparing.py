"""Whom to compare with whom: parties who are new or changed, and those who share a key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from followthrough.ledger.books import family_of
from followthrough.ledger.filling_in import is_made_up
from followthrough.ledger.likenesses import KEPT_APART, OPEN
from followthrough.ledger.models import Address, Likeness, LikenessKey, Party, Workspace
from followthrough.ledger.statements import CHUNK

Keys = Mapping[int, Iterable[str]]  # of each party, by its id


@dataclass(kw_only=True)
class Written:
    """How a party is written down, with all that were joined into it. `record` holds the values by
    kind of field: name, company, email, phone."""

    family: set[int]
    record: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def to_compare(workspace: Workspace) -> QuerySet[Party]:
    return Party.objects.filter(workspace=workspace, compared=False)


def take(workspace: Workspace, most: int) -> list[Party]:
    """The next to compare: they count as done with the end of this transaction."""
    rows = to_compare(workspace).select_for_update(skip_locked=True)
    taken = list(rows.order_by("pk")[:most])
    Party.objects.filter(workspace=workspace, pk__in=[one.pk for one in taken]).update(
        compared=True
    )
    gone = [one.pk for one in taken if one.merged_into_id or one.forgotten]
    LikenessKey.objects.filter(workspace=workspace, party__in=gone).delete()
    return taken


def written(workspace: Workspace, parties: Iterable[Party]) -> dict[int, Written]:
    """How those among them who speak for themselves are written down, by their id."""
    speaking = [one for one in parties if not one.merged_into_id and not one.forgotten]
    found = {one.pk: Written(family=family_of(one)) for one in speaking}
    of_whom = {member: root for root, one in found.items() for member in one.family}
    joined = set(of_whom) - set(found)
    for party in (*speaking, *by_id(workspace, joined)):
        _names(party, found[of_whom[party.pk]].record)
    for some in _portions(of_whom):
        addresses = Address.objects.filter(workspace=workspace, party__in=some).order_by("pk")
        for pk, kind, canonical in addresses.values_list("party", "kind", "canonical"):
            found[of_whom[pk]].record[kind].append(canonical)
    return found


def by_id(workspace: Workspace, ids: Iterable[int]) -> list[Party]:
    return [
        party
        for some in _portions(ids)
        for party in Party.objects.filter(workspace=workspace, pk__in=some).order_by("pk")
    ]


def sharing(workspace: Workspace, keys: Keys, most: int) -> set[tuple[int, int]]:
    """Keep these keys of these parties; pairs of parties that share one, which no more than `most`
    have. Each pair holds one of these parties, and the smaller id first."""
    packed = {pk: {_packed(key) for key in some} for pk, some in keys.items()}
    LikenessKey.objects.filter(workspace=workspace, party__in=packed).delete()
    with connection.cursor() as cursor:  # very many small rows: no objects for each
        rows = [(workspace.pk, pk, key) for pk, some in packed.items() for key in sorted(some)]
        cursor.executemany(KEEP, rows)
    who = _holders(workspace, {key for some in packed.values() for key in some}, most)
    return {
        (min(pk, other), max(pk, other))
        for pk, some in packed.items()
        for key in some
        for other in who.get(key, ())
        if other != pk
    }


KEEP = "INSERT INTO ledger_likenesskey (workspace_id, party_id, key) VALUES (%s, %s, %s)"


def kept_apart(workspace: Workspace, ids: Iterable[int]) -> set[tuple[int, int]]:
    """Pairs among these records that are two, as a person said."""
    found: set[tuple[int, int]] = set()
    rows = Likeness.objects.filter(workspace=workspace, state=KEPT_APART)
    for some in _portions(ids):
        apart = rows.filter(Q(first__in=some) | Q(second__in=some))
        found |= set(apart.values_list("first", "second"))
    return found


def withdraw(workspace: Workspace, apart: set[tuple[int, int]]) -> None:
    """Who was told apart under another name is not asked about."""
    for first, second in apart:
        Likeness.objects.filter(
            workspace=workspace, first=first, second=second, state=OPEN
        ).delete()


def suggest(workspace: Workspace, found: Iterable[Likeness], *, at: datetime) -> None:
    """New questions; of those that were asked or decided only the reasons change."""
    rows = list(found)
    for row in rows:
        row.workspace, row.seen_at = workspace, at
    Likeness.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["workspace", "first", "second"],
        update_fields=["score", "because"],
    )  # fmt: skip


def _names(party: Party, record: dict[str, list[str]]) -> None:
    """A name that was made of an address or of the company is not somebody's name."""
    if party.company:
        record["company"].append(party.company)
    if party.name != party.company and not (is_made_up(party.name) or _is_a_number(party)):
        record["company" if party.kind == "company" else "name"].append(party.name)


def _is_a_number(party: Party) -> bool:
    """“Lead Number 660737” and “Deal HAXMC4IX” are what another system calls them."""
    _, _, number = party.external.rpartition(":")
    return bool(number) and party.name.lower().endswith(number.lower())


def _holders(workspace: Workspace, keys: set[int], most: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = LikenessKey.objects.filter(workspace=workspace)
    for some in _portions(keys):
        few = _shared_by_few(workspace, some, most)
        for key, pk in rows.filter(key__in=few).values_list("key", "party"):
            found[key].append(pk)
    return found


def _shared_by_few(workspace: Workspace, keys: Sequence[int], most: int) -> list[int]:
    """Those that two to `most` have. Counting stops there: what a crowd shares costs no more."""
    marks = ", ".join(["(%s)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(SHARED_BY_FEW.format(marks=marks), [*keys, workspace.pk, most + 1, most])
        return [key for (key,) in cursor.fetchall()]


SHARED_BY_FEW = """
WITH asked(key) AS (VALUES {marks})
SELECT key FROM asked WHERE (
    SELECT COUNT(*) FROM (
        SELECT 1 FROM ledger_likenesskey AS held
         WHERE held.workspace_id = %s AND held.key = asked.key LIMIT %s
    ) AS few
) BETWEEN 2 AND %s
"""


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def _packed(key: str) -> int:
    """A keyed hash that fits into a column of numbers."""
    secret = settings.NAME_KEY.encode()[:64]
    digest = blake2b(key.encode(), key=secret, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
