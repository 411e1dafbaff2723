"""The one way in: record what happened, and the books say what is owed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from followthrough.core.facts import Fact as Happened
from followthrough.core.facts import pack
from followthrough.ledger.balance import balance
from followthrough.ledger.books import family_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Fact, Matter, Party, Text
from followthrough.ledger.names import hashed
from followthrough.ledger.plain import clean, cleaned
from followthrough.ledger.statements import insert, select


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
        insert([entry.row for entry in fresh])
        news: dict[int, list[Fact]] = defaultdict(list)
        for entry in fresh:
            news[entry.root.pk].append(entry.row)
        touched = {entry.root.pk: entry.root for entry in fresh}
        balance(touched.values(), at=at, news=news)
        return len(fresh)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row to be, its words, and the party that it obliges."""

    row: Fact
    words: tuple[str, str]
    root: Party

    @property
    def key(self) -> tuple[str, int, str, int]:
        return (self.row.source, self.root.pk, self.row.kind, self.row.ordinal)


def _fresh(heard: list[Heard], roots: dict[int, Party], at: datetime) -> list[Entry]:
    """What we had not heard before, each entry once."""
    entries: dict[tuple[str, int, str, int], Entry] = {}
    for one in heard:
        for entry in _entries(one, roots[one.party.pk], at):
            entries.setdefault(entry.key, entry)
    known = _known(entries, roots)
    return [entry for key, entry in entries.items() if key not in known]


def _entries(heard: Heard, root: Party, at: datetime) -> Iterator[Entry]:
    source, seen = hashed(heard.source), defaultdict[str, int](int)
    homes = _homes(root, heard.facts) if root.has_absorbed else {}
    for n, happened in enumerate(heard.facts):
        kind = type(happened).__name__
        row = Fact(
            workspace_id=root.workspace_id,
            party_id=homes.get(happened.matter, heard.party.pk),
            kind=kind,
            at=happened.at,
            heard_at=at,
            source=source,
            ordinal=seen[kind],
            name=happened.name or f"{source}.{kind}.{seen[kind]}",
            matter=happened.matter,
            person=happened.person,
            by=happened.by,
            did=happened.did,
            own=cleaned(pack(happened)),
        )
        seen[kind] += 1
        yield Entry(row=row, words=heard.words[n] if n < len(heard.words) else ("", ""), root=root)


def _homes(root: Party, facts: Sequence[Happened]) -> dict[str, int]:
    """Facts about a matter stay with the record that it came from, so that unmerging works."""
    keys = {fact.matter for fact in facts} - {""}
    rows = Matter.objects.filter(
        workspace_id=root.workspace_id, party_id__in=family_of(root), key__in=keys
    )
    homes = sorted(
        rows.values_list("key", "party_id"), key=lambda home: home[1] == root.pk
    )  # the root's own row comes last, and wins
    return dict(homes)


def _known(
    entries: Mapping[tuple[str, int, str, int], Entry], roots: dict[int, Party]
) -> set[tuple[str, int, str, int]]:
    root_of = {pk: root.pk for root in roots.values() for pk in family_of(root)}
    within = {root.workspace_id for root in roots.values()}
    sources = {key[0] for key in entries}
    columns = ("source", "party", "kind", "ordinal")
    rows = select(Fact, columns, {"workspace": within, "source": sources})
    return {
        (source, root_of.get(party, party), kind, ordinal) for source, party, kind, ordinal in rows
    }


def _write_texts(entries: list[Entry]) -> None:
    texts = []
    for entry in entries:
        title, body = entry.words
        if title or body:
            row = entry.row
            row.text = Text(
                workspace_id=row.workspace_id, party_id=row.party_id,
                title=clean(title)[:300], body=clean(body),
            )  # fmt: skip
            texts.append(row.text)
    Text.objects.bulk_create(texts, batch_size=500)
    for entry in entries:
        if entry.row.text:
            entry.row.text_id = entry.row.text.pk
