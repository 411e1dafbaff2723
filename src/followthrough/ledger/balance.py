"""Decide some locked parties anew, and make their books say what is owed. One or many."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from followthrough.core.facts import KINDS, THEIRS
from followthrough.core.followups import QUIET, Owed
from followthrough.core.history import History
from followthrough.core.matter import Matter as Stand
from followthrough.core.reconcile import OnTheBooks, digest_of, reconcile
from followthrough.core.roles import roles_of
from followthrough.core.saying import Saying
from followthrough.core.terms import Terms
from followthrough.ledger.books import Books, read
from followthrough.ledger.holding import show_again
from followthrough.ledger.lanes import first_dues, shown_of
from followthrough.ledger.models import Fact, FollowUp, Matter, Party
from followthrough.ledger.models.parties import NEVER
from followthrough.ledger.outbox.stopping import Overtaken
from followthrough.ledger.plans import copied_of
from followthrough.ledger.statements import made
from followthrough.ledger.terms import TermsOfEach
from followthrough.ledger.twins import Decided, Twins
from followthrough.ledger.writes import COPIES, FILLED, Writes

JOINED = "joined"
# They came to us: what was held back until a yes is shown without one.
CAME = {name for name, kind in KINDS.items() if kind.turn == THEIRS}


def balance(
    parties: Iterable[Party],
    *,
    at: datetime,
    news: Mapping[int, list[Fact]] | None = None,
    known: Sequence[Books] = (),
    before: Callable[[Writes], None] | None = None,
) -> Writes:
    """Make the books of these locked parties say what is owed; what had to be written for it.

    `news` holds the facts just heard, by party: they are what settled a follow-up. `known` are
    books that need not be read. `before` sees what will be written.
    """
    writes, terms, twins, overtaken = Writes(), TermsOfEach(), Twins(), Overtaken(at=at)
    at_hand = {books.party.pk for books in known}
    for books in (*known, *read(party for party in parties if party.pk not in at_hand)):
        heard = (news or {}).get(books.party.pk, [])
        own_terms = terms.of(books)
        decided = twins.decided(books.party.pk, books.happened, own_terms)
        _write_one(books, decided, writes, at=at, news=heard)
        if books.party.pk not in at_hand:  # of a newcomer nothing is on its way
            overtaken.hear(books.family, books.party.workspace_id, heard)
    if before:
        before(writes)
    writes.carry_out()
    overtaken.settled = {row.pk for row in writes.settled}
    overtaken.stop()
    return writes


def _write_one(
    books: Books, decided: Decided, writes: Writes, *, at: datetime, news: list[Fact]
) -> None:
    party, history, owed = books.party, decided.history, decided.owed
    owners = {one.matter: one.who for one in owed}
    dues = first_dues(owed)
    for stand in history.matters.values():
        owner = _owner(stand, owners.get(stand.name, ""), history, decided.terms)
        shown = shown_of(stand, dues, history.contact)
        plan = copied_of(stand, history, decided.terms)
        _sync_matter(books, stand, writes, more={"owner_id": owner, **shown, **plan})
    _close_joined(books, history, writes, at=at)
    _sum_up(party, history, owed, writes)
    _sync_followups(books, owed, writes, at=at, news=news)


# --- matters and the party ---------------------------------------------------------


def _owner(stand: Stand, owing: str, history: History, terms: Terms) -> int | None:
    """Never from the row: the books must not depend on the order in which we heard."""
    if stand.owner in terms.members:
        return int(stand.owner)
    at = stand.last.at
    who = owing or terms.present(history.owner, terms.owner, terms.manager, at=at)
    return int(who) if who else None


def _sync_matter(books: Books, stand: Stand, writes: Writes, *, more: dict[str, Any]) -> None:
    row = books.matters.get(stand.name)
    closed = stand.closed
    values: dict[str, Any] = {
        "key": stand.name,
        "kind": stand.kind,
        "value": stand.value,
        "opened_at": stand.opened.at,
        "closed_at": closed.at if closed else None,
        "outcome": closed.outcome if closed else "",
        "reason": closed.reason[:200] if closed else "",
        **more,
    }
    if row is None:
        row = made(
            Matter, workspace_id=books.party.workspace_id,
            party_id=int(stand.home or books.party.pk),
            **values,
        )  # fmt: skip
        row.text_id = stand.opened.text
        books.matters[stand.name] = row
        writes.matters.append(row)
    elif _set(row, values):
        writes.changed_matters.append(row)


def _close_joined(books: Books, history: History, writes: Writes, *, at: datetime) -> None:
    """A matter whose words turned out to belong to another one (a late mail, a merge, an undo)."""
    gone = [row for key, row in books.matters.items() if key not in history.matters]
    for row in (*gone, *books.shadowed):
        if row.outcome != JOINED:
            row.closed_at, row.outcome = row.closed_at or at, JOINED
            writes.changed_matters.append(row)


def _sum_up(party: Party, history: History, owed: list[Owed], writes: Writes) -> None:
    contact = history.contact
    summary: dict[str, Any] = {
        "last_contact_at": contact.at if contact else None,
        "last_contact_by": contact.by if contact else "",
        "last_contact_what": contact.way if contact else "",
        "our_word_at": history.our_word.at if history.our_word else None,
        "contacts": len(history.touched),
        "given": str(getattr(history.given, "given", ""))[:80],
        "refuses": sorted(history.refused),
        "plays": " ".join(roles_of(history)),
        "silent_since": contact.at if contact else NEVER,
        "next_at": min((one.due for one in owed), default=NEVER),
        "worth": sum(matter.value for matter in history.open_matters()),
        "quiet": any(one.band == QUIET for one in owed),
        "terms_version": party.workspace.terms_version,
    }
    if party.plays != summary["plays"]:
        writes.roles.append(party)
    if _set(party, summary):
        writes.parties.append(party)


# --- follow-ups --------------------------------------------------------------------


def _sync_followups(
    books: Books, owed: list[Owed], writes: Writes, *, at: datetime, news: list[Fact]
) -> None:
    rows = {row.pk: row for row in books.followups}
    if any(fact.intake_id is None and fact.kind in CAME for fact in news):
        show_again(books.followups)
    on_books = _on_books(books)
    changes = reconcile(on_books, owed)
    for pk, key in changes.settled:
        row = rows.pop(pk)
        row.settled_at, row.settled_by = at, _settler(key, news)
        writes.settled.append(row)
    writes.opened += [(_row(books, one, at), one) for one in changes.opened]
    standing = {one.key: one for one in owed}
    for key, book in on_books.items():
        if book.id in rows:
            _keep_true(rows[book.id], standing[key], books, writes)


def _keep_true(row: FollowUp, owed: Owed, books: Books, writes: Writes) -> None:
    """Column by column and not by digest alone: a row that somebody changed by hand is wrong."""
    said, copied = _values(row, SAID), _values(row, COPIES)
    _filled(row, books, owed)
    if _values(row, SAID) != said:
        writes.moved.append((row, owed))
        return
    if _values(row, COPIES) != copied:
        writes.copies.append(row)
    if owed.alarms:
        writes.kept.append((row, owed))


def _on_books(books: Books) -> dict[str, OnTheBooks]:
    keys = {row.pk: key for key, row in books.matters.items() if row.pk}
    found = {}
    for row in books.followups:
        key = keys.get(row.matter_id)
        name = f"{row.rule}/{key}/{row.occasion}" if key else f"left/{row.pk}"
        found[name] = OnTheBooks(id=row.pk, digest=row.digest)
    return found


def _settler(key: str, news: list[Fact]) -> str:
    """What did it; else what ended this promise; else the last word in its matter, or of all."""
    matter, _, occasion = key.partition("/")[2].rpartition("/")
    told = [fact.name for fact in news if fact.did == key]
    told = told or [fact.name for fact in news if fact.own.get("promise") == occasion]
    told = told or [fact.name for fact in news if fact.matter == matter]
    return (told or [fact.name for fact in news] or [""])[-1]


def _row(books: Books, owed: Owed, at: datetime) -> FollowUp:
    row = made(
        FollowUp, workspace_id=books.party.workspace_id, rule=owed.rule,
        occasion=owed.occasion, opened_at=at,
    )  # fmt: skip
    _filled(row, books, owed)
    return row


def _filled(row: FollowUp, books: Books, owed: Owed) -> None:
    """The last contact stands on each open row too, so that Today joins nothing."""
    row.party, row.matter = books.party, books.matters[owed.matter]
    row.member_id = None if owed.alone else int(owed.who)
    row.sender_id = int(owed.who) if owed.alone else None
    row.because, row.evidence = owed.because, list(owed.evidence)
    row.how, row.what, row.why, row.held = owed.how, str(owed.what), str(owed.why), str(owed.held)
    row.said = owed.why.stored() if isinstance(owed.why, Saying) and owed.why.values else None
    row.band, row.rank, row.count = owed.band, owed.rank, owed.count
    row.tag, row.shows = owed.tag, owed.shows
    row.blocks, row.exact = owed.blocks, owed.exact
    show_at = owed.start or owed.due
    row.due, row.show_at = owed.due, max(show_at, row.spread_to or show_at)
    row.until, row.since = owed.until, owed.since
    row.digest = digest_of(owed)
    for name in COPIES:
        setattr(row, name, getattr(books.party, name))


SAID = tuple(FollowUp._meta.get_field(name).attname for name in FILLED if name not in COPIES)  # type: ignore[union-attr]


def _values(row: FollowUp, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _set(row: Matter | Party, values: dict[str, Any]) -> bool:
    """Whether anything was different."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)
