"""The books of some parties: read, decide anew, write what changed. One code for one or many."""

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
from followthrough.ledger.statements import CHUNK, insert, select, update
from followthrough.ledger.terms import terms_for, terms_of

JOINED = "joined"
COLUMNS = (
    "party", "kind", "at", "name", "matter", "person", "by", "did", "text", "own",
)  # fmt: skip
MATTER = tuple(field.name for field in Matter._meta.concrete_fields)
FOLLOWUP = tuple(field.name for field in FollowUp._meta.concrete_fields)


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
    copies: list[FollowUp] = field(default_factory=list)

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
    _write(writes)
    return len(writes)


# --- reading ---------------------------------------------------------------------


def _read(parties: list[Party]) -> list[Books]:
    books = [Books(party=party, family=family_of(party)) for party in parties]
    by_id = {pk: one for one in books for pk in one.family}
    for row in select(Fact, COLUMNS, "party", by_id):
        by_id[row[0]].happened.append(_happened(row))
    for pk, kind in select(Address, ("party", "kind"), "party", by_id):
        by_id[pk].kinds.add(kind)
    for values in select(Matter, MATTER, "party", by_id):
        matter = Matter(*values)
        one = by_id[matter.party_id]
        if matter.party_id == one.party.pk or matter.key not in one.matters:
            one.matters[matter.key] = matter
    for values in select(FollowUp, FOLLOWUP, "party", by_id, "AND settled_at IS NULL"):
        followup = FollowUp(*values)
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
    rows = select(Fact, COLUMNS, "party", family_of(party))
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
        "given": str(getattr(history.given, "given", ""))[:80],
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
    _refresh_copies(books.party, rows.values(), writes)


COPIES = ("contacts", "last_contact_at", "given")


def _refresh_copies(party: Party, rows: Iterable[FollowUp], writes: Writes) -> None:
    """The last contact stands on each open row of the party, so that Today joins nothing."""
    for row in rows:
        if any(getattr(row, name) != getattr(party, name) for name in COPIES):
            _copy(party, row)
            writes.copies.append(row)


def _copy(party: Party, row: FollowUp) -> None:
    for name in COPIES:
        setattr(row, name, getattr(party, name))


def _settler(key: str, news: list[Fact]) -> str:
    did = [fact.name for fact in news if fact.did == key]
    return (did or [fact.name for fact in news] or [""])[-1]


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
    _copy(books.party, row)
    row.digest = digest_of(owed)
    return row


FILLED = (
    "matter", "member", "because", "evidence", "how", "what", "why", "held", "band", "rank",
    "count", "blocks", "due", "show_at", "until", "since", "contacts", "last_contact_at", "given",
    "digest",
)  # fmt: skip


# --- writing ---------------------------------------------------------------------


SUMMARY = (
    "last_contact_at", "last_contact_by", "last_contact_what", "contacts", "given", "refuses",
    "terms_version",
)  # fmt: skip
STATE = ("kind", "value", "opened_at", "closed_at", "outcome", "reason", "owner")


def _write(writes: Writes) -> None:
    _write_matters(writes)
    update(writes.parties, SUMMARY)
    for row, _ in writes.opened:
        row.matter_id = row.matter.pk
    _open(writes.opened)
    update([row for row, _ in writes.moved], FILLED)
    update(writes.settled, ("settled_at", "settled_by"))
    _set_alarms(writes)
    update(writes.copies, COPIES)


def _open(opened: list[tuple[FollowUp, Owed]]) -> None:
    """Only what has an alarm needs its id back."""
    insert([row for row, owed in opened if not owed.alarms])
    FollowUp.objects.bulk_create([row for row, owed in opened if owed.alarms], batch_size=500)


def _write_matters(writes: Writes) -> None:
    texts = [row.text_id for row in writes.matters if row.text_id]
    titles = dict(Text.objects.filter(pk__in=texts).values_list("pk", "title")) if texts else {}
    for row in writes.matters:
        row.title = titles.get(int(row.text_id or 0), "")[:200]
    Matter.objects.bulk_create(writes.matters, batch_size=500)
    update(writes.changed_matters, STATE)


def _set_alarms(writes: Writes) -> None:
    stale = [row.pk for row, _ in writes.moved] + [row.pk for row in writes.settled]
    for start in range(0, len(stale), CHUNK):
        ids = stale[start : start + CHUNK]
        Alarm.objects.filter(followup_id__in=ids, told_at=None).delete()
    told = set(
        select(Alarm, ("followup", "member", "at", "what"), "followup", stale) if stale else ()
    )
    alarms = [
        Alarm(
            workspace_id=row.workspace_id, followup_id=row.pk, member_id=int(alarm.to),
            at=alarm.at, what=alarm.what,
        )
        for row, owed in (*writes.opened, *writes.moved)
        for alarm in dict.fromkeys(owed.alarms)
        if (row.pk, int(alarm.to), alarm.at, alarm.what) not in told
    ]  # fmt: skip
    insert(alarms)
