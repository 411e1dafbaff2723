"""The books of some parties: read them, decide anew, write what changed. One code for one or many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from followthrough.core.decide import decide
from followthrough.core.facts import Fact as Happened
from followthrough.core.facts import unpack
from followthrough.core.followups import Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter as Stand
from followthrough.core.reconcile import OnTheBooks, digest_of, reconcile
from followthrough.ledger.models import Address, Alarm, Fact, FollowUp, Matter, Party, Text
from followthrough.ledger.terms import terms_for, terms_of

JOINED = "joined"
COLUMNS = (
    "party_id", "kind", "at", "name", "matter", "person", "by", "did", "text_id", "own",
)  # fmt: skip


@dataclass(kw_only=True)
class Books:
    """What the tables say of one party, before and after deciding."""

    party: Party
    family: set[int]
    happened: list[Happened] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    matters: dict[str, Matter] = field(default_factory=dict)
    followups: list[FollowUp] = field(default_factory=list)


@dataclass(kw_only=True)
class Writes:
    """Statements to come, gathered over all the parties."""

    matters: list[Matter] = field(default_factory=list)
    changed_matters: list[Matter] = field(default_factory=list)
    opened: list[tuple[FollowUp, Owed]] = field(default_factory=list)
    moved: list[tuple[FollowUp, Owed]] = field(default_factory=list)
    settled: list[FollowUp] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.opened) + len(self.moved) + len(self.settled) + len(self.matters)


def balance(
    parties: Iterable[Party], *, at: datetime, news: Mapping[int, list[Fact]] | None = None
) -> int:
    """Make the books of these locked parties say what is owed; how many rows were wrong.

    `news` holds the facts just heard, by party: they are what settled a follow-up.
    """
    writes = Writes()
    for books in _read(list(parties)):
        _decide_one(books, writes, at=at, news=(news or {}).get(books.party.pk, []))
    _write(writes, at=at)
    return len(writes)


# --- reading ---------------------------------------------------------------------


def _read(parties: list[Party]) -> list[Books]:
    books = [Books(party=party, family=family_of(party)) for party in parties]
    by_id = {pk: one for one in books for pk in one.family}
    roots = [one.party.pk for one in books]
    ids = list(by_id)
    for row in Fact.objects.filter(party_id__in=ids).values_list(*COLUMNS):
        by_id[row[0]].happened.append(_happened(row))
    for pk, kind in Address.objects.filter(party_id__in=ids).values_list("party_id", "kind"):
        by_id[pk].kinds.add(kind)
    for matter in Matter.objects.filter(party_id__in=ids):
        one = by_id[matter.party_id]
        if matter.party_id == one.party.pk or matter.key not in one.matters:
            one.matters[matter.key] = matter
    for followup in FollowUp.objects.filter(party_id__in=[*roots, *ids], settled_at=None):
        by_id[followup.party_id].followups.append(followup)
    return books


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
    rows = Fact.objects.filter(party_id__in=family_of(party)).values_list(*COLUMNS)
    return History(str(party.pk), [_happened(row) for row in rows])


def _happened(row: tuple[Any, ...]) -> Happened:
    _, kind, at, name, matter, person, by, did, text, own = row
    common = {
        "at": at, "name": name, "matter": matter, "person": person, "by": by, "did": did,
        "text": str(text or ""),
    }  # fmt: skip
    return unpack(kind, common, own)


# --- deciding --------------------------------------------------------------------


def _decide_one(books: Books, writes: Writes, *, at: datetime, news: list[Fact]) -> None:
    party = books.party
    history = History(str(party.pk), books.happened)
    terms = terms_for(party, terms_of(party.workspace), books.kinds)
    owed = decide(history, terms)
    owners = {one.matter: one.who for one in owed}
    for stand in history.matters.values():
        _sync_matter(books, stand, writes, owner=owners.get(stand.name, ""))
    _close_joined(books, history, writes, at=at)
    _sum_up(party, history, writes)
    _sync_followups(books, owed, writes, at=at, news=news)


def _sync_matter(books: Books, stand: Stand, writes: Writes, *, owner: str) -> None:
    row = books.matters.get(stand.name)
    closed = stand.closed
    values: dict[str, Any] = {
        "kind": stand.kind,
        "value": stand.value,
        "opened_at": stand.opened.at,
        "closed_at": closed.at if closed else None,
        "outcome": closed.outcome if closed else "",
        "reason": closed.reason[:200] if closed else "",
    }
    member = int(stand.owner or owner or 0) or (row.owner_id if row else None)
    values["owner_id"] = member
    if row is None:
        row = Matter(
            workspace_id=books.party.workspace_id, party=books.party, key=stand.name, **values
        )
        row.text_id = stand.opened.text
        books.matters[stand.name] = row
        writes.matters.append(row)
    elif any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        writes.changed_matters.append(row)


def _close_joined(books: Books, history: History, writes: Writes, *, at: datetime) -> None:
    """A matter whose words turned out to belong to another one (a late mail, a merge)."""
    for key, row in books.matters.items():
        if key not in history.matters and row.closed_at is None:
            row.closed_at, row.outcome = at, JOINED
            writes.changed_matters.append(row)


def _sum_up(party: Party, history: History, writes: Writes) -> None:
    contact = history.contact
    summary: dict[str, Any] = {
        "last_contact_at": contact.at if contact else None,
        "last_contact_by": contact.by if contact else "",
        "last_contact_what": type(contact).__name__ if contact else "",
        "contacts": len(history.touched),
        "refuses": sorted(history.refused),
        "terms_version": party.workspace.terms_version,
    }
    if any(getattr(party, name) != value for name, value in summary.items()):
        for name, value in summary.items():
            setattr(party, name, value)
        writes.parties.append(party)


def _sync_followups(
    books: Books, owed: list[Owed], writes: Writes, *, at: datetime, news: list[Fact]
) -> None:
    keys = {row.pk: key for key, row in books.matters.items() if row.pk}
    on_books, rows = {}, {}
    for row in books.followups:
        rows[row.pk] = row
        key = keys.get(row.matter_id)
        name = f"{row.rule}/{key}/{row.occasion}" if key else f"left/{row.pk}"
        on_books[name] = OnTheBooks(id=row.pk, digest=row.digest)
    changes = reconcile(on_books, owed)
    writes.opened += [(_row(books, one, at), one) for one in changes.opened]
    writes.moved += [(_filled(rows[pk], books, one), one) for pk, one in changes.moved]
    for pk, key in changes.settled:
        row = rows[pk]
        row.settled_at, row.settled_by = at, _settler(key, news)
        writes.settled.append(row)


def _settler(key: str, news: list[Fact]) -> Fact | None:
    did = [fact for fact in news if fact.did == key]
    return (did or news or [None])[-1]


def _row(books: Books, owed: Owed, at: datetime) -> FollowUp:
    row = FollowUp(
        workspace_id=books.party.workspace_id, party=books.party, rule=owed.rule,
        occasion=owed.occasion, opened_at=at,
    )  # fmt: skip
    return _filled(row, books, owed)


def _filled(row: FollowUp, books: Books, owed: Owed) -> FollowUp:
    row.matter = books.matters[owed.matter]
    row.member_id = int(owed.who)
    row.because, row.evidence = owed.because, list(owed.evidence)
    row.how, row.what, row.why, row.held = owed.how, owed.what, owed.why, owed.held
    row.band, row.rank, row.count, row.blocks = owed.band, owed.rank, owed.count, owed.blocks
    row.due, row.show_at = owed.due, owed.start or owed.due
    row.until, row.since = owed.until, owed.since
    row.contacts, row.last_contact_at = books.party.contacts, books.party.last_contact_at
    row.digest = digest_of(owed)
    return row


FILLED = (
    "matter", "member", "because", "evidence", "how", "what", "why", "held", "band", "rank",
    "count", "blocks", "due", "show_at", "until", "since", "contacts", "last_contact_at", "digest",
)  # fmt: skip


# --- writing ---------------------------------------------------------------------


def _write(writes: Writes, *, at: datetime) -> None:
    _write_matters(writes)
    for party in writes.parties:
        party.save(
            update_fields=[
                "last_contact_at", "last_contact_by", "last_contact_what", "contacts", "refuses",
                "terms_version",
            ]
        )  # fmt: skip
    for row, owed in writes.opened:
        row.matter_id = row.matter.pk
        del owed
    FollowUp.objects.bulk_create([row for row, _ in writes.opened], batch_size=500)
    for row, _ in writes.moved:
        row.save(update_fields=FILLED)
    _settle(writes.settled)
    _set_alarms(writes)
    _refresh_copies(writes)


def _write_matters(writes: Writes) -> None:
    texts = [row.text_id for row in writes.matters if row.text_id]
    titles = dict(Text.objects.filter(pk__in=texts).values_list("pk", "title")) if texts else {}
    for row in writes.matters:
        row.title = titles.get(int(row.text_id or 0), "")[:200]
    Matter.objects.bulk_create(writes.matters, batch_size=500)
    for row in writes.changed_matters:
        row.save(
            update_fields=[
                "kind", "value", "opened_at", "closed_at", "outcome", "reason", "owner",
            ]
        )  # fmt: skip


def _settle(rows: list[FollowUp]) -> None:
    by_cause: dict[tuple[Any, Any], list[int]] = defaultdict(list)
    for row in rows:
        by_cause[(row.settled_at, row.settled_by_id)].append(row.pk)
    for (at, fact), ids in by_cause.items():
        FollowUp.objects.filter(pk__in=ids).update(settled_at=at, settled_by_id=fact)


def _set_alarms(writes: Writes) -> None:
    stale = [row.pk for row, _ in writes.moved] + [row.pk for row in writes.settled]
    if stale:
        Alarm.objects.filter(followup_id__in=stale, told_at=None).delete()
    Alarm.objects.bulk_create(
        [
            Alarm(
                workspace_id=row.workspace_id, followup=row, member_id=int(alarm.to),
                at=alarm.at, what=alarm.what,
            )
            for row, owed in (*writes.opened, *writes.moved)
            for alarm in owed.alarms
        ],
        batch_size=500,
        ignore_conflicts=True,
    )  # fmt: skip


def _refresh_copies(writes: Writes) -> None:
    """The last contact stands on each open row of the party, so that Today joins nothing."""
    for party in writes.parties:
        FollowUp.objects.filter(party=party, settled_at=None).exclude(
            contacts=party.contacts, last_contact_at=party.last_contact_at
        ).update(contacts=party.contacts, last_contact_at=party.last_contact_at)
