"""The one way in: record what happened, and the books say what is owed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from followthrough.core.facts import Fact as Happened
from followthrough.core.facts import pack
from followthrough.core.matter import PRIVATE
from followthrough.ledger.balance import balance
from followthrough.ledger.books import Where, family_of, of_newcomer
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Fact, Matter, Party, Text
from followthrough.ledger.names import hashed
from followthrough.ledger.plain import clean, cleaned
from followthrough.ledger.sealing import Sealed
from followthrough.ledger.statements import insert, insert_numbered, made, select
from followthrough.ledger.writes import Writes


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Facts that one source tells of one party, each with the words that go with it."""

    party: Party
    source: str
    facts: Sequence[Happened]
    words: Sequence[tuple[str, str]] = ()  # (title, body) beside each fact; ("", "") for none


@dataclass(frozen=True, kw_only=True)
class Way:
    """How many facts come in at once. `newcomers` were added in this very transaction, here with
    what their addresses tell: nothing of theirs need be locked or read. `intake` brought it.
    `before` sees what the books are to say."""

    newcomers: Mapping[int, frozenset[Where]] = field(default_factory=dict)
    intake: int | None = None
    before: Callable[[Writes], None] | None = None


AS_EVER = Way()


class WouldBeRead(Exception):
    """Private words were about to be kept as others can read them."""


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


def record_many(batch: Iterable[Heard], *, at: datetime, way: Way = AS_EVER) -> int:
    """How many facts were news. The books end up just as if each had been recorded alone."""
    heard = list(batch)
    if not heard:
        return 0
    with transaction.atomic():
        roots = _roots(heard, way)
        _nothing_private_in_clear(heard, roots)
        fresh = _fresh(heard, roots, way, at)
        if not fresh:
            return 0
        _write_texts(fresh)
        insert([entry.row for entry in fresh])
        news: dict[int, list[Fact]] = defaultdict(list)
        for entry in fresh:
            news[entry.root.pk].append(entry.row)
        touched = {entry.root.pk: entry.root for entry in fresh}
        known = [
            of_newcomer(touched[pk], way.newcomers[pk], news[pk])
            for pk in touched if pk in way.newcomers
        ]  # fmt: skip
        balance(touched.values(), at=at, news=news, known=known, before=way.before)
        return len(fresh)


def _roots(heard: list[Heard], way: Way) -> dict[int, Party]:
    """Who speaks for each, locked. Nobody else can see a newcomer yet."""
    parties = {one.party.pk: one.party for one in heard}
    known = parties.keys() - way.newcomers.keys()
    return parties | (lock(known) if known else {})


def _nothing_private_in_clear(heard: list[Heard], roots: dict[int, Party]) -> None:
    for one in heard:
        if roots[one.party.pk].kind != PRIVATE:
            continue
        if any(title or (body and not isinstance(body, Sealed)) for title, body in one.words):
            raise WouldBeRead("Words to oneself are sealed before they are recorded.")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row to be, its words, and the party that it obliges."""

    row: Fact
    words: tuple[str, str]
    root: Party

    @property
    def key(self) -> tuple[str, int, str, int]:
        return (self.row.source, self.root.pk, self.row.kind, self.row.ordinal)


def _fresh(heard: list[Heard], roots: dict[int, Party], way: Way, at: datetime) -> list[Entry]:
    """What we had not heard before, each entry once."""
    entries: dict[tuple[str, int, str, int], Entry] = {}
    for one in heard:
        for entry in _entries(one, roots[one.party.pk], at):
            entry.row.intake_id = way.intake
            entries.setdefault(entry.key, entry)
    old = {key: entry for key, entry in entries.items() if key[1] not in way.newcomers}
    known = _known(old, roots) if old else set()
    return [entry for key, entry in entries.items() if key not in known]


def _entries(heard: Heard, root: Party, at: datetime) -> Iterator[Entry]:
    source, seen = hashed(heard.source), defaultdict[str, int](int)
    homes = _homes(root, heard.facts) if root.has_absorbed else {}
    for n, happened in enumerate(heard.facts):
        kind = type(happened).__name__
        row = made(
            Fact,
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


def _as_kept(title: str, body: str) -> dict[str, str]:
    if isinstance(body, Sealed):
        return {"sealed": str(body)}
    return {"title": clean(title)[:300], "body": clean(body)}


def _write_texts(entries: list[Entry]) -> None:
    texts = []
    for entry in entries:
        title, body = entry.words
        if title or body:
            row = entry.row
            row.text = Text(
                workspace_id=row.workspace_id, party_id=row.party_id,
                **_as_kept(title, body),
            )  # fmt: skip
            texts.append(row.text)
    insert_numbered(texts)
    for entry in entries:
        if entry.row.text:
            entry.row.text_id = entry.row.text.pk
