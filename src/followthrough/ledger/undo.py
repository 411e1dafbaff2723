"""Undo is a fact: what one source told is taken back, and the books follow. So is its undoing."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from followthrough.core.facts import Retracted
from followthrough.core.history import History
from followthrough.ledger import dead, details, giving, offer_days, offers, wants
from followthrough.ledger.balance import balance
from followthrough.ledger.books import family_of, history_of
from followthrough.ledger.locks import lock
from followthrough.ledger.models import Fact, Member, Party, Workspace
from followthrough.ledger.names import hashed
from followthrough.ledger.record import Heard, record_many

A_MOMENT = timedelta(microseconds=1)  # a taking-back comes after what it takes back


def undo(party: Party, *, source: str, by: Member, at: datetime) -> bool:
    """Take back all facts that this source told of the party. False: there was nothing to undo."""
    return _undo(party, hashed(source), source, by=by, at=at)


def undo_heard(party: Party, *, hashed: str, by: Member, at: datetime) -> bool:
    """The same, where only the hash of the source is at hand."""
    return _undo(party, hashed, hashed, by=by, at=at)


def name_to_tell(workspace: Workspace, source: str) -> str:
    """Under which name this source is told now: once it was taken back, its name is spent, and to
    save once more is news. While it stands it keeps its name, and is not news twice."""
    name, again = source, 1
    while _was_taken_back(workspace, name):
        again += 1
        name = f"{source}:again {again}"
    return name


def names_to_tell(workspace: Workspace, sources: Sequence[str]) -> dict[str, str]:
    """The same of several, in one question where none of them was told before."""
    known = Fact.objects.filter(workspace=workspace, source__in=map(hashed, sources))
    told = set(known.values_list("source", flat=True))
    return {one: name_to_tell(workspace, one) if hashed(one) in told else one for one in sources}


def _was_taken_back(workspace: Workspace, source: str) -> bool:
    rows = Fact.objects.filter(workspace=workspace, source=hashed(source))
    told = dict(rows.values_list("name", "party_id"))
    stands = (
        fact.name in told
        for party in Party.objects.in_bulk(set(told.values())).values()
        for fact in history_of(party).facts
    )
    return bool(told) and not any(stands)


def _undo(party: Party, told_by: str, source: str, *, by: Member, at: datetime) -> bool:
    with transaction.atomic():
        root = lock({party.pk})[party.pk]
        told = _told(root, told_by)
        standing = [fact.name for fact in history_of(root).facts if fact.name in told]
        _go_with_them(root, standing, gone_at=at)
        back = _take_back({name: told[name] for name in standing}, source=source, by=by, at=at)
        offer_days.follow_their_facts(root, standing)
        if dead.follow_their_facts(root):
            balance([root], at=at)
        return back


def redo(party: Party, *, source: str, by: Member, at: datetime) -> bool:
    """Undo the undoing of this source. False: it was not undone."""
    with transaction.atomic():
        root = lock({party.pk})[party.pk]
        told = _told(root, hashed(source))
        takings = [one for one in _takings(history_of(root)) if one.what in told]
        _go_with_them(root, [one.what for one in takings], gone_at=None)
        at = max([at, *(one.at + A_MOMENT for one in takings)])
        homes = {one.name: told[one.what] for one in takings}
        back = _take_back(homes, source=source, by=by, at=at)
        offer_days.follow_their_facts(root, [one.what for one in takings])
        return back


def _go_with_them(root: Party, names: list[str], *, gone_at: datetime | None) -> None:
    """What was written down with a fact goes with it, and comes back with it."""
    for followers in (wants, details, giving, offers):
        followers.follow_their_facts(root, names, gone_at=gone_at)


def _told(root: Party, told_by: str) -> dict[str, int]:
    """Names of the facts of this (hashed) source, and the party that each was heard of."""
    rows = Fact.objects.filter(
        workspace_id=root.workspace_id, source=told_by, party_id__in=family_of(root)
    )
    return dict(rows.values_list("name", "party_id"))


def _takings(history: History) -> Iterable[Retracted]:
    return (fact for fact in history.facts if isinstance(fact, Retracted))


def _take_back(homes: dict[str, int], *, source: str, by: Member, at: datetime) -> bool:
    """Each beside the fact that it takes back, so that unmerging parts neither from the other."""
    parties = Party.objects.in_bulk(set(homes.values()))
    heard = [
        Heard(
            party=parties[home],
            source=f"undo:{source}:{home}:{at.isoformat()}",
            facts=[
                Retracted(at=at, what=name, by=str(by.pk))
                for name, of in sorted(homes.items())
                if of == home
            ],
        )
        for home in sorted(set(homes.values()))
    ]
    return record_many(heard, at=at) > 0
