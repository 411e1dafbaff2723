"""The one way in: record what happened, and the books say what is owed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from followthrough.core.facts import Fact as Happened
from followthrough.core.facts import pack
from followthrough.ledger.books import balance, family_of
from followthrough.ledger.models import Fact, Matter, Party, Text
from followthrough.ledger.names import hashed


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Facts that one source tells of one party, each with the words that go with it."""

    party: Party
    source: str
    facts: Sequence[Happened]
    words: Sequence[tuple[str, str]] = ()  # (title, body) beside each fact; ("", "") for none


def record(
    party: Party,
    *happened: Happened,
    source: str,
    at: datetime,
    words: Sequence[tuple[str, str]] = (),
) -> bool:
    """Record facts of one source about one party. False: nothing of it was news.

    One transaction, the party locked. `at` is when we heard of it.
    """
    heard = Heard(party=party, source=source, facts=happened, words=words)
    return record_many([heard], at=at) > 0


def record_many(batch: Iterable[Heard], *, at: datetime) -> int:
    """How many facts were news. The books end up just as if each had been recorded alone."""
    heard = list(batch)
    if not heard:
        return 0
    with transaction.atomic():
        roots = lock({one.party.pk for one in heard})
        fresh = _fresh(heard, roots, at)
        if not fresh:
            return 0
        _write_texts(fresh)
        Fact.objects.bulk_create([row for row, _, _ in fresh], batch_size=500)
        news: dict[int, list[Fact]] = defaultdict(list)
        for row, _, root in fresh:
            news[root.pk].append(row)
        touched = {root.pk: root for _, _, root in fresh}
        balance(touched.values(), at=at, news=news)
        return len(fresh)


def lock(ids: Iterable[int]) -> dict[int, Party]:
    """The parties that speak for these, locked in one order, by the id that was asked for."""
    found = _locked(ids)
    roots = {pk: party for pk, party in found.items() if party.merged_into_id is None}
    merged = {pk: party.merged_into_id for pk, party in found.items() if party.merged_into_id}
    above = lock(set(merged.values()) - set(found)) if set(merged.values()) - set(found) else {}
    known = found | above
    for pk, parent in merged.items():
        root = known[parent or 0]
        roots[pk] = roots.get(root.pk, root) if root.merged_into_id is None else above[root.pk]
    return roots


def _locked(ids: Iterable[int]) -> dict[int, Party]:
    # SQLite locks the whole file by BEGIN IMMEDIATE; select_for_update does nothing there.
    wanted = Party.objects.filter(pk__in=set(ids)).select_related("workspace").order_by("pk")
    if connection.features.has_select_for_update:
        wanted = wanted.select_for_update(of=("self",))
    return {party.pk: party for party in wanted}


def _fresh(
    heard: list[Heard], roots: dict[int, Party], at: datetime
) -> list[tuple[Fact, tuple[str, str], Party]]:
    """Rows for what we had not heard before, each with its words and the party it obliges."""
    rows: dict[tuple[str, int, str, int], tuple[Fact, tuple[str, str], Party]] = {}
    for one in heard:
        root = roots[one.party.pk]
        source, seen = hashed(one.source), defaultdict[str, int](int)
        for n, happened in enumerate(one.facts):
            kind = type(happened).__name__
            row = _row(happened, kind, source, seen[kind], root, at)
            seen[kind] += 1
            words = one.words[n] if n < len(one.words) else ("", "")
            rows.setdefault((source, root.pk, kind, row.ordinal), (row, words, root))
    known = _known(rows, roots)
    return [entry for key, entry in rows.items() if key not in known]


def _row(
    happened: Happened, kind: str, source: str, ordinal: int, party: Party, at: datetime
) -> Fact:  # noqa: PLR0913 - the parts of one unique key
    return Fact(
        workspace_id=party.workspace_id,
        party_id=party.pk,
        kind=kind,
        at=happened.at,
        heard_at=at,
        source=source,
        ordinal=ordinal,
        name=happened.name or f"{source}.{kind}.{ordinal}",
        matter=happened.matter,
        person=happened.person,
        by=happened.by,
        did=happened.did,
        own=pack(happened),
    )


def _known(
    rows: dict[tuple[str, int, str, int], tuple[Fact, tuple[str, str], Party]],
    roots: dict[int, Party],
) -> set[tuple[str, int, str, int]]:
    sources = {key[0] for key in rows}
    root_of = {pk: root.pk for root in roots.values() for pk in family_of(root)}
    workspaces = {root.workspace_id for root in roots.values()}
    heard_before = Fact.objects.filter(workspace_id__in=workspaces, source__in=sources)
    return {
        (source, root_of.get(party, party), kind, ordinal)
        for source, party, kind, ordinal in heard_before.values_list(
            "source", "party_id", "kind", "ordinal"
        )
    }


def _write_texts(fresh: list[tuple[Fact, tuple[str, str], Party]]) -> None:
    texts = [
        (
            row,
            Text(
                workspace_id=row.workspace_id, party_id=row.party_id, title=title[:300], body=body
            ),
        )
        for row, (title, body), _ in fresh
        if title or body
    ]
    Text.objects.bulk_create([text for _, text in texts], batch_size=500)
    for row, text in texts:
        row.text = text


def matter_home(party: Party, key: str) -> int:
    """Facts about a matter stay with the record that it came from, so that unmerging works."""
    row = Matter.objects.filter(party_id__in=family_of(party), key=key).order_by("pk").first()
    return row.party_id if row else party.pk
